/** A piece of JSON text for the page. */
export interface JsonPiece {
	kind: "key" | "string" | "number" | "word" | "plain";
	text: string;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|([{}[\],:])|\s+/gs;

/**
 * JSON text laid out on lines, two spaces a level. Every key, string and number stays as it is written (a parse would
 * turn 1.0 into 1 and round long integers). Text that is not JSON comes back as it is, in one piece.
 */
export function jsonLines(text: string): JsonPiece[][] {
	try {
		JSON.parse(text);
	} catch {
		return text.split("\n").map((line) => [{ kind: "plain", text: line }]);
	}
	const lines: JsonPiece[][] = [[]];
	let depth = 0;
	let justOpened = false;
	const put = (kind: JsonPiece["kind"], piece: string) => lines[lines.length - 1]!.push({ kind, text: piece });
	const breakLine = () => lines.push(depth === 0 ? [] : [{ kind: "plain", text: "  ".repeat(depth) }]);
	for (const match of text.matchAll(TOKEN)) {
		const [whole, string, colon, number, word, sign] = match;
		if (string === undefined && number === undefined && word === undefined && sign === undefined) continue;
		const closes = sign === "}" || sign === "]";
		if (justOpened && !closes) breakLine();
		if (closes) {
			depth--;
			if (!justOpened) breakLine();
		}
		justOpened = sign === "{" || sign === "[";
		if (justOpened) depth++;
		if (string !== undefined) {
			put(colon === undefined ? "string" : "key", string);
			if (colon !== undefined) put("plain", ": ");
		} else if (number !== undefined) put("number", number);
		else if (word !== undefined) put("word", word);
		else {
			put("plain", whole);
			if (sign === ",") breakLine();
		}
	}
	return lines;
}
