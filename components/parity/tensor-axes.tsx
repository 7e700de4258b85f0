"use client";

import { useId } from "react";
import { Select } from "@/components/ui/field";

export interface Axes {
	rowAxis: number | null;
	colAxis: number | null;
	at: readonly number[];
}

/** Which two axes are rows and columns, and the place on each other one. Nothing for an array of at most two axes. */
export function TensorAxes({ shape, axes, onChange }: { shape: readonly number[]; axes: Axes; onChange: (axes: Axes) => void }) {
	if (shape.length < 3) return null;
	const choose = (role: "rowAxis" | "colAxis", text: string) => {
		const axis = Number(text);
		const other = role === "rowAxis" ? "colAxis" : "rowAxis";
		// The axis that the other one shows: they change places.
		onChange({ ...axes, [role]: axis, [other]: axes[other] === axis ? axes[role] : axes[other] });
	};
	const options = shape.map((size, axis) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: an axis is its place
		<option key={axis} value={axis}>
			axis {axis} ({size.toLocaleString("en-US")})
		</option>
	));
	return (
		<div className="tensor-axes">
			<span className="row" style={{ gap: 6 }}>
				<span className="i3 small" aria-hidden="true">rows</span>
				<Select label="Rows" value={String(axes.rowAxis)} onChange={(text) => choose("rowAxis", text)}>
					{options}
				</Select>
			</span>
			<span className="row" style={{ gap: 6 }}>
				<span className="i3 small" aria-hidden="true">columns</span>
				<Select label="Columns" value={String(axes.colAxis)} onChange={(text) => choose("colAxis", text)}>
					{options}
				</Select>
			</span>
			{shape.map((size, axis) => (axis === axes.rowAxis || axis === axes.colAxis ? null : (
				// biome-ignore lint/suspicious/noArrayIndexKey: an axis is its place
				<Index key={axis} axis={axis} size={size} value={axes.at[axis]!} onChange={(index) => onChange({ ...axes, at: axes.at.map((old, i) => (i === axis ? index : old)) })} />
			)))}
		</div>
	);
}

function Index({ axis, size, value, onChange }: { axis: number; size: number; value: number; onChange: (index: number) => void }) {
	const id = useId();
	return (
		<span className="row" style={{ gap: 6, minWidth: 0 }}>
			<label className="i3 small nw" htmlFor={id}>
				axis {axis} at
			</label>
			<input id={id} className="ask-slider" style={{ width: 140 }} type="range" min={0} max={size - 1} step={1} value={value} disabled={size < 2} aria-valuetext={`${value} of 0 to ${size - 1}`} onChange={(event) => onChange(Number(event.target.value))} />
			<span className="m" style={{ minWidth: `${String(size - 1).length}ch` }}>{value}</span>
		</span>
	);
}
