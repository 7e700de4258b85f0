import { joinBytes, type Parser, type ParserEnd } from "@/lib/model";
import { csvBatches, csvTable } from "./csv/table";
import { type WholeText, wholeText } from "./text/utf8";

const COMMA = 0x2c;
const TAB = 0x09;

/** Comma-separated values, into the table `csv`. See `csv/table.ts` for headers, types and what is a reject. */
export function csv(path: string): Parser {
	return wholeTextParser((text) => tableEnd(text, COMMA, path));
}

/** Tab-separated values, into the table `csv`. */
export function tsv(path: string): Parser {
	return wholeTextParser((text) => tableEnd(text, TAB, path));
}

function tableEnd(text: WholeText, delimiter: number, path: string): ParserEnd {
	const table = csvTable(text, delimiter);
	const batches = csvBatches(table, path);
	return { batches, rejects: table.rejects, account: table.account, notes: table.notes };
}

/** A parser that needs the whole file at once. */
export function wholeTextParser(read: (text: WholeText) => ParserEnd): Parser {
	const chunks: Uint8Array[] = [];
	return {
		push(bytes) {
			chunks.push(bytes);
			return [];
		},
		end: () => read(wholeText(joinBytes(chunks))),
	};
}
