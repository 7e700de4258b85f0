"use client";

import { type ReactNode, useId } from "react";
import { Mark, sessionVerdict } from "@/components/ui/mark";
import { AsTable } from "@/components/ui/as-table";
import { num } from "@/components/ui/format";
import { useWidth } from "@/components/ui/use-width";
import { VERDICTS, type Verdict } from "@/lib/model";
import { type Bar, barSize, barsOf, type DayCounts, dayLabel, dayName, monthsOf, spanOf } from "./days";

export interface BarSeries {
	name: string;
	days: readonly DayCounts[];
	/** the line under the name, such as figures that open: `129 sessions, 105 accepted` */
	head?: ReactNode;
}

export interface SessionBarsProps {
	/** one panel each, on a shared scale and a shared time axis */
	series: readonly BarSeries[];
	/** the accessible name */
	label: string;
	/** the figure beside a word's mark, so that it can open its evidence; the plain count by default */
	figure?: (series: BarSeries, word: string, count: number) => ReactNode;
	/** how a word is shown where it is long; the word itself by default */
	short?: (word: string) => string;
}

/** Height of the tallest bar, room above it for its count, room for the labels at the right; px. */
const BAR_HEIGHT = 58;
const ABOVE = 16;
const LABELS = 104;

/** Bars a day, stacked by the verdict that a session's word borrows: pass at the foot, then fail, then what was not judged. */
export function SessionBars({ series, label, figure, short = (word) => word.replaceAll("_", " ") }: SessionBarsProps) {
	const [ref, width] = useWidth<HTMLDivElement>();
	const hatch = useId();
	const span = spanOf(series);
	if (span === null) return null;
	const plot = Math.max(60, width - LABELS);
	const size = barSize(span.length, plot);
	const panels = series.map((one) => ({ one, bars: barsOf(one.days, span, size) }));
	const most = Math.max(1, ...panels.flatMap(({ bars }) => bars.map((bar) => bar.total)));
	const step = Math.min(48, plot / Math.max(1, panels[0]?.bars.length ?? 1));
	const words = wordsOf(series);
	return (
		<div className="chart" ref={ref}>
			<svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
				<defs>
					<pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
						<line className="hatch-line" x1="0" y1="0" x2="0" y2="4" />
					</pattern>
				</defs>
			</svg>
			{width > 0 &&
				panels.map(({ one, bars }, i) => (
					<Panel key={one.name} series={one} bars={bars} words={words} step={step} plot={plot} most={most} hatch={hatch} last={i === panels.length - 1} label={`${label}, ${one.name}`} figure={figure} short={short} />
				))}
			<AsTable>{() => <Table series={panels} words={words} short={short} />}</AsTable>
		</div>
	);
}

