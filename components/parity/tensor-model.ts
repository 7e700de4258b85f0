import { sci } from "@/components/ui/format";
import { CELL, type CellAt, type SliceImage } from "@/lib/parity/tensor-image";
import type { SliceView } from "@/lib/parity/tensor-slice";
import { type FloatWidth, ulpDistance } from "@/lib/parity/ulp";
import type { CaseRow } from "@/lib/tables/parity";

const ARRAY = /\.npy(\.gz)?$/i;

/** The two arrays that a case compares; null for a case of anything else. The reference's path is the last thing that its note says. */
export function arraysOf({ source, note }: Pick<CaseRow, "source" | "note">): { reference: string; candidate: string } | null {
	const at = note?.lastIndexOf("reference: ") ?? -1;
	if (at < 0 || !ARRAY.test(source)) return null;
	const reference = note!.slice(at + "reference: ".length);
	return ARRAY.test(reference) ? { reference, candidate: source } : null;
}

/** The case whose arrays are drawn: the selected one, else the first that fails, else the first of arrays. Null where that one has no pair. */
export function tensorCase(cases: readonly CaseRow[], selected: string | null): CaseRow | null {
	const one = cases.find((row) => row.caseName === selected) ?? cases.find((row) => row.verdict === "fail" && arraysOf(row) !== null) ?? cases.find((row) => arraysOf(row) !== null);
	return one !== undefined && arraysOf(one) !== null ? one : null;
}

/** The size of a drawing, and how many pixels of an image it has room for. */
export interface PlotSize {
	width: number;
	height: number;
	pixelsWide: number;
	pixelsHigh: number;
}

/** A row or column of cells is never thinner than this. */
const THIN = 28;
const LARGEST_CELL = 32;

/** Square cells as large as the room allows, whole CSS pixels each; where there are more cells than pixels, one pixel stands for a block. */
export function plotSize(rows: number, cols: number, room: number): PlotSize {
	const fit = Math.min(room / Math.max(1, cols), room / Math.max(1, rows));
	const cell = fit >= 1 ? Math.min(LARGEST_CELL, Math.floor(fit)) : fit;
	const side = (cells: number) => Math.max(Math.min(THIN, room), Math.round(cells * cell));
	const [width, height] = [Math.min(room, side(cols)), Math.min(room, side(rows))];
	return { width, height, pixelsWide: Math.min(cols, width), pixelsHigh: Math.min(rows, height) };
}

/** Fewest rows or columns that zooming in leaves. */
const CLOSEST = 8;

/** A window of half (`by` 0.5) or twice (2) the cells around a cell, inside the axis. */
export function zoomed([from, to]: readonly [number, number], size: number, around: number, by: number): [number, number] {
	const span = Math.max(Math.min(size, CLOSEST), Math.min(size, Math.round((to - from) * by)));
	const start = Math.max(0, Math.min(size - span, Math.round(around - span / 2)));
	return [start, start + span];
}

/** The pixel that a cell lies in; the nearest one for a cell outside. */
export function pixelOf(image: Pick<SliceImage, "height" | "width" | "rows" | "cols" | "fromRow" | "fromCol">, row: number, col: number): { y: number; x: number } {
	const inside = (at: number, size: number) => Math.max(0, Math.min(size - 1, at));
	return { y: Math.floor((inside(row - image.fromRow, image.rows) * image.height) / image.rows), x: Math.floor((inside(col - image.fromCol, image.cols) * image.width) / image.cols) };
}

/** The cell that a pixel shows: the worst of its block. Null where the image has no cell at all. */
export function cellAt(image: SliceImage, { y, x }: { y: number; x: number }): (CellAt & { kind: number }) | null {
	const at = y * image.width + x;
	const kind = image.kind[at] ?? CELL.none;
	return kind === CELL.none ? null : { row: image.atRow[at]!, col: image.atCol[at]!, reference: image.reference[at]!, candidate: image.candidate[at]!, difference: image.difference[at]!, kind };
}

/** Bits of the numbers of a type, where they are steps of a float; null for integers and half floats. */
export function floatWidth(reference: string, candidate: string): FloatWidth | null {
	const widthOf = (dtype: string) => (/float32$/.test(dtype) ? 32 : /float64$/.test(dtype) ? 64 : null);
	const [r, c] = [widthOf(reference), widthOf(candidate)];
	return r === null || c === null ? null : r === 32 || c === 32 ? 32 : 64;
}

/** Steps between the two values of a cell, as text; empty where the types have none, or a side is not finite. */
export function ulpText(cell: Pick<CellAt, "reference" | "candidate">, width: FloatWidth | null): string {
	if (width === null) return "";
	const steps = ulpDistance(cell.reference, cell.candidate, width);
	return Number.isFinite(steps) ? steps.toLocaleString("en-US") : "";
}

/** A value with the digits that its type has: those of a float32 end where the next float begins. */
export function cellText(value: number, dtype: string): string {
	if (Number.isNaN(value)) return "NaN";
	if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
	// An image holds doubles.
	if (/int64$/.test(dtype) && !Number.isSafeInteger(value)) return `≈ ${plain(value)}`;
	if (/float32$/.test(dtype)) for (let digits = 1; digits < 9; digits++) if (Math.fround(Number(value.toPrecision(digits))) === value) return plain(Number(value.toPrecision(digits)));
	return plain(/float32$/.test(dtype) ? Number(value.toPrecision(9)) : value);
}

function plain(value: number): string {
	return String(value).replace("e+", "e").replace(/^-/, "−");
}

/** |candidate − reference| ÷ |reference|, as text: `infinite` from a reference of zero, empty where a side is not finite. */
export function relativeText({ reference, difference }: Pick<CellAt, "reference" | "difference">): string {
	if (Number.isNaN(difference)) return "";
	if (difference === 0) return "0";
	return reference === 0 ? "infinite" : sci(Math.abs(difference / reference), 3);
}

/** What of an array a view shows, as numpy would write it: `[2, :, 0:64]`. */
export function viewText(view: SliceView, shape: readonly number[]): string {
	const part = ([from, to]: readonly [number, number], size: number) => (from === 0 && to === size ? ":" : `${from}:${to}`);
	return `[${shape.map((size, axis) => (axis === view.rowAxis ? part(view.rows, size) : axis === view.colAxis ? part(view.cols, size) : String(view.at[axis]))).join(", ")}]`;
}
