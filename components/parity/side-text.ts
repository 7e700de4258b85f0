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

/** Measures whose value is a distance from zero; the others (cosine, correlation) are a closeness, where 1 is the same. */
export function isDistance(measure: string | null): boolean {
	return measure === "max-abs" || measure === "max-rel" || measure === "ulp";
}