/** The words that occur, in the order of the stack from its foot. */
function wordsOf(series: readonly BarSeries[]): string[] {
	const words = new Set<string>();
	for (const { days } of series) for (const { counts } of days) for (const word of Object.keys(counts)) words.add(word);
	const rank = (word: string) => ORDER.indexOf(sessionVerdict(word));
	return [...words].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

const ORDER: readonly Verdict[] = ["pass", ...VERDICTS.filter((verdict) => verdict !== "pass")];

interface PanelProps {
	series: BarSeries;
	bars: readonly Bar[];
	words: readonly string[];
	step: number;
	plot: number;
	most: number;
	hatch: string;
	last: boolean;
	label: string;
	figure: SessionBarsProps["figure"];
	short: (word: string) => string;
}

function Panel({ series, bars, words, step, plot, most, hatch, last, label, figure, short }: PanelProps) {
	const base = ABOVE + BAR_HEIGHT;
	const height = base + (last ? 40 : 6);
	const scale = BAR_HEIGHT / most;
	const peak = bars.reduce((best, bar, i) => (bar.total > (bars[best]?.total ?? 0) ? i : best), 0);
	const totals = words.map((word) => ({ word, count: bars.reduce((sum, bar) => sum + (bar.counts[word] ?? 0), 0) })).filter(({ count }) => count > 0);
	const every = Math.max(1, Math.ceil(18 / step));
	const gap = step < 9 ? 1 : Math.min(6, step * 0.26);
	return (
		<div className="bars-panel">
			<div className="bars-head">
				<b>{series.name}</b>
				{series.head !== undefined && <span className="small i3">{series.head}</span>}
			</div>
			<div className="bars-row">
				<svg className="bars" style={{ width: plot }} height={height} role="img" aria-label={`${label}: ${num(bars.reduce((sum, bar) => sum + bar.total, 0))}, at most ${num(bars[peak]?.total ?? 0)} in one bar, ${dayName(bars[peak] ?? { day: "", days: 1 })}`}>
					{bars.map((bar, i) => (
						<Stack key={bar.day} bar={bar} x={i * step + gap / 2} width={step - gap} base={base} scale={scale} words={words} hatch={hatch} />
					))}
					<line className="ax" x1={0} x2={bars.length * step} y1={base + 0.5} y2={base + 0.5} />
					{(bars[peak]?.total ?? 0) > 0 && (
						<text className="m lab" x={peak * step + step / 2} y={base - (bars[peak]?.total ?? 0) * scale - 5} textAnchor="middle">
							{num(bars[peak]?.total ?? 0)}
						</text>
					)}
					{last &&
						bars.map(
							(bar, i) =>
								i % every === 0 && (
									<text key={bar.day} className="m" x={i * step + step / 2} y={base + 18} textAnchor="middle">
										{dayLabel(bar.day)}
									</text>
								),
						)}
					{last && <Months bars={bars} step={step} y={base + 35} plot={Math.min(plot, bars.length * step)} />}
				</svg>
				<ul className="bars-words small">
					{[...totals].reverse().map(({ word, count }) => (
						<li key={word} className="row" title={word}>
							<Mark verdict={sessionVerdict(word)} size={9} label={null} />
							<span className="i2">
								{short(word)} {figure === undefined ? num(count) : figure(series, word, count)}
							</span>
						</li>
					))}
				</ul>
			</div>
		</div>
	);
}

const AXIS = "from 0, days in UTC";

/** Month names under the days, each where its first bar stands and only if the one before leaves room; then what the axes are. */
function Months({ bars, step, y, plot }: { bars: readonly Bar[]; step: number; y: number; plot: number }) {
	let free = Number.NEGATIVE_INFINITY;
	const names = monthsOf(bars).map(({ at, label }) => {
		const x = at * step + 2;
		if (x < free) return null;
		free = x + label.length * 6.2 + 10;
		return (
			<text key={at} x={x} y={y}>
				{label}
			</text>
		);
	});
	const size = bars[0]?.days ?? 1;
	const axis = size === 1 ? AXIS : `${size} days a bar, ${AXIS}`;
	return (
		<>
			{names}
			{/* Where the plot is too narrow, the words stand under the labels at the right. */}
			<text x={Math.max(plot, free + axis.length * 5.8)} y={y} textAnchor="end">
				{axis}
			</text>
		</>
	);
}

function Stack({ bar, x, width, base, scale, words, hatch }: { bar: Bar; x: number; width: number; base: number; scale: number; words: readonly string[]; hatch: string }) {
	let top = base;
	return (
		<g>
			<title>{`${dayName(bar)}: ${bar.total === 0 ? "none" : words.filter((word) => bar.counts[word]).map((word) => `${word} ${bar.counts[word]}`).join(", ")}`}</title>
			{words.map((word) => {
				const count = bar.counts[word] ?? 0;
				if (count === 0) return null;
				const verdict = sessionVerdict(word);
				// A piece is never thinner than 2 px: one failing session of hundreds is still seen.
				const height = Math.max(2, count * scale);
				top -= height;
				return <rect key={word} className={verdict === "incomparable" ? "hatched" : `fill-${verdict}`} fill={verdict === "incomparable" ? `url(#${hatch})` : undefined} x={x} y={top} width={Math.max(1, width)} height={Math.max(1.2, height - 0.8)} />;
			})}
		</g>
	);
}

function Table({ series, words, short }: { series: readonly { one: BarSeries; bars: readonly Bar[] }[]; words: readonly string[]; short: (word: string) => string }) {
	return (
		<div className="scroll">
			<table className="t">
				<thead>
					<tr>
						<th scope="col">Day (UTC)</th>
						<th scope="col">Producer</th>
						{words.map((word) => (
							<th scope="col" className="r" key={word}>
								{short(word)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{series.flatMap(({ one, bars }) =>
						bars
							.filter((bar) => bar.total > 0)
							.map((bar) => (
								<tr key={`${one.name} ${bar.day}`}>
									<td>{dayName(bar)}</td>
									<td>{one.name}</td>
									{words.map((word) => (
										<td className="r m" key={word}>
											{num(bar.counts[word] ?? 0)}
										</td>
									))}
								</tr>
							)),
					)}
				</tbody>
			</table>
		</div>
	);
}
