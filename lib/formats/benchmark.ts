import { BatchBuilder, DOUBLE, type Field, INT64, type Parser, TEXT } from "@/lib/model";
import { documentParser, type DocumentRead, documentRows, type JsonDocument, membersByName } from "./json/document";
import { itemsIn } from "./json/members";
import { numberOf, stringOf } from "./json/strings";
import { ARRAY, NULL, NUMBER, OBJECT, STRING, type Tape } from "./json/tape";

const BENCHMARK_FIELDS: Field[] = [
	{ name: "name", type: TEXT },
	{ name: "size", type: DOUBLE },
	{ name: "metric", type: TEXT },
	{ name: "value", type: DOUBLE },
	{ name: "unit", type: TEXT },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
];

/** What a result was measured at, best first. */
const SIZES = ["size", "n", "batch_size", "batch", "length", "pixels"];
const NAMES = ["name", "benchmark", "case", "label", "id"];
const TIME = /(^|_)time(_|$)|_(ms|us|ns|s|sec|seconds)$/;
const DEPTH = 4;

/** Units that the last word of a figure's name says. */
const UNITS: Readonly<Record<string, string>> = {
	ns: "ns", us: "µs", ms: "ms", s: "s", sec: "s", secs: "s", seconds: "s",
	b: "B", bytes: "B", kb: "kB", mb: "MB", gb: "GB", kib: "KiB", mib: "MiB", gib: "GiB",
	hz: "Hz", fps: "1/s", qps: "1/s", pct: "%", percent: "%",
};

/**
 * Benchmark results: an array, or `results[]`, of objects with a size and times. A row of `benchmarks` a figure, with the unit that its name says (a
 * `…time` without one is in seconds, a `speedup` is a factor, memory without one has none); the document itself is also the table `json`.
 * Nothing here passes or fails.
 */
export function benchmark(path: string): Parser {
	return documentParser((document) => read(document, path));
}

/** Whether an array holds benchmark results: its first object has a size and a time. */
export function isBenchmark(tape: Tape, list: number | undefined): boolean {
	if (list === undefined || tape.kind(list) !== ARRAY) return false;
	for (const item of itemsIn(tape, list)) {
		const names = [...membersByName(tape, item).keys()];
		return names.some((name) => SIZES.includes(name)) && names.some((name) => TIME.test(name));
	}
	return false;
}

function read(document: JsonDocument, path: string): DocumentRead {
	const { tape } = document;
	const rows = documentRows(document, path);
	const notes = [...rows.notes];
	const list = tape.kind(0) === ARRAY ? 0 : membersByName(tape, 0).get("results");
	const builder = new BatchBuilder("benchmarks", BENCHMARK_FIELDS);
	const file = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
	let without = 0;
	for (const item of list === undefined || tape.kind(list) !== ARRAY ? [] : itemsIn(tape, list)) {
		const members = membersByName(tape, item);
		const sized = SIZES.find((name) => members.has(name) && tape.kind(members.get(name)!) === NUMBER);
		if (sized === undefined) without++;
		const name = NAMES.map((key) => members.get(key)).find((token) => token !== undefined && tape.kind(token) === STRING);
		const size = sized === undefined ? null : numberOf(tape, members.get(sized)!);
		for (const [metric, token] of figuresOf(tape, members)) {
			if (metric === sized) continue;
			builder.add({ name: name === undefined ? file : stringOf(tape, name), size, metric, value: numberOf(tape, token), unit: unitOf(metric), source: path, line: document.lineOf(token) });
		}
	}
	if (without > 0) notes.push(`${without} result${without === 1 ? " has" : "s have"} no size`);
	return { batches: builder.numRows > 0 ? [...rows.batches, builder.finish()] : rows.batches, notes };
}

/** Numbers of a result by name, those of objects inside it dotted; a null is a figure that was not measured. */
function figuresOf(tape: Tape, members: Map<string, number>, prefix = "", depth = 1): [string, number][] {
	const figures: [string, number][] = [];
	for (const [key, token] of members) {
		const kind = tape.kind(token);
		if (kind === NUMBER || (kind === NULL && (TIME.test(key) || unitOf(key) !== null))) figures.push([`${prefix}${key}`, token]);
		else if (kind === OBJECT && depth < DEPTH) figures.push(...figuresOf(tape, membersByName(tape, token), `${prefix}${key}.`, depth + 1));
	}
	return figures;
}

/** The unit that a figure's name says; null where it says none. */
function unitOf(metric: string): string | null {
	const words = metric.slice(metric.lastIndexOf(".") + 1).toLowerCase().split(/[_\s-]+/);
	if (words.includes("speedup")) return "×";
	const last = words.length > 1 ? UNITS[words.at(-1)!] : undefined;
	// `py_time_ms_warm`: what follows the unit says which of several.
	const inside = words.slice(1).map((word) => (word === "s" || word === "b" ? undefined : UNITS[word])).find((unit) => unit !== undefined);
	return last ?? inside ?? (words.includes("time") ? "s" : null);
}
