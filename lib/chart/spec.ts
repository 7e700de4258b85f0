import type { Config, TopLevelSpec } from "vega-lite";
import { domainOf } from "./axis";
import { chartName, valueName } from "./words";
import type { ChartData, ChartMark, ChartPlan } from "./types";

/** Colours and faces of the page, as a browser resolves them. */
export interface ChartInk {
	ink1: string;
	ink2: string;
	ink3: string;
	rule: string;
	ruleStrong: string;
	surface: string;
	focus: string;
	/** `chart-1` to `chart-6` */
	series: readonly string[];
	fontUi: string;
	fontMono: string;
}

/** The signal that holds the mark under the pointer or the keys; −1 for none. */
export const AT = "at";

/** the drawing with its axes takes the width and height that it is given */
const FIT = { type: "fit", contains: "padding" } as const;
/** the height of the axis below the bars and of a legend above them */
const AXIS = 70;
const MAX_BAR = 22;
const HEIGHT = 320;
/** the longest name of a category on its axis, in pixels */
const NAME = 220;
/** More points are joined by a line alone. */
const FEW_POINTS = 120;

type Row = ChartMark & { label: string };

/** A drawing of marks as a Vega-Lite specification of `width` pixels. Marks come inline: nothing is loaded. */
export function specOf(plan: ChartPlan, data: ChartData, ink: ChartInk, width: number): TopLevelSpec {
	const rows: Row[] = data.marks.map((mark) => ({ ...mark, label: mark.y === null ? "" : short(mark.y) }));
	const base = {
		$schema: "https://vega.github.io/schema/vega-lite/v6.json",
		description: chartName(plan),
		width,
		data: { values: rows },
		params: [{ name: AT, value: -1 }],
		config: configOf(ink),
	};
	const colour = data.colours.drawn.length === 0 ? { value: ink.series[0] ?? ink.ink2 } : { field: "colour", type: "nominal" as const, title: plan.colour?.name ?? null, scale: { domain: data.colours.drawn, range: ink.series.slice(0, data.colours.drawn.length) } };
	const ring = { transform: [{ filter: `datum.i === ${AT}` }] };
	if (plan.mode === "histogram") return { ...base, height: HEIGHT, autosize: FIT, ...histogram(plan, rows, ink, ring) };
	if (plan.categories) return { ...base, ...groups(plan, data, rows, ink, colour, ring) };
	const x = { field: "x", ...scaleX(plan, rows), axis: axisX(plan), title: axisTitle(plan.x.name, plan.x.kind === "time" ? null : domainX(rows)) };
	const domain = domainOf(rows.flatMap(({ y, y2 }) => [y, y2].filter((value) => value !== null)), plan.choice.aggregate === "count" || plan.choice.aggregate === "sum");
	const y = { field: "y", type: "quantitative" as const, title: axisTitle(valueName(plan), domain), scale: { domain: domain ?? [0, 1], nice: false } };
	if (plan.mode === "fields") {
		const size = { field: "n", type: "quantitative" as const, title: "rows", scale: { range: [6, 260], zero: true } };
		return {
			...base,
			height: HEIGHT,
			autosize: FIT,
			transform: [
				{ calculate: "(datum.x + datum.x2) / 2", as: "mx" },
				{ calculate: "(datum.y + datum.y2) / 2", as: "my" },
			],
			encoding: { x: { ...x, field: "mx" }, y: { ...y, field: "my" } },
			layer: [
				{ mark: { type: "point", filled: true, opacity: 0.55 }, encoding: { size, color: { value: ink.series[0] ?? ink.ink2 } } },
				{ ...ring, mark: { type: "point", filled: false, size: 200, strokeWidth: 2 }, encoding: { color: { value: ink.focus } } },
			],
		};
	}
	const points = { mark: { type: "point" as const, filled: true, size: 26, opacity: plan.choice.kind === "line" ? 1 : 0.7 }, encoding: { color: { ...colour, ...(plan.choice.kind === "line" ? { legend: null } : {}) } } };
	const marked = { ...ring, mark: { type: "point" as const, filled: false, size: 110, strokeWidth: 2 }, encoding: { color: { value: ink.focus } } };
	if (plan.choice.kind === "points") return { ...base, height: HEIGHT, autosize: FIT, encoding: { x, y }, layer: [points, marked] };
	return {
		...base,
		height: HEIGHT,
		autosize: FIT,
		encoding: { x, y },
		layer: [
			{ mark: { type: "line", strokeWidth: 1.5, invalid: "break-paths-show-domains" }, encoding: { color: { ...colour, legend: null } } },
			...(rows.length <= FEW_POINTS ? [points] : []),
			{ transform: [{ filter: "datum.last && datum.colour !== null" }], mark: { type: "text", align: "right", dy: -9, fontSize: 11 }, encoding: { text: { field: "colour" }, color: { ...colour, legend: null } } },
			marked,
		],
	};
}

function histogram(plan: ChartPlan, rows: readonly Row[], ink: ChartInk, ring: { transform: { filter: string }[] }) {
	const bars = { x: { field: "x", ...scaleX(plan, rows), axis: axisX(plan), title: plan.x.name }, x2: { field: "x2" }, y: { field: "y", type: "quantitative" as const, title: "rows", scale: { domain: domainOf(rows.map((row) => row.y ?? 0), true) ?? [0, 1], nice: false } } };
	const placed = [{ filter: "datum.x !== null" }];
	return {
		encoding: bars,
		layer: [
			{ transform: placed, mark: { type: "bar" as const, binSpacing: 1 }, encoding: { color: { value: ink.series[4] ?? ink.ink2 } } },
			{ transform: [...placed, ...ring.transform], mark: { type: "bar" as const, filled: false, strokeWidth: 2, binSpacing: 0 }, encoding: { color: { value: ink.focus } } },
		],
	};
}

