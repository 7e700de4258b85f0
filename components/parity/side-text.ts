/** Whether a recorded side is a JSON object or array: a body, laid out on lines of its own. */
export function isBody(text: string | null): boolean {
	if (text === null || !/^\s*[{[]/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		// A text that only begins like JSON is shown as it is.
		return false;
	}
}

/** Whether a recorded side is a number, as logs write them. */
export function isNumeric(text: string | null): boolean {
	return text !== null && /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$|^\s*[+-]?(nan|inf(inity)?)\s*$/i.test(text);
}

/** One line of at most `length` characters; what is left out is an ellipsis. A JSON body loses the spaces between its tokens. */
export function preview(text: string, length = 40): string {
	const line = isBody(text) ? text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? "") : text.replace(/\s+/g, " ").trim();
	return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/**
 * A long source line cut to about `length` characters around the name of the case it holds; a test's own name stands in
 * its file without its class before it. Short lines stay whole.
 */
export function around(line: string, name: string, length = 320): string {
	if (line.length <= length) return line;
	const at = [name, name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf(":"), name.lastIndexOf("/")) + 1)].map((part) => line.indexOf(part)).find((index) => index >= 0) ?? 0;
	const from = Math.max(0, Math.min(at - Math.floor(length / 3), line.length - length));
	return `${from > 0 ? "…" : ""}${line.slice(from, from + length)}${from + length < line.length ? "…" : ""}`;
}

/** Measures whose value is a distance from zero; the others (cosine, correlation) are a closeness, where 1 is the same. */
export function isDistance(measure: string | null): boolean {
	return measure === "max-abs" || measure === "max-rel" || measure === "ulp";
}
