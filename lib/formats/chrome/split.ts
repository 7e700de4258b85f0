import { skipSpace } from "../json/bytes";

/** A range of bytes that should be one JSON value. */
export interface Part {
	start: number;
	end: number;
}

/** What a document of trace events consists of. */
export interface Split {
	/** the elements of the list of events */
	events: Part[];
	/** the document's other members: keys (strings) and values */
	members: { key: Part; value: Part }[];
	/** where the document stops being one, and how; `cut` when its text only ends too early */
	fault: { at: number; reason: string; cut: boolean } | null;
	/** where the list of events begins, or -1 */
	listAt: number;
}

/**
 * Finds the events of a document without parsing it: only brackets and strings are looked at, so that a file of any size needs one
 * tape of the size of its largest event. Each part has to be parsed by whoever reads it; punctuation between the parts is checked here.
 */
export function splitEvents(bytes: Uint8Array): Split {
	const split: Split = { events: [], members: [], fault: null, listAt: -1 };
	let at = skipSpace(bytes, 0, bytes.length);
	if (bytes[at] === 0x5b) {
		split.listAt = at;
		at = list(bytes, at, split);
	} else if (bytes[at] === 0x7b) at = members(bytes, at, split);
	else split.fault = { at, reason: "neither an object nor a list begins", cut: at >= bytes.length };
	if (split.fault === null) {
		at = skipSpace(bytes, at, bytes.length);
		if (at < bytes.length) split.fault = { at, reason: "the document ends before, but more follows", cut: false };
	}
	return split;
}

/** The elements of the list at `from`; returns the offset past it. */
function list(bytes: Uint8Array, from: number, split: Split): number {
	const end = bytes.length;
	let at = skipSpace(bytes, from + 1, end);
	if (bytes[at] === 0x5d) return at + 1;
	while (at < end) {
		const stop = valueEnd(bytes, at);
		if (stop < 0 || stop === at) return fail(split, at, stop < 0 ? "the event that begins here does not end" : "an event is missing", stop < 0);
		split.events.push({ start: at, end: stop });
		at = skipSpace(bytes, stop, end);
		if (at >= end) break;
		if (bytes[at] === 0x5d) return at + 1;
		if (bytes[at] !== 0x2c) return fail(split, at, "a comma or ] is missing");
		at = skipSpace(bytes, at + 1, end);
	}
	return fail(split, end, "the list of events is not closed", true);
}

function members(bytes: Uint8Array, from: number, split: Split): number {
	const end = bytes.length;
	let at = skipSpace(bytes, from + 1, end);
	if (bytes[at] === 0x7d) return at + 1;
	while (at < end) {
		if (bytes[at] !== 0x22) return fail(split, at, "a key in double quotes is missing");
		const keyEnd = valueEnd(bytes, at);
		const colon = keyEnd < 0 ? end : skipSpace(bytes, keyEnd, end);
		if (colon >= end) break;
		if (bytes[colon] !== 0x3a) return fail(split, colon, "a colon is missing");
		const key = { start: at, end: keyEnd };
		at = skipSpace(bytes, colon + 1, end);
		if (bytes[at] === 0x5b && isEvents(bytes, key) && split.listAt < 0) {
			split.listAt = at;
			at = list(bytes, at, split);
			if (split.fault !== null) return at;
		} else {
			const stop = valueEnd(bytes, at);
			if (stop < 0 || at >= end) break;
			if (stop === at) return fail(split, at, "a value is missing");
			split.members.push({ key, value: { start: at, end: stop } });
			at = stop;
		}
		at = skipSpace(bytes, at, end);
		if (bytes[at] === 0x7d) return at + 1;
		if (at >= end) break;
		if (bytes[at] !== 0x2c) return fail(split, at, "a comma or } is missing");
		at = skipSpace(bytes, at + 1, end);
	}
	return fail(split, end, "the document is not closed", true);
}

function fail(split: Split, at: number, reason: string, cut = false): number {
	split.fault = { at, reason, cut };
	return at;
}

function isEvents(bytes: Uint8Array, { start, end }: Part): boolean {
	const name = '"traceEvents"';
	if (end - start !== name.length) return false;
	for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
	return true;
}

/** The offset past the value at `from`; -1 where the text ends inside it. */
function valueEnd(bytes: Uint8Array, from: number): number {
	const end = bytes.length;
	const first = bytes[from];
	if (first === 0x22) return stringEnd(bytes, from, end);
	if (first !== 0x7b && first !== 0x5b) {
		let at = from;
		while (at < end && !isEnd(bytes[at]!)) at++;
		return at;
	}
	let depth = 0;
	for (let at = from; at < end; at++) {
		const byte = bytes[at]!;
		if (byte === 0x22) {
			at = stringEnd(bytes, at, end) - 1;
			if (at < 0) return -1;
		} else if (byte === 0x7b || byte === 0x5b) depth++;
		else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1;
	}
	return -1;
}

function stringEnd(bytes: Uint8Array, open: number, end: number): number {
	for (let at = open + 1; at < end; at++) {
		const byte = bytes[at]!;
		if (byte === 0x5c) at++;
		else if (byte === 0x22) return at + 1;
	}
	return -1;
}

function isEnd(byte: number): boolean {
	return byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d || byte === 0x3a || byte === 0x22;
}
