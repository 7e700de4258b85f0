"use client";

import { useId, useMemo, useRef, useState } from "react";
import { Progress, Seg } from "@/components/ui/bits";
import { ErrorBox } from "@/components/ui/error-box";
import { num } from "@/components/ui/format";
import { SourceLink } from "@/components/ui/links";
import { Section } from "@/components/ui/section";
import { useWidth } from "@/components/ui/use-width";
import type { OpenPair } from "@/lib/answer/tensor-image";
import { DEFAULT_TOLERANCE } from "@/lib/parity/judge";
import { CELL, type SliceImage } from "@/lib/parity/tensor-image";
import { differenceScale, spansDecades, valueScale } from "@/lib/parity/tensor-paint";
import { placeInArray, type SliceView, viewOf, wholeView } from "@/lib/parity/tensor-slice";
import type { CaseRow, RunRow } from "@/lib/tables/parity";
import { toleranceText } from "./measure";
import type { TensorMode } from "./tensor-draw";
import { type Axes, TensorAxes } from "./tensor-axes";
import { TensorLegend } from "./tensor-legend";
import { arraysOf, cellAt, floatWidth, pixelOf, plotSize, relativeText, ulpText, cellText, viewText, zoomed } from "./tensor-model";
import { type Cursor, TensorPlot } from "./tensor-plot";
import { TensorSave } from "./tensor-save";
import { differenceText, TensorWorst } from "./tensor-worst";
import { useOpenPair, useSliceImage } from "./use-tensor";

/** The two arrays of a case as images: their difference, each side, and a swipe between them. */
export function Tensors({ run, one }: { run: RunRow; one: CaseRow }) {
	const arrays = arraysOf(one)!;
	const held = useOpenPair(arrays.reference, arrays.candidate);
	return (
		<Section
			id="arrays"
			title={
				<>
					Arrays: <span className="m wrap-any" style={{ fontWeight: 600 }}>{one.caseName}</span>
				</>
			}
			note={held.state === "ready" ? `${held.value.reference.header.dtype} ${viewShape(held.value)}` : undefined}
			end={
				<span className="row small" style={{ gap: "var(--s-3)" }}>
					<SourceLink path={arrays.reference} line={null} short />
					<SourceLink path={arrays.candidate} line={null} short />
				</span>
			}
		>
			{held.state === "loading" && <p className="waiting">Reading the headers of both arrays.</p>}
			{held.state === "error" && (
				<div style={{ marginTop: 12 }}>
					<ErrorBox failure={held.failure} />
				</div>
			)}
			{held.state === "ready" && (held.value.reference.header.elements === 0 ? <p className="i2" style={{ paddingTop: 8 }}>The arrays hold no values.</p> : <Drawn key={`${one.run}\n${one.position}`} pair={held.value} tolerance={(one.measure ?? run.measure) === "max-rel" ? null : (one.tolerance ?? run.tolerance ?? DEFAULT_TOLERANCE["max-abs"]!)} name={one.caseName} />)}
		</Section>
	);
}

function viewShape({ reference }: OpenPair): string {
	const { shape, elements } = reference.header;
	return `${shape.length === 0 ? "scalar" : shape.join(" × ")}${shape.length > 1 ? `, ${num(elements)} values a side` : ""}`;
}

const MODES: readonly { value: TensorMode; label: string }[] = [
	{ value: "difference", label: "Difference" },
	{ value: "reference", label: "Reference" },
	{ value: "candidate", label: "Candidate" },
	{ value: "swipe", label: "Swipe" },
];
const LARGEST = 560;