function groups(plan: ChartPlan, data: ChartData, rows: readonly Row[], ink: ChartInk, colour: object, ring: { transform: { filter: string }[] }) {
	const names = [...new Set(rows.map((row) => String(row.x)))];
	const bars = plan.choice.kind === "bars";
	const coloured = data.colours.drawn.length > 0;
	const stacked = coloured && (plan.choice.aggregate === "count" || plan.choice.aggregate === "sum") && rows.every((row) => (row.y ?? 0) >= 0);
	const ends = stacked ? names.map((name) => rows.reduce((sum, row) => sum + (row.x === name ? (row.y ?? 0) : 0), 0)) : rows.map((row) => row.y ?? 0);
	const domain = domainOf(ends, bars) ?? [0, 1];
	const beside = coloured && bars && !stacked ? { yOffset: { field: "colour", scale: { domain: data.colours.drawn } } } : {};
	const encoding = {
		y: { field: "x", type: "nominal" as const, sort: names, title: plan.x.name, axis: { labelLimit: NAME, labelFont: ink.fontMono, domain: false, ticks: false, titleAngle: 0, titleAlign: "left" as const, titleAnchor: "end" as const, titleY: -8, titleX: 0 } },
		x: { field: "y", type: "quantitative" as const, title: bars ? valueName(plan) : axisTitle(valueName(plan), domain), scale: { domain, nice: false }, axis: { tickCount: 5 }, ...(bars ? { stack: stacked ? ("zero" as const) : null } : {}) },
		...beside,
	};
	const step = coloured && bars && !stacked ? Math.max(14, 12 * data.colours.drawn.length) : MAX_BAR;
	const labels = bars && !stacked ? [{ mark: { type: "text" as const, align: "left" as const, dx: 4, fontSize: 11, font: ink.fontMono }, encoding: { text: { field: "label" }, color: { value: ink.ink2 } } }] : [];
	const drawn = bars ? { type: "bar" as const, height: { band: 0.72 } } : { type: "point" as const, filled: true, size: 60 };
	return {
		height: names.length * step + AXIS,
		autosize: FIT,
		encoding,
		layer: [
			{ mark: drawn, encoding: { color: colour } },
			...labels,
			{ ...ring, mark: bars ? { type: "bar" as const, filled: false, strokeWidth: 2, height: { band: 0.9 } } : { type: "point" as const, filled: false, size: 160, strokeWidth: 2 }, encoding: { color: { value: ink.focus } } },
		],
	};
}

/** The scale of x with its ends, which a layer without marks could not tell. */
function scaleX(plan: ChartPlan, rows: readonly ChartMark[]) {
	if (plan.x.kind !== "time") return { type: "quantitative" as const, scale: { domain: domainX(rows) ?? [0, 1], nice: false } };
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (const value of rows.flatMap(({ x, x2 }) => [x, x2].filter((one) => typeof one === "number"))) {
		low = Math.min(low, value);
		high = Math.max(high, value);
	}
	if (low === high) high = low + 1000;
	// As an expression: numbers would become dates of a data set that layers cannot share.
	return { type: "temporal" as const, scale: { type: "utc" as const, nice: false, domain: { expr: low > high ? "[0, 1000]" : `[${low}, ${high}]` } } };
}

/** A clock of 24 hours and dates as the pages write them, each where it begins. */
const TIMES = { year: "%Y", quarter: "%b", month: "%b", week: "%b %-d", date: "%b %-d", day: "%b %-d", hours: "%H:%M", minutes: "%H:%M", seconds: "%H:%M:%S", milliseconds: ".%L" };

function axisX(plan: ChartPlan) {
	return plan.x.kind === "time" ? { grid: false, format: TIMES, tickCount: 8 } : { grid: plan.choice.kind === "points", tickCount: 8 };
}

function domainX(rows: readonly ChartMark[]): [number, number] | null {
	return domainOf(rows.flatMap(({ x, x2 }) => [x, x2].filter((value) => typeof value === "number")), false);
}

/** An axis that does not start at 0 says where it starts. */
function axisTitle(name: string, domain: readonly [number, number] | null): string {
	return domain === null || domain[0] === 0 ? name : `${name} (axis from ${short(domain[0])})`;
}

/** A number for a label: at most four digits that mean something, every digit of an integer. */
export function short(value: number): string {
	if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US").replace("-", "−");
	const size = Math.abs(value);
	const text = size !== 0 && (size < 1e-4 || size >= 1e9) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
	return text.replace("-", "−");
}

function configOf(ink: ChartInk): Config {
	const text = { labelColor: ink.ink3, titleColor: ink.ink3, labelFont: ink.fontUi, titleFont: ink.fontUi, labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal" as const };
	return {
		background: "transparent",
		font: ink.fontUi,
		aria: false,
		view: { stroke: null },
		axis: { ...text, gridColor: ink.rule, domainColor: ink.ruleStrong, tickColor: ink.ruleStrong, labelPadding: 6, titlePadding: 8 },
		legend: { ...text, labelColor: ink.ink2, orient: "top", symbolType: "circle" },
	};
}
