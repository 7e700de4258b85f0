import type { Parser, ParserEnd } from "@/lib/model";
import { wholeTextParser } from "./csv";
import { csvBatches, type CsvTable, csvTable } from "./csv/table";
import { rejectOf } from "./reject";
import { RUN_COMMIT_NAMES, RUN_TIME_NAMES, type RecordedCase, type RecordedRun, runBatches } from "./runs";
import { fileOffset, showBytes, type WholeText } from "./text/utf8";
import { timeOf } from "./times";

/**
 * A parity report in CSV: comments about the run, then a row a token with `token_idx` and `max_abs_diff`. Puts out the run, a
 * case a row with the measure max-abs, and the rows themselves as the table `csv`.
 */
export function parityCsv(path: string): Parser {
	return wholeTextParser((text) => read(text, path));
}

/** Whether the first line that is no comment is the header of such a report. */
export function isParityCsvHead(head: string): boolean {
	const line = head.split("\n").find((text) => text.trim() !== "" && !text.startsWith("#"));
	const names = (line ?? "").split(",").map((name) => name.trim());
	return names.includes("token_idx") && names.includes("max_abs_diff");
}

function read(text: WholeText, path: string): ParserEnd {
	const table = csvTable(text, 0x2c);
	// Detection looks at the first line that is no comment; a file may turn out to have another header.
	const lacks = ["token_idx", "max_abs_diff"].find((name) => !table.header.includes(name));
	if (lacks !== undefined) return { batches: csvBatches(table, path), rejects: table.rejects, account: table.account, notes: [...table.notes, `its header lacks "${lacks}", so that no case of a parity report is read`] };
	refuseOdd(table);
	const tables = csvBatches(table, path);
	const cases = casesOf(table);
	const batches = [...runBatches([runOf(table)], cases), ...tables];
	return { batches, rejects: table.rejects, account: table.account, notes: table.notes };
}

/** The number that a report writes: a decimal, an infinity of either sign (as a distance it has none), or NaN. Null for anything else. */
function distanceOf(cell: string): number | null {
	if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell)) return Number(cell);
	if (/^[-+]?inf(inity)?$/i.test(cell)) return Number.POSITIVE_INFINITY;
	return /^[-+]?nan$/i.test(cell) ? Number.NaN : null;
}

/** Turns the rows whose `max_abs_diff` is no number into rejects. */
function refuseOdd(table: CsvTable): void {
	const { account, text } = table;
	const value = table.header.indexOf("max_abs_diff");
	table.rows = table.rows.filter((row) => {
		const cell = row.cells[value]!.text;
		if (distanceOf(cell.trim()) !== null) return true;
		account.records -= row.lines;
		account.rejects += row.lines;
		table.rejects.push(rejectOf(row.line, fileOffset(text, row.start), `"max_abs_diff" is not a decimal number, inf or nan (${JSON.stringify(cell.slice(0, 100))})`, showBytes(text.bytes, row.start, row.end).replace(/\r$/, "")));
		return false;
	});
	table.rejects.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function casesOf(table: CsvTable): RecordedCase[] {
	const token = table.header.indexOf("token_idx");
	const value = table.header.indexOf("max_abs_diff");
	const verdict = table.header.findIndex((name) => name === "verdict" || name === "status");
	return table.rows.map((row, position) => {
		const cell = row.cells[value]!.text.trim();
		const number = distanceOf(cell);
		return {
			run_no: 0,
			position,
			case_name: `token ${row.cells[token]!.text.trim()}`,
			reference_missing: false,
			candidate_missing: false,
			value: number,
			recorded_verdict: verdict < 0 ? null : row.cells[verdict]!.text || null,
			note: number === null || Number.isNaN(number) ? `max_abs_diff is "${cell}"` : null,
			line: row.line,
		};
	});
}

interface Head {
	title: string | null;
	/** the two `… entries:` comments, reference first */
	entries: { side: string; count: number }[];
	common: number | null;
	tolerance: number | null;
	ranAt: bigint | null;
	commit: string | null;
	/** the first comment that counts something */
	line: number | null;
}

function headOf(table: CsvTable): Head {
	const head: Head = { title: null, entries: [], common: null, tolerance: null, ranAt: null, commit: null, line: null };
	table.comments.forEach(({ text, line }, i) => {
		const pair = /^([^:]+):\s*(.+)$/.exec(text);
		const key = pair?.[1]?.trim() ?? "";
		const value = pair?.[2]?.trim() ?? "";
		const count = /^\d+$/.test(value) ? Number(value) : null;
		const entries = /^(.+)\s+entries$/i.exec(key);
		if (count !== null && (entries || /^common\b/i.test(key))) {
			head.line ??= line;
			if (entries) head.entries.push({ side: entries[1]!, count });
			else head.common = count;
		} else if (/^tolerance$/i.test(key)) head.tolerance = Number.isFinite(Number(value)) ? Number(value) : null;
		else if (RUN_TIME_NAMES.includes(key.toLowerCase())) head.ranAt ??= timeOf(value);
		else if (RUN_COMMIT_NAMES.includes(key.toLowerCase())) head.commit ??= value;
		else if (i === 0 && /\s/.test(text)) head.title = text;
	});
	return head;
}

function runOf(table: CsvTable): RecordedRun {
	const head = headOf(table);
	const [reference, candidate] = head.entries;
	const teams = teamsOf(table);
	const common = head.common ?? table.rows.length;
	const unlisted = reference && candidate ? reference.count - common + (candidate.count - common) : null;
	if (unlisted !== null && unlisted < 0) table.notes.push(`the comments count ${common} common entries, more than a side has`);
	if (head.common !== null && head.common !== table.rows.length + table.rejects.length) table.notes.push(`the comments count ${head.common} common entries, the file lists ${table.rows.length}`);
	return {
		run_no: 0,
		title: head.title,
		ran_at: head.ranAt,
		git_commit: head.commit,
		reference: nameOf(reference?.side, "reference", teams[0]),
		candidate: nameOf(candidate?.side, "candidate", teams[1]),
		measure: "max-abs",
		tolerance: head.tolerance,
		unlisted_unmatched: unlisted !== null && unlisted >= 0 ? unlisted : null,
		line: head.line ?? table.headerLine ?? 1,
	};
}

/** A comment that only says "reference" names nobody; then the `…_team` column of the first row does. */
function nameOf(side: string | undefined, role: string, team: string | undefined): string | null {
	if (side !== undefined && side.toLowerCase() !== role) return side;
	return team || side || null;
}

function teamsOf(table: CsvTable): string[] {
	const row = table.rows[0];
	if (!row) return [];
	return table.header.flatMap((name, i) => (name.endsWith("_team") ? [row.cells[i]!.text] : []));
}