/** @param tolerance on the absolute difference, which the image shows; null where the case has none */
function Drawn({ pair, tolerance, name }: { pair: OpenPair; tolerance: number | null; name: string }) {
	const { shape } = pair.reference.header;
	const [measure, room] = useWidth<HTMLDivElement>();
	const canvas = useRef<HTMLCanvasElement>(null);
	const readout = useId();
	const [view, setView] = useState<SliceView>(() => wholeView(shape));
	const [mode, setMode] = useState<TensorMode>("difference");
	const [split, setSplit] = useState(0.5);
	const [logValues, setLogValues] = useState<boolean | null>(null);
	const [cursor, setCursor] = useState<Cursor | null>(null);

	const [rows, cols] = [view.rows[1] - view.rows[0], view.cols[1] - view.cols[0]];
	const size = useMemo(() => plotSize(rows, cols, Math.min(LARGEST, room)), [rows, cols, room]);
	const wish = useMemo(() => (room === 0 ? null : { view, height: size.pixelsHigh, width: size.pixelsWide, limit: tolerance ?? 0 }), [view, size, tolerance, room]);
	const { image, of, held } = useSliceImage(pair, wish);
	// What is said of the image at hand is said of its own slice, while another one is read or could not be.
	const shown = of ?? view;
	// Where it is to be drawn is that of the image at hand, until the next one is there.
	const drawn = useMemo(() => (image === null ? null : plotSize(image.rows, image.cols, Math.min(LARGEST, room))), [image, room]);
	const log = logValues ?? (image !== null && spansDecades(image));
	const scales = useMemo(() => (image === null ? { difference: null, values: null } : { difference: differenceScale(image), values: valueScale(image, log) }), [image, log]);

	const setAxes = ({ rowAxis, colAxis, at }: Axes) => {
		const same = rowAxis === view.rowAxis && colAxis === view.colAxis;
		setView(same ? { ...view, at } : viewOf(shape, rowAxis, colAxis, at));
		if (!same) setCursor(null);
	};
	const whole = viewOf(shape, view.rowAxis, view.colAxis, view.at);
	const zoom = (by: number | null, around: Cursor | null) => {
		if (by === null) {
			setView(whole);
			return;
		}
		const [row, col] = around === null ? [(view.rows[0] + view.rows[1]) / 2, (view.cols[0] + view.cols[1]) / 2] : [around.row + 0.5, around.col + 0.5];
		setView({ ...view, rows: zoomed(view.rows, whole.rows[1], row, by), cols: zoomed(view.cols, whole.cols[1], col, by) });
	};
	const goTo = (cell: Cursor) => {
		setCursor({ row: cell.row, col: cell.col });
		const near = (size: number, at: number) => zoomed([0, size], size, at + 0.5, Math.min(1, 16 / size));
		setView({ ...view, rows: near(whole.rows[1], cell.row), cols: near(whole.cols[1], cell.col) });
	};
	const isWhole = rows === whole.rows[1] && cols === whole.cols[1];
	const block = image === null ? 1 : Math.ceil(image.rows / image.height) * Math.ceil(image.cols / image.width);
	return (
		<div ref={measure} style={{ paddingTop: 10 }}>
			<div className="tensor-bar">
				<Seg label="What is shown" options={MODES} value={mode} onChange={setMode} />
				{mode !== "difference" && image !== null && (
					<Seg
						label="Scale of values"
						options={[
							{ value: "linear", label: "linear" },
							{ value: "log", label: "log" },
						]}
						value={log ? "log" : "linear"}
						onChange={(value) => setLogValues(value === "log")}
					/>
				)}
				<span className="row" style={{ gap: 6 }}>
					<button type="button" className="btn" onClick={() => zoom(0.5, cursor)}>Zoom in</button>
					<button type="button" className="btn" disabled={isWhole} onClick={() => zoom(2, cursor)}>Zoom out</button>
					<button type="button" className="btn" disabled={isWhole} onClick={() => zoom(null, null)}>Whole</button>
				</span>
				{image !== null && <TensorSave canvas={canvas} name={name} view={shown} shape={shape} mode={mode} />}
			</div>
			<TensorAxes shape={shape} axes={view} onChange={setAxes} />
			{held.state === "error" && (
				<div style={{ marginBlock: 8 }}>
					<ErrorBox failure={held.failure} />
				</div>
			)}
			<div className="tensor-wait" aria-live="polite">
				{held.state === "loading" && held.part !== null && <Progress value={held.part} label="Reading the arrays" />}
			</div>
			{image === null && held.state === "loading" && <p className="waiting">Reading the arrays.</p>}
			{image !== null && drawn !== null && (
				<div className="tensor-cols">
					<div style={{ minWidth: 0, width: Math.max(drawn.width, Math.min(room, 320)) }}>
						<TensorPlot canvas={canvas} image={image} size={drawn} mode={mode} scales={scales} split={split} summary={summaryOf(image, pair, shown, mode, tolerance)} cursor={cursor} onCursor={setCursor} onZoom={zoom} describedBy={readout} />
						{mode === "swipe" && (
							<div className="tensor-swipe" style={{ width: drawn.width }}>
								<input className="ask-slider" type="range" min={0} max={100} step={1} value={Math.round(split * 100)} aria-label="Swipe: the reference left of the line, the candidate right of it" aria-valuetext={`reference ${Math.round(split * 100)} %, candidate ${100 - Math.round(split * 100)} %`} onChange={(event) => setSplit(Number(event.target.value) / 100)} />
								<div className="row small i3" style={{ justifyContent: "space-between" }}>
									<span>reference</span>
									<span>candidate</span>
								</div>
							</div>
						)}
						<TensorReadout id={readout} image={image} pair={pair} view={shown} cursor={cursor} block={block} />
					</div>
					<div style={{ minWidth: 0, display: "grid", gap: 10, alignContent: "start" }}>
						<TensorLegend image={image} scale={mode === "difference" ? scales.difference : scales.values} of={mode === "difference" ? "difference" : "values"} tolerance={tolerance} />
						<p className="small i2">
							<b className={`b m${image.counts.above > 0 ? " fail-ink" : ""}`}>{num(image.counts.above)}</b> of {num(image.counts.compared)} compared cells of <span className="m">{viewText(shown, shape)}</span> {tolerance === null ? "differ; the tolerance is relative, and the image shows absolute differences" : `differ by more than ${toleranceText(tolerance)}`}.
							{block > 1 && ` A pixel stands for up to ${num(block)} cells and shows the worst of them, so none is left out.`}
							{pair.said.length > 0 && ` Mind: ${pair.said.join("; ")}.`}
						</p>
						<TensorWorst image={image} pair={pair} view={shown} onGo={goTo} />
					</div>
				</div>
			)}
		</div>
	);
}

