"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useId, useState } from "react";
import { useTheme } from "@/components/shell/theme";
import { useSystemDark } from "@/components/ui/use-system-dark";
import type { SliceImage } from "@/lib/parity/tensor-image";
import type { ColourScale } from "@/lib/parity/tensor-paint";
import { drawTensor, type TensorMode } from "./tensor-draw";
import { type TensorInks, tensorInks } from "./tensor-ink";
import { cellAt, type PlotSize, pixelOf } from "./tensor-model";

export interface Cursor {
	row: number;
	col: number;
}

interface PlotProps {
	canvas: RefObject<HTMLCanvasElement | null>;
	image: SliceImage;
	size: PlotSize;
	mode: TensorMode;
	scales: { difference: ColourScale | null; values: ColourScale | null };
	split: number;
	/** what the drawing shows, in words */
	summary: string;
	cursor: Cursor | null;
	onCursor: (cursor: Cursor) => void;
	/** 0.5 shows half as many cells around the cursor, 2 twice as many, null all */
	onZoom: (by: number | null, around: Cursor | null) => void;
	/** the read-out's id */
	describedBy: string;
}

/** The drawing of a slice with a cursor for pointer and keys. */
export function TensorPlot({ canvas, image, size, mode, scales, split, summary, cursor, onCursor, onZoom, describedBy }: PlotProps) {
	const theme = useTheme();
	const dark = useSystemDark();
	const keys = useId();
	const [inks, setInks] = useState<TensorInks | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme changes the colours that are read
	useEffect(() => {
		if (canvas.current?.parentElement) setInks(tensorInks(canvas.current.parentElement));
	}, [canvas, theme, dark]);
	useEffect(() => {
		if (canvas.current !== null && inks !== null) drawTensor(canvas.current, { image, size, mode, scales, split, inks });
	}, [canvas, image, size, mode, scales, split, inks]);

	const to = (y: number, x: number) => {
		const cell = cellAt(image, { y: Math.max(0, Math.min(image.height - 1, y)), x: Math.max(0, Math.min(image.width - 1, x)) });
		if (cell !== null) onCursor({ row: cell.row, col: cell.col });
	};
	const at = cursor === null ? null : pixelOf(image, cursor.row, cursor.col);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const { y, x } = at ?? { y: 0, x: 0 };
		const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -image.width], End: [0, image.width] }[event.key];
		if (step !== undefined) to(y + step[0]!, x + step[1]!);
		else if (event.key === "+" || event.key === "=" || event.key === "Enter") onZoom(0.5, cursor);
		else if (event.key === "-") onZoom(2, cursor);
		else if (event.key === "0") onZoom(null, null);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	const under = (event: PointerEvent | React.MouseEvent) => {
		const box = event.currentTarget.getBoundingClientRect();
		return { y: Math.floor(((event.clientY - box.top) / box.height) * image.height), x: Math.floor(((event.clientX - box.left) / box.width) * image.width) };
	};
	const [wide, high] = [size.width / image.width, size.height / image.height];
	return (
		<>
			{/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box */}
			<div
				className="tensor-plot"
				role="group"
				aria-roledescription="image with a cursor"
				aria-label="Cells of the slice"
				aria-describedby={`${describedBy} ${keys}`}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: the cells are gone through with the keys
				tabIndex={0}
				style={{ width: size.width, height: size.height }}
				onKeyDown={onKeyDown}
				onPointerMove={(event) => {
					const { y, x } = under(event);
					if (event.pointerType === "mouse") to(y, x);
				}}
				onClick={(event) => {
					const { y, x } = under(event);
					to(y, x);
				}}
				onDoubleClick={(event) => {
					const { y, x } = under(event);
					const cell = cellAt(image, { y, x });
					if (cell !== null) onZoom(0.5, cell);
				}}
			>
				<canvas ref={canvas} role="img" aria-label={summary} style={{ width: size.width, height: size.height }} />
				{mode === "swipe" && <i className="tensor-split" style={{ left: split * size.width }} aria-hidden="true" />}
				{at !== null && <i className="tensor-at" style={{ left: at.x * wide - 2, top: at.y * high - 2, width: Math.max(1, wide) + 4, height: Math.max(1, high) + 4 }} aria-hidden="true" />}
			</div>
			<span className="sr" id={keys}>
				Arrow keys move the cursor, plus and minus zoom, zero shows the whole slice.
			</span>
		</>
	);
}
