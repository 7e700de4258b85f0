import { isMap, isScalar, parseDocument } from "yaml";

export type HeadKey = "title" | "team" | "tolerance";

/** The order in which these stand after `casebook:`. */
const KEYS: readonly HeadKey[] = ["title", "team", "tolerance"];

/**
 * The front matter (with its fences; empty for none) with one value set, or its line taken out where it is empty or null.
 * Everything else stays byte for byte, comments too. Null where what is written there is no single value, or no YAML.
 */
export function withHeadValue(head: string, key: HeadKey, value: string | null): string | null {
	const eol = /\r\n/.test(head) ? "\r\n" : "\n";
	const said = value === null || value.trim() === "" ? null : plainOrQuoted(value.replace(/\s+/g, " "));
	if (head === "") return said === null ? "" : `---${eol}casebook: 1${eol}${key}: ${said}${eol}---${eol}`;
	const [, open, inner] = /^(\uFEFF?---[ \t]*\r?\n)([\s\S]*?)(?:^(?:---|\.\.\.)[ \t]*(?:\r?\n|$))/m.exec(head) ?? [];
	if (open === undefined || inner === undefined) return null;
	const own = partWithout(inner, key);
	if (own === null) return null;
	const document = parseDocument(own, { schema: "core", uniqueKeys: false, merge: false, prettyErrors: false });
	if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) return null;
	const put = (from: number, to: number, text: string) => head.slice(0, open.length + from) + text + head.slice(open.length + to);
	const items = document.contents === null ? [] : document.contents.items;
	const pair = items.find((item) => isScalar(item.key) && item.key.value === key);
	if (pair === undefined) return said === null ? head : put(...placeFor(own, key), `${key}: ${said}${eol}`);
	const keyRange = isScalar(pair.key) ? pair.key.range : null;
	const valueRange = isScalar(pair.value) ? pair.value.range : null;
	if (!keyRange || !valueRange) return null;
	// A text over several lines ends with its line.
	const lineEnd = /\r?\n$/.exec(own.slice(valueRange[0], valueRange[1]))?.[0] ?? "";
	if (said !== null) return put(own.indexOf(":", keyRange[1]) + 1, valueRange[1] - lineEnd.length, ` ${said}`);
	const end = own.indexOf("\n", valueRange[1] - 1);
	return put(keyRange[0], end < 0 ? own.length : end + 1, "");
}

/** Pins may be megabytes, and nothing of these stands behind them unless somebody put it there: then null. */
function partWithout(inner: string, key: HeadKey): string | null {
	const pins = /^(?:pinned_at|pins)[ \t]*:/m.exec(inner);
	if (pins === null) return inner;
	return new RegExp(`^["']?${key}["']?[ \\t]*:`, "m").test(inner.slice(pins.index)) ? null : inner.slice(0, pins.index);
}

/** Where a new line goes: behind those that stand before it by habit. */
function placeFor(yaml: string, key: HeadKey): [number, number] {
	let at = 0;
	for (const before of ["casebook", ...KEYS.slice(0, KEYS.indexOf(key))]) {
		const line = new RegExp(`^${before}[ \\t]*:.*(?:\\r?\\n|$)`, "m").exec(yaml);
		if (line !== null) at = Math.max(at, line.index + line[0].length);
	}
	return [at, at];
}

/** As a person writes it, where YAML reads just that text; else in quotes. */
function plainOrQuoted(text: string): string {
	if (!/^[\p{L}][\p{L}\p{N} .,()/+-]*$/u.test(text) || text !== text.trim()) return JSON.stringify(text);
	const read = parseDocument(`a: ${text}`, { schema: "core" }).toJS() as { a?: unknown };
	return read.a === text ? text : JSON.stringify(text);
}