/** The drawing in a sentence, for those who do not see it. */
function summaryOf(image: SliceImage, pair: OpenPair, view: SliceView, mode: TensorMode, tolerance: number | null): string {
	const { counts, worst } = image;
	const first = worst[0];
	const what = { difference: "Difference of both arrays", reference: "The reference’s values", candidate: "The candidate’s values", swipe: "The reference’s values left, the candidate’s right" }[mode];
	const parts = [`${what}, ${num(image.rows)} by ${num(image.cols)} cells`, `${num(counts.same)} exactly equal`, tolerance === null ? `${num(counts.above)} differ` : `${num(counts.above)} beyond ${toleranceText(tolerance)}`];
	if (counts.broken > 0) parts.push(`${num(counts.broken)} NaN or infinite on one side`);
	if (counts.bothOpen > 0) parts.push(`${num(counts.bothOpen)} NaN or infinite in both`);
	if (first !== undefined) parts.push(`worst at [${placeInArray(view, first.row, first.col).join(", ")}]: ${cellText(first.reference, pair.reference.header.dtype)} against ${cellText(first.candidate, pair.candidate.header.dtype)}`);
	return `${parts.join("; ")}.`;
}

function TensorReadout({ id, image, pair, view, cursor, block }: { id: string; image: SliceImage; pair: OpenPair; view: SliceView; cursor: Cursor | null; block: number }) {
	const cell = cursor === null ? null : cellAt(image, pixelOf(image, cursor.row, cursor.col));
	const [r, c] = [pair.reference.header.dtype, pair.candidate.header.dtype];
	const steps = cell === null ? "" : ulpText(cell, floatWidth(r, c));
	return (
		<div className="readout" id={id} aria-live="polite">
			{cell === null ? (
				<span className="i3">Point at a cell, or use the arrow keys: its values stand here.</span>
			) : (
				<>
					<b className="m">[{placeInArray(view, cell.row, cell.col).join(", ")}]</b>
					{block > 1 && <span className="i3">the worst cell of its pixel</span>}
					<span>
						reference <span className="m">{cellText(cell.reference, r)}</span>
					</span>
					<span>
						candidate <span className="m">{cellText(cell.candidate, c)}</span>
					</span>
					{cell.kind === CELL.differs || cell.kind === CELL.same ? (
						<span>
							difference <span className="m">{differenceText(cell)}</span>
							{cell.kind === CELL.differs && <span className="i3"> relative {relativeText(cell)}{steps !== "" && `, ${steps} ULP`}</span>}
						</span>
					) : (
						<span>{cell.kind === CELL.broken ? "one side is no finite number" : "neither side is a finite number"}</span>
					)}
				</>
			)}
		</div>
	);
}
