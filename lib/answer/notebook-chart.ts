import { AGGREGATES, type ChartChoice, type ChartColumn, type ChartData, type ChartKind, type ChartPlan, type ChartRows, chartSvg, chartWords, defaultChoice, fitChoice, marksOf, planOf } from "@/lib/chart";
import type { Engine } from "@/lib/engine/engine";
import { failureOf } from "@/lib/model";
import { settingsOf } from "@/lib/notebook/graph";
import type { ReportChart } from "@/lib/notebook/report";
import { type Cell, cellsOf, type Notebook } from "@/lib/notebook/types";
import type { CellRun, NotebookRun } from "./notebook";

/** What a chart cell may ask for, and what it is called in the drawing room. Anything else is not read: a stranger's cell is a choice among these. */
const KIND_OF: ReadonlyMap<string, ChartKind> = new Map([["bar", "bars"], ["bars", "bars"], ["line", "line"], ["point", "points"], ["points", "points"], ["histogram", "histogram"]]);

/** How a chart cell is drawn over these columns: what it asks for where that fits, else what its rows suggest. Null where nothing of them can be drawn. */
export function cellChoice(cell: Cell, columns: readonly ChartColumn[]): ChartChoice | null {
	const suggested = defaultChoice(columns, () => null);
	const settings = settingsOf(cell);
	const text = (name: string) => (typeof settings[name] === "string" ? (settings[name] as string) : null);
	const column = (name: string) => {
		const wanted = text(name)?.toLowerCase();
		return wanted === undefined ? null : (columns.find((one) => one.name.toLowerCase() === wanted)?.name ?? null);
	};
	const kind = KIND_OF.get(text("kind")?.toLowerCase() ?? "") ?? suggested?.kind;
	const x = column("x") ?? suggested?.x;
	if (kind === undefined || x === undefined) return suggested;
	const y = text("y") === null ? (suggested?.y ?? null) : column("y");
	const aggregate = AGGREGATES.find((one) => one === text("aggregate")) ?? (y === null ? "count" : "none");
	return fitChoice({ kind, x, y, colour: column("colour") ?? column("color"), aggregate }, columns);
}

/** The run whose rows a chart cell draws; undefined where it names no cell, or one that did not run. */
export function drawnBy(cell: Cell, run: NotebookRun): CellRun | undefined {
	const from = settingsOf(cell).from;
	if (typeof from !== "string") return undefined;
	return [...run.cells.values()].find((one) => one.cell.name.toLowerCase() === from.toLowerCase());
}

/**
 * Every chart of a run as SVG, by cell name; what cannot be drawn says why. Large results are counted by the engine, as the page
 * does. Never throws but `cancelled`.
 */
export async function chartsOf(engine: Engine, notebook: Notebook, run: NotebookRun, signal?: AbortSignal): Promise<Map<string, ReportChart>> {
	const out = new Map<string, ReportChart>();
	for (const cell of cellsOf(notebook)) {
		if (cell.kind !== "chart") continue;
		const drawn = drawnBy(cell, run);
		try {
			out.set(cell.name, drawn === undefined ? { svg: null, words: `It draws ${String(settingsOf(cell).from ?? "nothing")}, which is no cell with rows.` } : await chartOf(engine, cell, drawn, signal));
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === "cancelled") throw error;
			out.set(cell.name, { svg: null, words: `It could not be drawn: ${failure.message}` });
		}
	}
	return out;
}

async function chartOf(engine: Engine, cell: Cell, drawn: CellRun, signal: AbortSignal | undefined): Promise<ReportChart> {
	const { result, sql } = drawn;
	if (result === null) return { svg: null, words: `${drawn.cell.name} did not run, so there is nothing to draw.` };
	if (result.numRows === 0) return { svg: null, words: "No rows, so there is nothing to draw." };
	const choice = cellChoice(cell, result.columns);
	if (choice === null) return { svg: null, words: "Lists, structs and maps cannot be drawn." };
	const plan: ChartPlan = planOf(choice, result.columns, sql, result.numRows, true);
	const rows: ChartRows = plan.sql === null ? result : await engine.query(plan.sql, { role: "check", ...(signal ? { signal } : {}) }).then(async (answer) => {
		await answer.complete;
		return answer;
	});
	const data: ChartData = marksOf(plan, rows);
	return { svg: await chartSvg(plan, data), words: chartWords(plan, data, result.numRows).join(" ") };
}
