import type { RowInput } from "@/lib/model";
import type { Heads } from "./heads";
import type { Outline, Table } from "./outline";
import { withoutMarkup } from "./text";

const WORD = /(?<![\w-])(?:PASS(?:ED)?|FAIL(?:ED)?|MATCH(?:ES)?|DIFF|DIVERGENT|MINOR|MISSING|CRITICAL|ok)(?![\w-])/i;
const WORD_CELL = /^[^\p{L}\p{N}]*(?:PASS(?:ED)?|FAIL(?:ED)?|MATCH(?:ES)?|DIFF|DIVERGENT|MINOR|MISSING|CRITICAL|ok)(?![\w-])/iu;
const EMOJI = /✅|❌|⚠\uFE0F?|✓|✗/u;
const RATIO = /(?<![\d/.])(\d{1,9})\s?\/\s?(\d{1,9})(?![\d/.])/;
const NEAR_RATIO = /match|pass|assertion|byte-equal|byte-identical/i;
/** First columns of tables that list what is to be done or shown, not what was compared. */
const CHECKLIST = /^(?:(?:exit |success )?criteri(?:on|a)|actions?|tasks?|milestones?|deliverables?|steps?|to-?do|requirements?|phases?|goals?)\b/i;

interface Verdict {
	/** the word or mark as it was written; for a bare `N/M` what its numbers say */
	recorded: string | null;
	/** the whole cell where it says more than the word */
	note: string | null;
}

/** Whether a document has a table that records comparisons. */
export function hasVerdictTable(outline: Outline): boolean {
	return outline.blocks.some((block) => block.kind === "table" && verdictColumn(block) !== null);
}

/** The run and the cases of a parity report: a case for each row that has a verdict, in the order of the file. */
export function recordedRun(outline: Outline, heads: Heads): { runs: RowInput[]; cases: RowInput[] } {
	const cases: RowInput[] = [];
	let firstLine: number | null = null;
	for (const table of outline.blocks) {
		const column = table.kind === "table" ? verdictColumn(table) : null;
		if (table.kind !== "table" || column === null) continue;
		firstLine ??= table.line;
		const nameColumn = column === 0 ? 1 : 0;
		for (const row of table.rows) {
			// a row with too many cells is shifted by an unescaped pipe: its verdict is the one cell that is a word
			const at = row.cells.length > table.header.cells.length ? row.cells.findIndex((cell) => verdictOf(cell, "") !== null) : column;
			const verdict = at < 0 ? null : verdictOf(row.cells[at] ?? "", context(table, column));
			if (verdict === null) continue;
			cases.push({
				run_no: 0,
				position: cases.length,
				case_name: caseName(row.cells, row.cells.length - table.header.cells.length, at - column, nameColumn) || `row ${row.line}`,
				reference_missing: false,
				candidate_missing: false,
				recorded_verdict: verdict.recorded,
				note: verdict.note,
				line: row.line,
			});
		}
	}
	const run = { run_no: 0, title: heads.title, ran_at: heads.date, git_commit: heads.commit, recorded_verdict: WORD.exec(heads.status ?? "")?.[0] ?? null, line: heads.pairs[0]?.line ?? firstLine ?? 1 };
	return { runs: [run], cases };
}

/** The name of a row's case. Where as many cells too many stand before the verdict, the pipes that made them belong to the name. */
function caseName(cells: readonly string[], tooMany: number, shift: number, nameColumn: number): string {
	if (tooMany <= 0 || shift !== tooMany || nameColumn !== 0) return cells[nameColumn] ?? "";
	return withoutMarkup(cells.slice(0, tooMany + 1).join("|"));
}

/** The column in which most rows say a verdict; the first of equals. Null where no column does. */
function verdictColumn(table: Table): number | null {
	if (table.quoted || CHECKLIST.test(table.header.cells[0] ?? "") || table.header.cells.length < 2) return null;
	let best: number | null = null;
	let most = 0;
	table.header.cells.forEach((_, column) => {
		const near = context(table, column);
		const count = table.rows.filter((row) => row.cells.length <= table.header.cells.length && verdictOf(row.cells[column] ?? "", near) !== null).length;
		if (count > most) {
			most = count;
			best = column;
		}
	});
	// one verdict among many other values is a remark
	return most * 3 >= table.rows.length ? best : null;
}

function context(table: Table, column: number): string {
	return `${table.header.cells[column] ?? ""} ${table.section?.title ?? ""}`;
}

function verdictOf(cell: string, near: string): Verdict | null {
	if (cell === "" || cell.length > 200) return null;
	const note = (recorded: string) => (cell === recorded ? null : cell);
	const ratio = RATIO.exec(cell);
	if (WORD_CELL.test(cell) || (ratio && WORD.test(cell) && !/\b(?:match|pass)\b/i.test(cell))) {
		const recorded = WORD.exec(cell)![0];
		return { recorded, note: note(recorded) };
	}
	const emoji = EMOJI.exec(cell)?.[0];
	if (emoji !== undefined) return { recorded: emoji, note: note(emoji) };
	if (!ratio || !NEAR_RATIO.test(`${cell} ${near}`)) return null;
	const [same, all] = [BigInt(ratio[1]!), BigInt(ratio[2]!)];
	return { recorded: all === 0n ? null : same === all ? "pass" : "fail", note: cell };
}
