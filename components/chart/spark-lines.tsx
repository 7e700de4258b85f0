"use client";

import { num } from "@/components/ui/format";
import { MarkAt } from "@/components/ui/mark";
import { useWidth } from "@/components/ui/use-width";
import type { Verdict } from "@/lib/model";
import { endLabels, type LinePoint, linePath, roundTicks, type Scale, scaleOf, tickPlaces } from "./spark-model";

/** One of the two points that the page compares. */
export interface ChosenPoint {
	x: number;
	value: number | null;
	/** `before` or `after`, under the axis of a large chart */
	word: string;
	/** the mark of the later one; the earlier is a plain larger dot */
	verdict: Verdict | null;
}

export interface SparkLinesProps {
	/** what the chart shows, for a screen reader */
	label: string;
	/** in the axis's order */
	points: readonly LinePoint[];
	/** the lines, in the order of their colours; without a name where there is one line only */
	series: readonly string[];
	/** ends of the axis that all multiples share */
	span: readonly [first: number, last: number];
	chosen: readonly ChosenPoint[];
	/** a large chart has axes with words */
	large?: boolean;
	/** the word under a place of the axis */
	tick?: (x: number) => string;
	/** values between which a change is within the tolerance, and the words for them */
	within?: { low: number; high: number; word: string } | null;
}

const SMALL = 46;
const LARGE = 232;
/** px of a letter of a label, and between two of them */
const LETTER = 6.4;
const GAP = 12;
/** Words under the axis that are closer than this stand to the left and the right of their places. */
const NEAR = 46;

/** A colour for each line, in the fixed order; more lines than colours share the last. */
function ink(index: number): string {
	return `var(--chart-${Math.min(6, index + 1)})`;
}

/** A metric over time, a line for each runtime, named where it ends. Points are measured; lines only join neighbours. */
export function SparkLines({ label, points, series, span, chosen, large = false, tick, within = null }: SparkLinesProps) {
	const [ref, width] = useWidth<HTMLDivElement>();
	const height = large ? LARGE : SMALL;
	const named = series.length > 1;
	const values = [...points.map((point) => point.value), ...(within === null ? [] : [within.low, within.high])].filter((value) => value !== null);
	const most = Math.max(0, ...values);
	const left = large ? Math.max(24, num(roundTicks(Math.min(0, ...values), most, 4).at(-1) ?? 0).length * LETTER + 8) : 4;
	const right = width - (named ? Math.min(96, Math.max(...series.map((name) => name.length)) * LETTER + 12) : 8);
	const box = { left, right: Math.max(left + 10, right), top: large ? 26 : 6, base: large ? height - 34 : height - 3.5 };
	const scale = scaleOf(values, span, box);
	return (
		<div ref={ref} className={large ? "lines large" : "lines"} style={{ height }}>
			{width > 0 && (
				<svg width={width} height={height} role="img" aria-label={label}>
					{large && <Axes scale={scale} box={box} points={points} chosen={chosen} tick={tick} />}
					<line className="ax" x1={box.left - 4} x2={box.right + 4} y1={Math.round(scale.y(0)) + 0.5} y2={Math.round(scale.y(0)) + 0.5} />
					{chosen.map((point) => (
						<line key={point.word} className="pick" x1={scale.x(point.x)} x2={scale.x(point.x)} y1={large ? box.top - 8 : 1} y2={box.base} />
					))}
					{within !== null && <Within within={within} scale={scale} box={box} />}
					{series.map((name, i) => (
						<path key={name} className="line" d={linePath(points, name, scale)} style={{ stroke: ink(i) }} />
					))}
					{points.map(
						(point, i) =>
							point.value !== null && (
								// biome-ignore lint/suspicious/noArrayIndexKey: a point is its place
								<circle key={i} cx={scale.x(point.x)} cy={scale.y(point.value)} r={large ? 2.6 : 1.6} style={{ fill: ink(series.indexOf(point.series)) }} />
							),
					)}
					{chosen.map((point) => (
						<Chosen key={point.word} point={point} scale={scale} box={box} large={large} others={chosen} />
					))}
					{named &&
						endLabels(points, series, scale, GAP, { top: 8, base: box.base }).map(({ series: name, y }) => (
							<text key={name} className="m" x={box.right + 9} y={y + 3.5} style={{ fill: ink(series.indexOf(name)) }}>
								{name}
							</text>
						))}
				</svg>
			)}
		</div>
	);
}

