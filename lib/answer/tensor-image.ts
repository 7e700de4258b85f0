import { GzipStream, isGzip } from "@/lib/formats/gzip";
import { headerLength, readHeader, type TensorHeader } from "@/lib/formats/tensor/header";
import { CasebookError, joinBytes } from "@/lib/model";
import type { SliceImage } from "@/lib/parity/tensor-image";
import { compareTypes } from "@/lib/parity/tensor-shape";
import { cellsOf, elementsRead, layoutOf, rangesOf, type SliceView } from "@/lib/parity/tensor-slice";
import { MAX_RANGE_BYTES, type Workspace } from "@/lib/workspace/types";
import { type SliceTask, SliceWork } from "./tensor-work";

/** A slice is drawn from at most so many bytes a side. */
export const MAX_SLICE_BYTES = 512 * 1024 * 1024;
/** Sides that are stored in two orders are held whole, up to so many cells. */
export const MAX_TURNED_CELLS = 16 * 1024 * 1024;
/** A compressed array has no places: it is unpacked whole, up to so many bytes. */
export const MAX_UNPACKED_ARRAY = 128 * 1024 * 1024;
const HEAD_BYTES = 16 * 1024;
const GZIP_STEP = 128 * 1024;

/** An array whose header was read. */
export interface OpenArray {
	path: string;
	header: TensorHeader;
	/** of the file as it is stored */
	size: number;
	/** its unpacked bytes, where the file is compressed */
	unpacked: Uint8Array | null;
}

/** Both arrays of a case, and what must be said of their types. */
export interface OpenPair {
	reference: OpenArray;
	candidate: OpenArray;
	said: string[];
}

/** Turns ranges into an image: in a worker, or in this thread (`inThread`). */
export interface SliceMachine {
	start(task: SliceTask): void;
	/** resolves when more may come; the bytes are its own then */
	push(side: "reference" | "candidate", first: number, bytes: ArrayBuffer): Promise<void>;
	finish(): Promise<SliceImage>;
}

/** The machine of a small slice, and of tests. */
export function inThread(): SliceMachine {
	let work: SliceWork | null = null;
	return {
		start: (task) => {
			work = new SliceWork(task);
		},
		push: async (side, first, bytes) => work?.push(side, first, bytes),
		finish: async () => work!.finish(),
	};
}

/** Reads the headers of a pair. Throws CasebookError where a file is no readable array, or the shapes differ. */
export async function openPair(workspace: Workspace, referencePath: string, candidatePath: string, signal?: AbortSignal): Promise<OpenPair> {
	const [reference, candidate] = await Promise.all([openArray(workspace, referencePath, signal), openArray(workspace, candidatePath, signal)]);
	const { comparable, said } = compareTypes(reference.header, candidate.header);
	if (!comparable) throw fault(candidatePath, `${said[0]}, so there is no image of their difference.`);
	return { reference, candidate, said };
}

async function openArray(workspace: Workspace, path: string, signal?: AbortSignal): Promise<OpenArray> {
	const first = await workspace.bytes(path, 0, HEAD_BYTES, signal);
	const unpacked = isGzip(first.bytes) ? await unpack(workspace, path, first.size, signal) : null;
	let head = unpacked ?? first.bytes;
	if (head[0] !== 0x93 || new TextDecoder("latin1").decode(head.subarray(1, 6)) !== "NUMPY") throw fault(path, "it does not begin as an NPY file does.");
	const length = headerLength(head);
	if (length === null) throw fault(path, "the file ends inside its header.");
	if (typeof length !== "number") throw fault(path, `${length.fault}.`);
	if (length > head.length && unpacked === null) head = (await workspace.bytes(path, 0, length, signal)).bytes;
	if (head.length < length) throw fault(path, "the file ends inside its header.");
	const header = readHeader(head.subarray(0, length));
	if ("fault" in header) throw fault(path, `${header.fault}.`);
	const held = unpacked === null ? first.size : unpacked.length;
	const needed = header.dataAt + header.elements * header.width;
	if (held < needed) throw fault(path, `the file is ${(needed - held).toLocaleString("en-US")} bytes shorter than its header says.`);
	return { path, header, size: first.size, unpacked };
}

async function unpack(workspace: Workspace, path: string, size: number, signal?: AbortSignal): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	const gzip = new GzipStream((piece) => chunks.push(piece), { maxBytes: MAX_UNPACKED_ARRAY });
	for (let at = 0; at < size && gzip.fault === null; at += MAX_RANGE_BYTES) {
		const { bytes } = await workspace.bytes(path, at, Math.min(size, at + MAX_RANGE_BYTES), signal);
		if (bytes.length === 0) break;
		for (let step = 0; step < bytes.length; step += GZIP_STEP) {
			gzip.push(bytes.subarray(step, step + GZIP_STEP));
			// What waits on the page's thread goes first.
			await new Promise((resolve) => setTimeout(resolve));
			signal?.throwIfAborted();
		}
	}
	gzip.end();
	if (gzip.fault !== null) throw gzip.fault.limit ? limit(path, `${MAX_UNPACKED_ARRAY / 1024 / 1024} MB unpacked`, `a compressed array is drawn up to ${MAX_UNPACKED_ARRAY / 1024 / 1024} MB unpacked. Unpack ${path} to see it.`) : fault(path, `${gzip.fault.reason}.`);
	return joinBytes(chunks);
}

