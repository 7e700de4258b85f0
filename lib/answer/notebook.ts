import type { Engine, QueryResult } from "@/lib/engine/engine";
import { StreamedResult } from "@/lib/engine/result";
import { CasebookError, type Failure, failureOf, quote } from "@/lib/model";
import { type CheckResult, checkRows, expectationOf, shownCell } from "@/lib/notebook/check";
import { composeSql, type InputValue } from "@/lib/notebook/compose";
import { digestOf, type DigestCell, type DigestTable, parseTolerance } from "@/lib/notebook/digest";
import { CellCycle, needsOf, runningOrder } from "@/lib/notebook/graph";
import { type Cell, cellsOf, type Notebook, type Pin } from "@/lib/notebook/types";
import type { OwnRun } from "@/lib/notebook/verdict";

/** A cell's result is at most so large: a report is read by people, and its digest needs every row. */
export const MAX_CELL_ROWS = 100_000;
/** What a cell's rows may take in memory: a few texts can be as much as many rows. */
export const MAX_CELL_BYTES = 64 * 1024 * 1024;
/** So long a cell may run; then it is cancelled as a reader would cancel it. */
export const MAX_CELL_MS = 60_000;

/** What the run of one cell came to. */
export interface CellRun {
	cell: Cell;
	state: "ok" | "failed" | "not run";
	/** the statement as it ran; stands alone in SQL. Empty for cells without SQL. */
	sql: string;
	elapsedMs: number;
	result: QueryResult | null;
	digest: string | null;
	/** the first cell of the result as text */
	shown: string | null;
	/** sha256 of each source that the statement could read rows from, as the engine was filled from it; null where unknown */
	sources: { [path: string]: string | null };
	failure: Failure | null;
	check: CheckResult | null;
}

export interface NotebookRun {
	/** by cell name, in the order of the file */
	cells: Map<string, CellRun>;
	/** the values that the inputs had */
	inputs: { [name: string]: InputValue };
}

/**
 * Runs a notebook's cells in the order of their needs, one after the other. A cell whose need failed is not run and says so. Never
 * throws but `cancelled`: each failure stands at its cell.
 *
 * @param only runs these cells alone, with the earlier runs of the others
 */
export async function runNotebook(engine: Engine, notebook: Notebook, given: { readonly [name: string]: InputValue }, options: { signal?: AbortSignal; onCell?: (run: CellRun) => void; only?: ReadonlySet<string>; earlier?: NotebookRun } = {}): Promise<NotebookRun> {
	const cells = cellsOf(notebook);
	const runs = new Map<string, CellRun>();
	const inputs: { [name: string]: InputValue } = { ...given };
	const put = (run: CellRun) => {
		runs.set(run.cell.name, run);
		options.onCell?.(run);
	};
	let order: readonly Cell[];
	try {
		order = runningOrder(cells);
	} catch (error) {
		if (!(error instanceof CellCycle)) throw error;
		for (const cell of cells) put(notRun(cell, error.names.includes(cell.name) ? error.message : "Another cell's circle keeps the notebook from running."));
		return { cells: runs, inputs };
	}
	const needs = needsOf(cells);
	for (const cell of order) {
		options.signal?.throwIfAborted();
		const earlier = options.only && !options.only.has(cell.name) ? options.earlier?.cells.get(cell.name) : undefined;
		if (earlier) {
			put(earlier);
			continue;
		}
		const broken = needs.get(cell.name)!.cells.find((need) => runs.get(need)?.state !== "ok");
		put(broken === undefined ? await runCell(engine, notebook, cell, inputs, options.signal) : notRun(cell, `It needs the cell ${broken}, which did not run.`));
	}
	return { cells: new Map(cells.map((cell) => [cell.name, runs.get(cell.name)!])), inputs };
}

