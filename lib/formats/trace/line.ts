import { numbersOf } from "./numbers";

/** A value of one line. */
export interface TraceValue {
	/** the field inside a keyed row, or the value's whole name */
	key: string;
	text: string;
	numbers: number[] | null;
}

/** A line `TRACE…` that holds values. */
export interface TraceLine {
	/** the words of its tag after `TRACE`, such as C, PHI; none for a side-less line */
	tag: string[];
	/** what numbers a keyed row: `0`, `phi_tic=0`, `[0,0,0]` */
	ordinal: string | null;
	values: TraceValue[];
}

const TAG = /^\s*TRACE((?:_[A-Z0-9]+)*)(?:\s+(\d+))?(\s*:|(?=\s+\S+=))/;
const PAIR = /^([A-Za-z_|][^\s=]*)=(\S+)$/;
const NAME = /^[A-Za-z_|][\w.|*/^'()[\]-]*$/;

/** Whether some line of a text looks like one of a trace. */
export function hasTraceLines(text: string): boolean {
	return /^TRACE(_[A-Z0-9]+)*( \d+)?:/m.test(text) || /^TRACE_[A-Z0-9_]+ \S+=/m.test(text);
}

/** Reads one line; null where it is no trace line, or one without a value (a heading, a mark of where something begins). */
export function readTraceLine(line: string): TraceLine | null {
	const match = TAG.exec(line);
	if (!match) return null;
	const tag = match[1] === "" ? [] : match[1]!.slice(1).split("_");
	const row = match[2] ?? null;
	const colon = match[3]!.trim() !== "";
	const body = line.slice(match[0].length).trim();
	if (body === "" || (!colon && tag.length === 0)) return null;

	const cell = /^(\[[^\]]*\]|\([^)]*\))\s*=\s*(\S.*)$/.exec(body);
	if (cell) return { tag, ordinal: row === null ? cell[1]! : `${row}${cell[1]}`, values: [traceValue("", cell[2]!)] };

	const pairs = pairsOf(body);
	if (pairs !== null && (pairs.length > 1 || !colon || row !== null)) return pairsLine(tag, row, pairs);
	const values = tag.length === 0 ? spokenValues(body) : (equalsValue(body) ?? spokenEquals(body) ?? spacedValue(body, tag.length > 1));
	return values === null ? null : { tag, ordinal: row, values };
}

/** `phi_tic=0 phi_deg=0.1`: the first numbers the row where it is a whole number and no row number was there. */
function pairsLine(tag: string[], row: string | null, pairs: TraceValue[]): TraceLine {
	const [first, ...rest] = pairs;
	if (row === null && rest.length > 0 && /^\d+$/.test(first!.text)) return { tag, ordinal: `${first!.key}=${first!.text}`, values: rest };
	return { tag, ordinal: row, values: pairs };
}

function pairsOf(body: string): TraceValue[] | null {
	const pairs: TraceValue[] = [];
	for (const part of body.split(/\s+/)) {
		const match = PAIR.exec(part);
		if (!match) return null;
		pairs.push(traceValue(match[1]!, match[2]!));
	}
	return pairs;
}

/** `key=value with spaces`. */
function equalsValue(body: string): TraceValue[] | null {
	const match = /^([^\s=:]+)=(\S.*)$/.exec(body);
	return match ? [traceValue(match[1]!, match[2]!)] : null;
}

/** `some words: a = [1, 2] |a| = 2.2`: a value for each name; the words before a colon belong to all. */
function spokenEquals(body: string): TraceValue[] | null {
	const equals = body.indexOf(" = ");
	if (equals <= 0) return null;
	const name = body.slice(0, equals).trim();
	const prefix = /^(.*:\s+)\S/.exec(name)?.[1] ?? "";
	const [first, ...more] = body.slice(equals + 3).split(/(?:,\s+|\s+)(?=\|?[A-Za-z_]\w*\|?\s=\s)/);
	if (first === undefined || first.trim() === "") return null;
	const values = [traceValue(name, first.trim())];
	for (const part of more) {
		const at = part.indexOf(" = ");
		values.push(traceValue(prefix + part.slice(0, at).trim(), part.slice(at + 3).trim()));
	}
	return values;
}

/** A side-less line is often prose; it has a value where an equals sign says so, or numbers follow one word. */
function spokenValues(body: string): TraceValue[] | null {
	const spoken = equalsValue(body) ?? spokenEquals(body);
	if (spoken !== null) return spoken;
	const spaced = spacedValue(body, false);
	return spaced !== null && spaced[0]!.numbers !== null ? spaced : null;
}

/** `key value…`. A line that names its row (`TRACE_PY_GRID: [1, 2]`) may be nothing but the value. */
function spacedValue(body: string, named: boolean): TraceValue[] | null {
	if (named && numbersOf(body) !== null) return [traceValue("", body)];
	const match = /^(\S+)\s+(\S.*)$/.exec(body);
	if (match && NAME.test(match[1]!)) return [traceValue(match[1]!, match[2]!)];
	return named && !body.endsWith(":") ? [traceValue("", body)] : null;
}

function traceValue(key: string, text: string): TraceValue {
	return { key, text, numbers: numbersOf(text) };
}
