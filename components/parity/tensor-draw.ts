import { CELL, type SliceImage } from "@/lib/parity/tensor-image";
import { type ColourScale, paintDifference, paintValues } from "@/lib/parity/tensor-paint";
import type { PlotSize } from "./tensor-model";
import type { TensorInks } from "./tensor-ink";

/** What is shown of a pair. */
export type TensorMode = "difference" | "reference" | "candidate" | "swipe";

export interface TensorDrawing {
	image: SliceImage;
	size: PlotSize;
	mode: TensorMode;
	/** of differences, and of both sides' values */
	scales: { difference: ColourScale | null; values: ColourScale | null };
	/** the part of the width left of the swipe's line, which shows the reference */
	split: number;
	inks: TensorInks;
}

/** Marks on single cells are drawn from this size on. */
const MARKED = 6;

/** Draws into a canvas; sharp on every display. */
export function drawTensor(canvas: HTMLCanvasElement, { image, size, mode, scales, split, inks }: TensorDrawing): void {
	const ratio = Math.max(1, Math.round(window.devicePixelRatio));
	canvas.width = size.width * ratio;
	canvas.height = size.height * ratio;
	const context = canvas.getContext("2d");
	if (context === null || image.width === 0 || image.height === 0) return;
	context.imageSmoothingEnabled = false;
	const layer = (rgba: Uint8ClampedArray<ArrayBuffer>, from: number, to: number) => {
		const small = document.createElement("canvas");
		small.width = image.width;
		small.height = image.height;
		small.getContext("2d")?.putImageData(new ImageData(rgba, image.width, image.height), 0, 0);
		context.save();
		context.beginPath();
		context.rect(from * canvas.width, 0, (to - from) * canvas.width, canvas.height);
		context.clip();
		context.drawImage(small, 0, 0, canvas.width, canvas.height);
		context.restore();
	};
	if (mode === "difference") layer(paintDifference(image, scales.difference, inks), 0, 1);
	else {
		const edge = mode === "swipe" ? split : mode === "reference" ? 1 : 0;
		if (edge > 0) layer(paintValues(image, "reference", scales.values, inks), 0, edge);
		if (edge < 1) layer(paintValues(image, "candidate", scales.values, inks), edge, 1);
	}
	const [wide, high] = [canvas.width / image.width, canvas.height / image.height];
	if (mode === "difference" && Math.min(wide, high) >= MARKED * ratio) marks(context, image, wide, high, inks);
}

/** A cross where one side is broken and a dash where both are: the colour is the second signal. */
function marks(context: CanvasRenderingContext2D, image: SliceImage, wide: number, high: number, inks: TensorInks): void {
	context.strokeStyle = inks.over;
	context.lineWidth = Math.max(1, Math.min(wide, high) / 8);
	context.beginPath();
	for (let at = 0; at < image.kind.length; at++) {
		const kind = image.kind[at];
		if (kind !== CELL.broken && kind !== CELL.bothOpen) continue;
		const [x, y] = [((at % image.width) + 0.5) * wide, (Math.floor(at / image.width) + 0.5) * high];
		const arm = Math.min(wide, high) / 4;
		if (kind === CELL.broken) {
			context.moveTo(x - arm, y - arm);
			context.lineTo(x + arm, y + arm);
			context.moveTo(x - arm, y + arm);
			context.lineTo(x + arm, y - arm);
		} else {
			context.moveTo(x - arm, y);
			context.lineTo(x + arm, y);
		}
	}
	context.stroke();
}
