import type { Parser } from "@/lib/model";
import { documentParser, documentRows } from "./json/document";
import { pairedFields } from "./paired-fields";

/**
 * A JSON file, into the table `json`: an array is a row an element, an object one row. What is not JSON is one reject with
 * line and column. Where sibling keys name two sides of a comparison, they are also an inferred run.
 */
export function jsonDocument(path: string): Parser {
	return documentParser((document) => {
		const rows = documentRows(document, path);
		const inferred = pairedFields(document, path);
		return inferred === null ? rows : { ...rows, batches: [...inferred, ...rows.batches] };
	});
}
