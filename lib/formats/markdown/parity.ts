import type { RowInput } from "@/lib/model";
import type { Heads } from "./heads";
import type { Outline, Table } from "./outline";
import { withoutMarkup } from "./text";

const WORD = /(?<![\w-])(?:PASS(?:ED)?|FAIL(?:ED)?|MATCH(?:ES)?|DIFF|DIVERGENT|MINOR|MISSING|CRITICAL|ok)(?![\w-])/i;
const WORD_CELL = /^[^\p{L}\p{N}]*(?:PASS(?:ED)?|FAIL(?:ED)?|MATCH(?:ES)?|DIFF|DIVERGENT|MINOR|MISSING|CRITICAL|ok)(?![\w-])/iu;
const WORDS = new RegExp(`${WORD.source}|✅|❌|⚠\\uFE0F?|✓|✗`, "giu");
/** `Diff 0.0` is a number with its name, and `0 failed` says that none did: neither is a verdict. */
const COUNTED = /\bdiff\s*[:=<≤]?\s*[-+]?[\d.]+(?:e[-+]?\d+)?|(?<![\w.])(?:0|no|zero)\s+(?:diff|fail(?:ed)?|missing|divergent)(?![\w-])/gi;
/** what stands where nothing was compared */
const NEUTRAL = /^(?:[-–—]*|n\/?a|skip(?:ped)?|not run|tbd)$/i;
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

/** The run and the cases of a parity report: a case for each row with a name or a verdict in tables of verdicts, in the order of the file. */
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
			const tooMany = row.cells.length - table.header.cells.length;
			const found = tooMany > 0 ? row.cells.findIndex((cell) => verdictOf(cell, "") !== null) : column;
			const at = found < 0 ? column : found;
			const cell = row.cells[at] ?? "";
			const said = verdictOf(cell, context(table, column));
			const name = caseName(row.cells, tooMany, at - column, nameColumn);
			if (said === null && name === "") continue;
			const verdict = said ?? unsaid(cell);
			cases.push({
				run_no: 0,
				position: cases.length,
				case_name: name || `row ${row.line}`,
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
	let rows = 0;
	table.header.cells.forEach((_, column) => {
		const near = context(table, column);
		const count = table.rows.filter((row) => row.cells.length <= table.header.cells.length && verdictOf(row.cells[column] ?? "", near) !== null).length;
		const neutral = table.rows.filter((row) => NEUTRAL.test(row.cells[column] ?? "")).length;
		if (count > most) {
			most = count;
			rows = table.rows.length - neutral;
			best = column;
		}
	});
	// one verdict among many other values is a remark
	return most * 3 >= rows ? best : null;
}

function context(table: Table, column: number): string {
	return `${table.header.cells[column] ?? ""} ${table.section?.title ?? ""}`;
}

/** What a row without a verdict records: its cell, such as SKIPPED; where that only mentions a word, as `not ok` does, a note. */
function unsaid(cell: string): Verdict {
	if (cell === "") return { recorded: null, note: null };
	return meanings(cell, false).size > 0 ? { recorded: null, note: cell } : { recorded: cell, note: null };
}

/** The different things that the words and marks of a cell mean. */
function meanings(cell: string, uncounted = true): Set<string> {
	const text = uncounted ? cell.replace(COUNTED, "") : cell;
	return new Set(Array.from(text.matchAll(WORDS), ([word]) => (/^(?:pass|match|ok|✅|✓)/i.test(word) ? "pass" : /^(?:minor|⚠)/i.test(word) ? "minor" : /^missing/i.test(word) ? "missing" : "fail")));
}

function verdictOf(cell: string, near: string): Verdict | null {
	if (cell === "" || cell.length > 200) return null;
	const note = (recorded: string) => (cell === recorded ? null : cell);
	const text = cell.replace(COUNTED, "");
	const ratio = RATIO.exec(cell);
	const emoji = EMOJI.exec(cell)?.[0];
	const isWord = WORD_CELL.test(text) || (ratio !== null && WORD.test(text));
	const meant = meanings(cell);
	// the judge takes a phrase that disagrees with itself for no verdict
	if (meant.size > 1 && (isWord || emoji !== undefined)) return { recorded: cell, note: null };
	const [same, all] = ratio ? [BigInt(ratio[1]!), BigInt(ratio[2]!)] : [0n, 0n];
	if (meant.has("pass") && same < all && (isWord || emoji !== undefined)) return { recorded: `fail (${same}/${all})`, note: cell };
	if (WORD_CELL.test(text) || (ratio && WORD.test(text) && !/\b(?:match|pass)\b/i.test(text))) {
		const recorded = WORD.exec(text)![0];
		return { recorded, note: note(recorded) };
	}
	if (emoji !== undefined) return { recorded: emoji, note: note(emoji) };
	if (!ratio || !NEAR_RATIO.test(`${cell} ${near}`)) return null;
	return { recorded: all === 0n ? null : same === all ? "pass" : "fail", note: cell };
}