/** Runs one cell; see `runNotebook`. */
export async function runCell(engine: Engine, notebook: Notebook, cell: Cell, inputs: { readonly [name: string]: InputValue }, signal?: AbortSignal): Promise<CellRun> {
	if (cell.kind === "chart" || cell.kind === "input") return { ...notRun(cell, null), state: "ok" };
	let sql = "";
	const bounds = bounded(cell.name, signal);
	try {
		sql = composeSql(cellsOf(notebook), cell.name, inputs);
		const result = await engine.query(sql, { role: "check", maxRows: MAX_CELL_ROWS, signal: bounds.signal });
		bounds.watch(result);
		await result.complete;
		bounds.check();
		if (result.truncated) throw new CasebookError({ kind: "limit", what: "rows of a cell", limit: String(MAX_CELL_ROWS), message: `The cell ${cell.name} has more than ${MAX_CELL_ROWS} rows, so it has no digest. Aggregate it, or add a LIMIT with an ORDER BY.` });
		const tolerance = attribute(cell, "tolerance") ?? notebook.tolerance;
		const table = tableOf(result);
		const digest = await digestOf(table, sql, tolerance === null ? null : parseTolerance(tolerance));
		const check = cell.kind === "check" ? checkRows(expectationOf(cell, notebook.tolerance), table) : null;
		const sources = await sourcesOf(engine, sql, bounds.signal);
		return { cell, state: "ok", sql, elapsedMs: result.elapsedMs, result, digest, shown: table.numRows > 0 && table.columns.length > 0 ? shownCell(table.cell(0, 0)) : null, sources, failure: null, check };
	} catch (error) {
		const failure: Failure = bounds.broken ?? (error instanceof RangeError ? { kind: "query", sql, message: error.message, candidates: [] } : failureOf(error));
		if (failure.kind === "cancelled") throw error;
		return { ...notRun(cell, null), state: "failed", sql, failure };
	} finally {
		bounds.end();
	}
}

/** A signal that aborts with the reader's, and when a cell takes more time or room than it may; `broken` then says which. */
function bounded(name: string, signal: AbortSignal | undefined) {
	const own = new AbortController();
	const onAbort = () => own.abort();
	signal?.addEventListener("abort", onAbort, { once: true });
	if (signal?.aborted) own.abort();
	const limit = (what: string, size: string, message: string): void => {
		bounds.broken ??= { kind: "limit", what, limit: size, message };
		own.abort();
	};
	const timer = setTimeout(() => limit("time of a cell", String(MAX_CELL_MS), `The cell ${name} ran for more than ${MAX_CELL_MS / 1000} seconds, so it was cancelled. Ask for less, or look at it in SQL.`), MAX_CELL_MS);
	let stop = () => {};
	const bounds = {
		signal: own.signal,
		broken: null as Failure | null,
		watch(result: QueryResult) {
			const grown = () => {
				if (result instanceof StreamedResult && result.byteLength > MAX_CELL_BYTES) limit("memory of a cell", String(MAX_CELL_BYTES), `The rows of the cell ${name} take more than ${MAX_CELL_BYTES / 1024 / 1024} MB, so it has no digest. Select less of each row, or fewer rows.`);
			};
			stop = result.onGrow(grown);
			grown();
		},
		check() {
			if (bounds.broken !== null) throw new CasebookError(bounds.broken);
		},
		end() {
			clearTimeout(timer);
			signal?.removeEventListener("abort", onAbort);
			stop();
		},
	};
	return bounds;
}

function notRun(cell: Cell, why: string | null): CellRun {
	return { cell, state: "not run", sql: "", elapsedMs: 0, result: null, digest: null, shown: null, sources: {}, failure: why === null ? null : { kind: "query", sql: "", message: why, candidates: [] }, check: null };
}

function tableOf(result: QueryResult): DigestTable {
	return { columns: result.columns.map(({ name, kind }) => ({ name, kind })), numRows: result.numRows, cell: (row, column) => result.cell(row, column) as DigestCell };
}

function attribute(cell: Cell, name: string): string | null {
	return cell.attributes.find(([key]) => key === name)?.[1] ?? null;
}

/** Tables with rows of runs that Casebook computes from the raw outputs of both sides; such a row names one side's file. */
const RUN_TABLES = new Set(["runs", "cases"]);

