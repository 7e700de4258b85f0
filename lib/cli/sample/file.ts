/** A file of the sample workspace; `path` is inside it, with `/`. */
export interface SampleFile {
	path: string;
	bytes: Uint8Array;
}

/** A text file in UTF-8. */
export function textFile(path: string, text: string): SampleFile {
	return { path, bytes: new TextEncoder().encode(text) };
}

/** A JSON document as tools print it, two spaces deep. */
export function jsonFile(path: string, value: unknown): SampleFile {
	return textFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** A Markdown document. The source text writes ´ where the document has a back-quote, because template strings end at those. */
export function markdownFile(path: string, text: string): SampleFile {
	return textFile(path, `${text.trim().replaceAll("´", "`")}\n`);
}