export interface ImageWish {
	view: SliceView;
	/** the most pixels */
	height: number;
	width: number;
	/** on the absolute difference */
	limit: number;
}

/**
 * The image of a slice, from the ranges of both files that hold it. @param told how much of the bytes is there, 0 to 1.
 * Throws CasebookError: a limit, or what went wrong with a file.
 */
export async function readSliceImage(workspace: Workspace, { reference, candidate }: OpenPair, wish: ImageWish, machine: SliceMachine, signal?: AbortSignal, told?: (part: number) => void): Promise<SliceImage> {
	const { view } = wish;
	const layouts = { reference: layoutOf(reference.header.shape, reference.header.fortranOrder, view), candidate: layoutOf(candidate.header.shape, candidate.header.fortranOrder, view) };
	const bytes = Math.max(elementsRead(layouts.reference) * reference.header.width, elementsRead(layouts.candidate) * candidate.header.width);
	if (bytes > MAX_SLICE_BYTES) throw limit(candidate.path, `${MAX_SLICE_BYTES / 1024 / 1024} MB`, `this slice lies in ${(bytes / 1024 / 1024).toFixed(0)} MB of each file, and at most ${MAX_SLICE_BYTES / 1024 / 1024} MB are read for an image. Choose other axes or fewer rows.`);
	if (layouts.reference.transposed !== layouts.candidate.transposed && cellsOf(view) > MAX_TURNED_CELLS) throw limit(candidate.path, `${MAX_TURNED_CELLS.toLocaleString("en-US")} cells`, `one side is in Fortran order and the other in C order, and such a slice is drawn up to ${MAX_TURNED_CELLS.toLocaleString("en-US")} cells. Choose fewer rows.`);
	machine.start({ reference: { header: reference.header, layout: layouts.reference }, candidate: { header: candidate.header, layout: layouts.candidate }, options: { rows: view.rows, cols: view.cols, height: wish.height, width: wish.width, limit: wish.limit } });
	const sides = { reference: piecesOf(workspace, reference, layouts.reference, signal), candidate: piecesOf(workspace, candidate, layouts.candidate, signal) };
	let done = 0;
	const total = elementsRead(layouts.reference) + elementsRead(layouts.candidate);
	try {
		for (;;) {
			const [r, c] = await Promise.all([sides.reference.next(), sides.candidate.next()]);
			for (const [side, next] of [["reference", r], ["candidate", c]] as const) {
				if (next.done === true) continue;
				await machine.push(side, next.value.first, next.value.bytes);
				done += next.value.count;
			}
			if (r.done === true && c.done === true) break;
			told?.(done / total);
		}
	} finally {
		await Promise.all([sides.reference.return(undefined), sides.candidate.return(undefined)]);
	}
	return machine.finish();
}

interface Piece {
	/** the element that the bytes begin with */
	first: number;
	count: number;
	bytes: ArrayBuffer;
}

/** A side's ranges one after the other, the next asked for while the one before is used. */
async function* piecesOf(workspace: Workspace, array: OpenArray, layout: ReturnType<typeof layoutOf>, signal?: AbortSignal): AsyncGenerator<Piece> {
	const { header, unpacked, path, size } = array;
	const ranges = rangesOf(layout, Math.floor(MAX_RANGE_BYTES / header.width));
	const ask = async (): Promise<Piece | null> => {
		const next = ranges.next();
		if (next.done === true) return null;
		const [from, to] = next.value;
		const place = (element: number) => header.dataAt + element * header.width;
		if (unpacked !== null) return { first: from, count: to - from, bytes: unpacked.slice(place(from), place(to)).buffer };
		const range = await workspace.bytes(path, place(from), place(to), signal);
		if (range.size !== size || range.bytes.length !== place(to) - place(from)) throw fault(path, "the file changed while it was read. Reload the workspace to see it.");
		const whole = range.bytes.byteLength === range.bytes.buffer.byteLength ? range.bytes : range.bytes.slice();
		return { first: from, count: to - from, bytes: whole.buffer as ArrayBuffer };
	};
	let next: Promise<Piece | null> = ask();
	for (;;) {
		const piece = await next;
		if (piece === null) return;
		next = ask();
		// Nobody awaits it where the reader stops early.
		next.catch(() => undefined);
		yield piece;
	}
}

function fault(path: string, words: string): CasebookError {
	return new CasebookError({ kind: "source", path, message: `${path}: ${words}` });
}

function limit(path: string, at: string, words: string): CasebookError {
	return new CasebookError({ kind: "limit", what: path, limit: at, message: `Limit: ${words}` });
}
