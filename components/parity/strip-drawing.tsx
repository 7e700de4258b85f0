import { memo } from "react";
import { VERDICTS, type Verdict } from "@/lib/model";
import { dayGroups, marksPath, stepPath } from "./strip-model";

/** Widest and narrowest column, a row, the head with the days, the foot with the numbers; px. */
export const COL_MAX = 28;
export const COL_MIN = 18;
export const ROW = 22;
export const HEAD = 34;
export const FOOT = 24;

interface DrawingProps {
	/** where the columns begin */
	left: number;
	step: number;
	/** by row, by run */
	marks: readonly (readonly (Verdict | null)[])[];
	cursor: readonly (number | null)[];
	days: readonly (string | null)[];
	numbers: readonly string[];
	/** index of the selected run; -1 for none */
	selected: number;
	/** px of columns that the stuck names cover */
	scrolled: number;
	/** the cell under pointer or focus */
	at: { row: number; run: number } | null;
}

const STROKES: { [verdict in Verdict]: number } = { pass: 0, fail: 0, unmatched: 1.6, incomparable: 1.05, skipped: 1.7 };

/** Everything that is seen of the strip, in one drawing under the grid's cells. */
export function StripDrawing({ left, step, marks, cursor, days, numbers, selected, scrolled, at }: DrawingProps) {
	const rows = marks.length;
	const runs = days.length;
	const floor = HEAD + rows * ROW;
	return (
		<svg className="strip-draw" style={{ left }} width={runs * step + 2} height={floor + FOOT} aria-hidden="true">
			<Days days={days} step={step} scrolled={scrolled} />
			{selected >= 0 && <rect className="band" x={selected * step} y={23} width={step} height={floor - 23 + 20} />}
			<Marks marks={marks} cursor={cursor} runs={runs} step={step} />
			{at !== null && <rect className="at" x={at.run * step + 2} y={y(at.row) + 1} width={step - 4} height={ROW - 2} rx={3} />}
			{numbers.map((text, run) => {
				const here = run === selected;
				const crowded = selected >= 0 && Math.abs(run - selected) * step < 20;
				const wanted = run === 0 || run === runs - 1 || (run + 1) % 5 === 0;
				const fits = (runs - 1 - run) * step >= 20 || run === runs - 1;
				if (!here && (!wanted || crowded || !fits)) return null;
				return (
					// biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
					<text key={run} x={run * step + step / 2} y={floor + 16} textAnchor="middle" className={here ? "strong" : undefined}>
						{text}
					</text>
				);
			})}
		</svg>
	);
}

/** Runs whose marks are one path: what is scrolled out of view costs nothing to draw then. */
const BLOCK = 40;

const y = (row: number) => HEAD + row * ROW;

/** Thousands of marks: made once, and not again whenever the strip scrolls or the pointer moves. */
const Marks = memo(function Marks({ marks, cursor, runs, step }: Pick<DrawingProps, "marks" | "cursor" | "step"> & { runs: number }) {
	const points = new Map<Verdict, { x: number; y: number }[][]>(VERDICTS.map((word) => [word, []]));
	marks.forEach((row, i) => {
		row.forEach((word, run) => {
			if (word === null) return;
			const blocks = points.get(word)!;
			blocks[Math.floor(run / BLOCK)] ??= [];
			blocks[Math.floor(run / BLOCK)]!.push({ x: run * step + step / 2, y: y(i) + ROW / 2 });
		});
	});
	return (
		<>
			<path className="grid" d={marks.map((_, i) => `M0 ${y(i + 1)}H${runs * step}`).join("")} />
			{VERDICTS.map((word) => {
				const blocks = points.get(word)!.filter((list) => list !== undefined);
				const stroke = STROKES[word];
				return blocks.length === 0 ? null : (
					<g key={word} className={`v-${word}`} fill={stroke === 0 ? "currentColor" : "none"} stroke={stroke === 0 ? "none" : "currentColor"} strokeWidth={stroke} strokeLinecap={word === "skipped" ? "round" : undefined}>
						{blocks.map((list) => (
							<path key={list[0]!.x} d={marksPath(word, list)} />
						))}
					</g>
				);
			})}
			<path className="cur" d={stepPath(cursor.map((row) => (row === null ? null : y(row))), step)} />
		</>
	);
});

const CHARACTER = 5.9;

/**
 * `Oct 5` over the runs of a day. Where one of them is too narrow for it, the days stand alone and the months above them;
 * the month of the first day in view stays in view.
 */
function Days({ days, step, scrolled }: { days: readonly (string | null)[]; step: number; scrolled: number }) {
	const groups = dayGroups(days);
	const room = (from: number, to: number) => (to - from) * step - 2;
	const alone = groups.some((group) => group.label.length * CHARACTER > room(group.from, group.to));
	let month = "";
	let free = Number.NEGATIVE_INFINITY;
	return groups.map((group) => {
		const x = group.from * step + 2;
		const text = !alone ? group.label : group.short.length * CHARACTER <= room(group.from, group.to) ? group.short : "";
		const monthX = Math.max(x, scrolled + 2);
		const named = alone && group.to * step - 10 > scrolled && group.month !== month && monthX >= free ? group.month : "";
		if (named !== "") {
			month = named;
			free = monthX + named.length * CHARACTER + 4;
		}
		return (
			<g key={group.from}>
				<line className="ax" x1={x} x2={group.to * step - 2} y1={22} y2={22} />
				{named !== "" && (
					<text x={monthX} y={4} className="lab">
						{named}
					</text>
				)}
				{text !== "" && (
					<text x={x} y={17}>
						{text}
					</text>
				)}
			</g>
		);
	});
}