type Box = { left: number; right: number; top: number; base: number };

function Axes({ scale, box, points, chosen, tick }: { scale: Scale; box: Box; points: readonly LinePoint[]; chosen: readonly ChosenPoint[]; tick: SparkLinesProps["tick"] }) {
	const [left, right] = [...chosen].sort((a, b) => a.x - b.x);
	const near = left !== undefined && right !== undefined && scale.x(right.x) - scale.x(left.x) < NEAR;
	const words = chosen.map((point) => ({ ...point, at: scale.x(point.x), anchor: !near ? ("middle" as const) : point === left ? ("end" as const) : ("start" as const), shift: !near ? 0 : point === left ? 3 : -3 }));
	const byPlace = new Map(points.map((point) => [Math.round(scale.x(point.x)), point.x]));
	// Words that stand apart for want of room reach further than those in the middle of their place.
	const taken = words.map((word) => Math.round(word.at + (near ? (word.anchor === "end" ? -18 : 18) : 0)));
	return (
		<>
			{roundTicks(scale.least, scale.most, 4).map((value) => (
				<g key={value}>
					{value !== 0 && <line className="grid" x1={box.left - 4} x2={box.right + 4} y1={Math.round(scale.y(value)) + 0.5} y2={Math.round(scale.y(value)) + 0.5} />}
					<text className="m" x={box.left - 9} y={scale.y(value) + 4} textAnchor="end">
						{num(value)}
					</text>
				</g>
			))}
			{tick !== undefined &&
				tickPlaces([...byPlace.keys()], taken, NEAR)
					.filter((place) => byPlace.has(place) && !taken.includes(place))
					.map((place) => (
						<text key={place} x={place} y={box.base + 16} textAnchor="middle">
							{tick(byPlace.get(place)!)}
						</text>
					))}
			{words.map((word) => (
				<g key={word.word}>
					{tick !== undefined && (
						<text className="strong" x={word.at + word.shift} y={box.base + 16} textAnchor={word.anchor}>
							{tick(word.x)}
						</text>
					)}
					<text className="lab" x={word.at + word.shift} y={box.base + 30} textAnchor={word.anchor}>
						{word.word}
					</text>
				</g>
			))}
		</>
	);
}

function Within({ within, scale, box }: { within: { low: number; high: number; word: string }; scale: Scale; box: Box }) {
	return (
		<>
			{[within.low, within.high].map((value) => (
				<line key={value} className="tol" x1={box.left} x2={box.right} y1={scale.y(value)} y2={scale.y(value)} />
			))}
			<text className="lab" x={box.left + 4} y={scale.y(within.high) - 5}>
				{within.word}
			</text>
		</>
	);
}

/** A chosen point, and its value beside it in a large chart: the higher one's above, the lower one's below, so that the line between them stays free. */
function Chosen({ point, scale, box, large, others }: { point: ChosenPoint; scale: Scale; box: Box; large: boolean; others: readonly ChosenPoint[] }) {
	if (point.value === null) return null;
	const [x, y] = [scale.x(point.x), scale.y(point.value)];
	const other = others.find((one) => one !== point);
	const first = other === undefined || point.x < other.x || (point.x === other.x && point.word === "before");
	// The floor has the words of the axis under it, and the left edge those of its values.
	const above = other === undefined || other.value === null || point.value > other.value || (point.value === other.value && !first) || y > box.base - 18;
	const leftward = first && x - num(point.value).length * LETTER - 10 > box.left;
	return (
		<>
			{point.verdict === null ? <circle className="picked" cx={x} cy={y} r={large ? 4 : 2.8} /> : <MarkAt verdict={point.verdict} x={x} y={y} size={large ? 13 : 10} />}
			{large && (
				<text className="m strong" x={x + (leftward ? -7 : 9)} y={above ? y - 9 : y + 17} textAnchor={leftward ? "end" : "start"}>
					{num(point.value)}
				</text>
			)}
		</>
	);
}
