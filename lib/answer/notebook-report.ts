import type { GateCell } from "@/lib/notebook/gate";
import { outcomeText, type Report, type ReportCell, type ReportChart } from "@/lib/notebook/report";
import type { Notebook } from "@/lib/notebook/types";
import { type CellOutcome, outcomeOf, summaryOf } from "@/lib/notebook/verdict";
import { type CellRun, type NotebookRun, ownRun } from "./notebook";

/** rows of a result that a report shows */
const SHOWN_ROWS = 200;

/** What the run says of each pinned cell. A pin whose cell is gone cannot be checked. */
export function outcomesOf(notebook: Notebook, run: NotebookRun): Map<string, CellOutcome> {
	const out = new Map<string, CellOutcome>();
	for (const [name, pin] of Object.entries(notebook.pins)) {
		const own = run.cells.get(name);
		out.set(name, own ? outcomeOf(pin, ownRun(own)) : { state: "cannot be checked", why: `The notebook has no cell ${name} any more.` });
	}
	return out;
}

/** A run as the report shows it, with its charts as `chartsOf` draws them. */
export function reportOf(notebook: Notebook, run: NotebookRun, ran: { at: string; with: string }, charts: ReadonlyMap<string, ReportChart>): Report {
	const outcomes = outcomesOf(notebook, run);
	const cells = new Map([...run.cells].map(([name, one]) => [name, reportCell(notebook, one, outcomes.get(name) ?? null, charts.get(name) ?? null)]));
	return { notebook, cells, summary: summaryOf([...outcomes.values()]), ranAt: ran.at, ranWith: ran.with, inputs: run.inputs };
}

function reportCell(notebook: Notebook, run: CellRun, outcome: CellOutcome | null, chart: ReportChart | null): ReportCell {
	const { result } = run;
	const shown = Math.min(result?.numRows ?? 0, SHOWN_ROWS);
	return {
		state: run.state,
		sql: run.sql,
		elapsedMs: run.elapsedMs,
		columns: result?.columns.map(({ name, kind }) => ({ name, kind })) ?? [],
		rows: Array.from({ length: shown }, (_, row) => result!.columns.map((_, column) => result!.text(row, column))),
		numRows: result?.numRows ?? 0,
		message: run.failure?.message ?? null,
		check: run.check,
		outcome,
		pin: notebook.pins[run.cell.name] ?? null,
		digest: run.digest,
		sources: run.sources,
		chart,
	};
}

/** A run as the gate takes it. */
export function gateCells(notebook: Notebook, run: NotebookRun): GateCell[] {
	const outcomes = outcomesOf(notebook, run);
	const cells = [...run.cells.values()].map((one): GateCell => {
		const outcome = outcomes.get(one.cell.name) ?? null;
		return { name: one.cell.name, line: one.cell.line, title: one.cell.title, elapsedMs: one.elapsedMs, problem: one.state === "ok" ? null : (one.failure?.message ?? "It did not run."), check: one.check, outcome, outcomeText: outcome === null ? null : outcomeText(outcome), sources: Object.keys(one.sources).length };
	});
	for (const [name, outcome] of outcomes) if (!run.cells.has(name)) cells.push({ name, line: 1, title: null, elapsedMs: 0, problem: null, check: null, outcome, outcomeText: outcomeText(outcome), sources: 0 });
	return cells;
}