const COMPUTED = "r.source IN (SELECT path FROM ($paths)) AND r.run NOT IN (SELECT path FROM ws.main.sources)";

/**
 * The files of both sides: of a computed run's folder those of its source's format, and the recorded comparisons beside them; the file that a case's note
 * names as its reference, wherever it lies; and `casebook.json` where a person paired the files.
 */
const OTHER_SIDES = `SELECT s.path FROM (
  SELECT DISTINCT regexp_replace(r.run, '/?[^/]*$', '') AS folder, own.format FROM ws.main.runs r JOIN ws.main.sources own ON own.path = r.source
  WHERE ${COMPUTED}
) c JOIN ws.main.sources s ON (c.folder = '' OR starts_with(s.path, c.folder || '/')) AND s.format IN (c.format, 'factor comparison', 'image comparison')
UNION
SELECT s.path FROM (
  SELECT DISTINCT regexp_extract(n.note, 'reference: (.+?)(:[0-9]+)?$', 1) AS path FROM ws.main.runs r JOIN ws.main.cases n ON n.probe = r.probe AND n.run = r.run
  WHERE ${COMPUTED}
) c JOIN ws.main.sources s ON s.path = c.path
UNION
SELECT s.path FROM ws.main.runs r JOIN ws.main.sources s ON s.path = 'casebook.json' AND contains(r.note, 'paired by hand in casebook.json') WHERE ${COMPUTED}`;

/**
 * The sources that a statement's rows can come from: those that its plan's filters name, else all of the scanned tables'. Where a
 * statement reads `sources` itself, every file counts; where it reads computed runs, both sides' files do.
 */
export async function sourcesOf(engine: Engine, sql: string, signal?: AbortSignal): Promise<{ [path: string]: string | null }> {
	const options = { role: "page" as const, ...(signal ? { signal } : {}) };
	const scans = await engine.explain(sql, { ...options, role: "check" });
	const parts = scans.map(({ table, sources }) => {
		if (sources !== null) return `SELECT unnest([${sources.map((source) => `'${source.replaceAll("'", "''")}'`).join(", ")}]::VARCHAR[]) AS path`;
		return table === "sources" ? "SELECT path FROM ws.main.sources" : `SELECT DISTINCT source AS path FROM ws.main.${quote(table)}`;
	});
	const out: { [path: string]: string | null } = Object.create(null);
	if (parts.length === 0) return out;
	const paths = parts.join("\nUNION\n");
	const all = scans.some(({ table }) => RUN_TABLES.has(table)) ? `SELECT path FROM (${paths})\nUNION\n${OTHER_SIDES.replaceAll("$paths", () => paths)}` : paths;
	const result = await engine.query(`SELECT p.path, s.sha256 FROM (${all}) p LEFT JOIN ws.main.sources s ON s.path = p.path WHERE p.path IS NOT NULL AND coalesce(s.state, '') <> 'left out' ORDER BY p.path`, options);
	await result.complete;
	for (let row = 0; row < result.numRows; row++) out[result.text(row, 0)!] = result.text(row, 1);
	return out;
}

/** The run of a cell as a verdict takes it. */
export function ownRun(run: CellRun): OwnRun {
	return { digest: run.digest, shown: run.shown, why: run.failure?.message ?? null, sources: run.sources };
}

/** Pins of every cell that ran and has a result. A source whose hash is not known is no pin: `unpinned` names its cells. */
export function pinsOf(run: NotebookRun): { pins: { [cell: string]: Pin }; unpinned: string[] } {
	const pins: { [cell: string]: Pin } = Object.create(null);
	const unpinned: string[] = [];
	for (const [name, one] of run.cells) {
		if (one.digest === null || one.result === null) continue;
		const sources = Object.entries(one.sources);
		if (sources.some(([, hash]) => hash === null)) unpinned.push(name);
		else pins[name] = { digest: one.digest, rows: one.result.numRows, shown: one.shown === null ? null : one.shown.slice(0, 200), sources: Object.fromEntries(sources) as { [path: string]: string } };
	}
	return { pins, unpinned };
}
