import type { TensorHeader } from "@/lib/formats/tensor/header";
import { joinNumbers, valuesOf } from "@/lib/load/compare-tensor-bytes";
import { type ReduceOptions, type SliceImage, SliceReducer, turned } from "@/lib/parity/tensor-image";
import { type SliceLayout, SlicePicker } from "@/lib/parity/tensor-slice";
import type { Numbers } from "@/lib/parity/tensors";

/** How one side's bytes become cells. */
export interface SideOfSlice {
	header: Pick<TensorHeader, "kind" | "width" | "bigEndian">;
	layout: SliceLayout;
}

export interface SliceTask {
	reference: SideOfSlice;
	candidate: SideOfSlice;
	options: ReduceOptions;
}

/** Messages to a worker that turns bytes into an image, and its answers. */
export type ToSliceWorker = { type: "start"; task: SliceTask } | { type: "push"; side: "reference" | "candidate"; first: number; bytes: ArrayBuffer } | { type: "finish" };
export type FromSliceWorker = { type: "taken" } | { type: "image"; image: SliceImage } | { type: "failed"; message: string };

/** Takes the bytes of both sides in ranges and gives the image of their slice. Both sides come in step, so that little waits. */
export class SliceWork {
	private readonly reducer: SliceReducer;
	private readonly pickers: { reference: SlicePicker; candidate: SlicePicker };
	private waiting: { reference: Numbers[]; candidate: Numbers[] } = { reference: [], candidate: [] };
	/** the sides are stored in another order, so that one of them is turned when all of it is there */
	private readonly crosswise: boolean;

	constructor(private readonly task: SliceTask) {
		this.reducer = new SliceReducer(task.reference.layout, task.options);
		this.pickers = { reference: new SlicePicker(task.reference.layout), candidate: new SlicePicker(task.candidate.layout) };
		this.crosswise = task.reference.layout.transposed !== task.candidate.layout.transposed;
	}

	/** @param first the element of the file that the bytes begin with; they are whole elements, and belong to this object then */
	push(side: "reference" | "candidate", first: number, bytes: ArrayBuffer): void {
		const { header } = this.task[side];
		const picked = this.pickers[side].pick(valuesOf(bytes, bytes.byteLength / header.width, header), first);
		if (picked.length > 0) this.waiting[side].push(picked);
		if (!this.crosswise) this.reduce();
	}

	finish(): SliceImage {
		if (this.crosswise) this.waiting.candidate = [turned(joinNumbers(this.waiting.candidate), this.task.candidate.layout)];
		this.reduce();
		if (this.waiting.reference.length + this.waiting.candidate.length > 0) throw new Error("one side gave fewer values than the other; reload the page, since a file may have changed");
		return this.reducer.finish();
	}

	private reduce(): void {
		const { reference, candidate } = this.waiting;
		while (reference.length > 0 && candidate.length > 0) {
			const count = Math.min(reference[0]!.length, candidate[0]!.length);
			this.reducer.push(reference[0]!.subarray(0, count), candidate[0]!.subarray(0, count));
			for (const side of [reference, candidate]) {
				if (side[0]!.length === count) side.shift();
				else side[0] = side[0]!.subarray(count);
			}
		}
	}
}
