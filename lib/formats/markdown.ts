import { BatchBuilder, emptyAccount, type Field, joinBytes, type LineAccount, type Parser, type ParserEnd, type ParserFactory, RAW_LIMIT, RECORDED_CASE, RECORDED_CASE_FIELDS, RECORDED_RUN, RECORDED_RUN_FIELDS, type RowInput } from "@/lib/model";
import { decodeText, splitLines } from "./markdown/decode";
import { DOCUMENT_FIELDS, type DocumentTable } from "./markdown/fields";
import { frontMatterEnd, notebookHead } from "./markdown/front-matter";
import { headsOf } from "./markdown/heads";
import { itemRows } from "./markdown/items";
import { kindOf, shapeOf } from "./markdown/kind";
import { outlineOf } from "./markdown/outline";
import { recordedRun } from "./markdown/parity";
import { teamPageOf } from "./markdown/status-page";
import { tableRows } from "./markdown/tables";
import { subjectOf, teamOf } from "./markdown/team";
import { withoutEmoji } from "./markdown/text";
import { repairText } from "./repair";

/**
 * Reads a Markdown document: `docs`, `doc_sections`, `doc_items`, `doc_tables`; for a status page also `team_pages`,
 * `blockers`, `artifacts`, `criteria`, `next_steps`; for a parity report recorded runs and cases. Batches without rows
 * are not put out. A document is one record of all its lines; one that is not valid text is one reject that names the byte.
 */
export const markdown: ParserFactory = (path) => new MarkdownParser(path);

class MarkdownParser implements Parser {
	private readonly chunks: Uint8Array[] = [];

	constructor(private readonly path: string) {}

	push(bytes: Uint8Array): [] {
		// the caller may reuse its buffer
		if (bytes.length > 0) this.chunks.push(bytes.slice());
		return [];
	}

	end(): ParserEnd {
		const bytes = joinBytes(this.chunks);
		const decoded = decodeText(bytes);
		if (!decoded.ok) return undecodable(bytes, decoded);
		const notes: string[] = [];
		if (decoded.encoding !== "UTF-8") notes.push(`the text is ${decoded.encoding}`);
		const repair = repairText(decoded.text);
		if (repair.repaired) notes.push(`text was repaired: it was UTF-8 once and had been read as ${repair.from}, ${repair.runs} places`);
		return readDocument(this.path, repair.text.replace(/^\ufeff/, ""), repair.repaired, notes);
	}
}

function readDocument(source: string, text: string, repaired: boolean, notes: string[]): ParserEnd {
	const all = splitLines(text);
	const headless = frontMatterEnd(all);
	// a line end of its own kind inside a line would shift the parser's line numbers
	const lines = all.map((line, i) => (i < headless ? "" : line.replace(/\r/g, " ")));
	const account = accountOf(all, headless);
	if (account.records === 0) return { batches: [], rejects: [], account, notes: [...notes, "the document has no text"] };

	const shape = shapeOf(lines);
	const outline = outlineOf(lines, shape);
	const heads = headsOf(lines, outline, shape);
	const named = shape === "document" ? teamOf(source, heads.title, heads.team) : null;
	const notebook = notebookHead(all.slice(0, headless));
	// A notebook speaks of teams and verdicts and is nobody's page and no report.
	const kind = notebook === null ? kindOf(source, heads, outline, named, shape) : "notebook";
	const team = named ?? (kind === "status page" ? subjectOf(source, heads.title) : null);
	const status = heads.status === null ? null : withoutEmoji(heads.status) || null;
	const tables = tableRows(outline, source);

	const rows: Partial<Record<DocumentTable, RowInput[]>> = {
		docs: [{ title: notebook?.title ?? heads.title, kind, doc_date: heads.date, status, team, words: wordsOf(lines), repaired, source, line: 1 }],
		doc_sections: outline.sections.map(({ level, title, line }) => ({ level, title, source, line })),
		doc_items: itemRows(outline, source),
		doc_tables: tables.rows,
		...(kind === "status page" ? teamPageOf(outline, heads, team, source) : {}),
	};
	const batches = Object.entries(DOCUMENT_FIELDS).flatMap(([table, fields]) => batchOf(table, fields, rows[table as DocumentTable] ?? []));
	if (kind === "parity report") {
		const recorded = recordedRun(outline, heads);
		batches.push(...batchOf(RECORDED_RUN, RECORDED_RUN_FIELDS, recorded.runs), ...batchOf(RECORDED_CASE, RECORDED_CASE_FIELDS, recorded.cases));
	}
	return { batches, rejects: [], account, notes: [...notes, ...outline.notes, ...tables.notes] };
}

function batchOf(table: string, fields: Field[], rows: readonly RowInput[]) {
	const builder = new BatchBuilder(table, fields);
	for (const row of rows) builder.add(row);
	return rows.length > 0 ? [builder.finish()] : [];
}

function accountOf(lines: readonly string[], headless: number): LineAccount {
	const account = emptyAccount();
	lines.forEach((line, i) => {
		account.lines++;
		if (line.trim() === "") account.blanks++;
		else if (i < headless) account.other++;
		else account.records++;
	});
	return account;
}

function wordsOf(lines: readonly string[]): number {
	let words = 0;
	for (const line of lines) for (const word of line.split(/\s+/)) if (/[\p{L}\p{N}]/u.test(word)) words++;
	return words;
}

function undecodable(bytes: Uint8Array, failure: { byteOffset: number; line: number; reason: string }): ParserEnd {
	const text = new TextDecoder("utf-8").decode(bytes);
	const account = accountOf(splitLines(text), 0);
	account.rejects = account.records;
	account.records = 0;
	const raw = text.length > RAW_LIMIT ? text.slice(0, RAW_LIMIT) : text;
	const reason = `${failure.reason}. The document is kept under rejects${raw.length < text.length ? `, its first ${RAW_LIMIT} characters` : ""}`;
	return { batches: [], rejects: [{ line: failure.line, byteOffset: failure.byteOffset, reason, raw }], account, notes: [] };
}
