import type { Parser } from "@/lib/model";
import { documentParser, documentRows } from "./json/document";

/**
 * A JSON file, into the table `json`: an array is a row an element, an object one row. What is not JSON is one reject with
 * line and column.
 */
export function jsonDocument(path: string): Parser {
	return documentParser((document) => documentRows(document, path));
}
