"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { AsTable } from "@/components/ui/as-table";
import { num } from "@/components/ui/format";
import { MarkAt } from "@/components/ui/mark";
import { useWidth } from "@/components/ui/use-width";
import type { Verdict } from "@/lib/model";

export interface SparkPoint {
	/** null where it was not recorded: the line has a gap there */
	value: number | null;
	/** what the point is, for the table: a commit or a time */
	label: string;
}

export interface SparkProps {
	/** the metric's name as its file spells it */
	name: string;
	/** where the name leads; plain text without it */
	href?: string;
	points: readonly SparkPoint[];
	/** the verdict of the last point, drawn as its mark; a plain point by default */
	verdict?: Verdict | null;
	/** the last value, best a Figure */
	figure: ReactNode;
	/** how far it moved, at the right */
	change?: ReactNode;
}

const HEIGHT = 44;
const BASE = 42.5;
const TOP = 6;

/** A small multiple of one metric: points measured, lines only between neighbours, axis from 0. `Sparks` puts a table behind it. */
export function Spark({ name, href, points, verdict = null, figure, change }: SparkProps) {
	const [ref, width] = useWidth<HTMLDivElement>();
	const values = points.map((point) => point.value).filter((value) => value !== null);
	const most = Math.max(0, ...values);
	const least = Math.min(0, ...values);
	const range = most - least || 1;
	const x = (i: number) => (points.length === 1 ? width - 8 : 2 + (i * (width - 10)) / (points.length - 1));
	const y = (value: number) => BASE - 0.5 - ((value - least) / range) * (BASE - 0.5 - TOP);
	let path = "";
	let pen = false;
	points.forEach(({ value }, i) => {
		if (value === null) pen = false;
		else {
			path += `${pen ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
			pen = true;
		}
	});
	const last = points.length - 1;
	return (
		<div className="spark" ref={ref}>
			<span className="m i2 nw name" title={name}>
				{href === undefined ? (
					name
				) : (
					<Link href={href} prefetch={false} style={{ color: "inherit" }}>
						{name}
					</Link>
				)}
			</span>
			<svg role="img" aria-label={`${name}: ${points.length} values, axis from ${num(least)} to ${num(most)}, the last ${num(points[last]?.value ?? null)}`}>
				<line className="ax" x1={0} x2={width} y1={y(0) + 0.5} y2={y(0) + 0.5} />
				{width > 0 && <path className="line" d={path} />}
				{width > 0 &&
					points.map(({ value, label }, i) =>
						value === null ? null : i === last && verdict !== null ? <MarkAt key={label} verdict={verdict} x={x(i)} y={y(value)} size={10} /> : <circle key={label} className="point" cx={x(i)} cy={y(value)} r={i === last ? 2.5 : 1.5} />,
					)}
			</svg>
			<div className="row small" style={{ justifyContent: "space-between", minHeight: Math.max(20, HEIGHT / 4) }}>
				<span className="m b">{figure}</span>
				{change !== undefined && <span className="m i3">{change}</span>}
			</div>
		</div>
	);
}

/** Small multiples side by side, with one table behind all of them. */
export function Sparks({ sparks }: { sparks: readonly SparkProps[] }) {
	return (
		<>
			<div className="sparks">
				{sparks.map((spark) => (
					<Spark key={spark.name} {...spark} />
				))}
			</div>
			<AsTable>{() => <Table sparks={sparks} />}</AsTable>
		</>
	);
}

function Table({ sparks }: { sparks: readonly SparkProps[] }) {
	const labels = [...new Set(sparks.flatMap((spark) => spark.points.map((point) => point.label)))];
	return (
		<div className="scroll">
			<table className="t">
				<thead>
					<tr>
						<th scope="col">At</th>
						{sparks.map((spark) => (
							<th scope="col" className="r" key={spark.name}>
								{spark.name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{labels.map((label) => (
						<tr key={label}>
							<td>{label}</td>
							{sparks.map((spark) => (
								<td className="r m" key={spark.name}>
									<Value point={spark.points.find((point) => point.label === label)} />
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** A metric that a baseline lacks is absent; one that is null says so. */
function Value({ point }: { point: SparkPoint | undefined }) {
	if (point === undefined) return <span className="null">absent</span>;
	return point.value === null ? <span className="null">null</span> : num(point.value);
}
