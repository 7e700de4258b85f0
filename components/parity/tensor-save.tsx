"use client";

import type { RefObject } from "react";
import { plainColours } from "@/components/chart/save";
import { SaveMenu } from "@/components/chart/save-menu";
import { escapeMarkup } from "@/lib/model";
import type { SliceView } from "@/lib/parity/tensor-slice";
import type { TensorMode } from "./tensor-draw";
import { viewText } from "./tensor-model";

/** Saves the image as it is seen, under its name and slice. */
export function TensorSave({ canvas, name, view, shape, mode }: { canvas: RefObject<HTMLCanvasElement | null>; name: string; view: SliceView; shape: readonly number[]; mode: TensorMode }) {
	const title = `${name} ${viewText(view, shape)}, ${mode}`;
	const svg = () => {
		const element = canvas.current;
		if (element === null) return null;
		const { width, height } = element.getBoundingClientRect();
		const style = getComputedStyle(element.ownerDocument.body);
		const wide = Math.max(width, title.length * 7);
		return plainColours(
			`<svg xmlns="http://www.w3.org/2000/svg" width="${wide + 24}" height="${height + 46}"><title>${escapeMarkup(title)}</title><rect width="100%" height="100%" fill="${escapeMarkup(style.backgroundColor)}"/><text x="12" y="22" font-family="sans-serif" font-size="13" font-weight="600" fill="${escapeMarkup(style.color)}">${escapeMarkup(title)}</text><image x="12" y="34" width="${width}" height="${height}" style="image-rendering: pixelated" href="${element.toDataURL("image/png")}"/></svg>\n`,
		);
	};
	return <SaveMenu name={title} svg={svg} />;
}
