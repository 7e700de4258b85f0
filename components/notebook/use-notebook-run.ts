"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { type CellRun, type NotebookRun, runNotebook } from "@/lib/answer/notebook";
import { inputValues, type ReadyInput, readyInputs } from "@/lib/answer/notebook-inputs";
import { type Failure, failureOf } from "@/lib/model";
import { affectedBy, staleCells } from "@/lib/notebook/graph";
import { cellsOf, type Notebook } from "@/lib/notebook/types";

export interface RunState {
	phase: "idle" | "running" | "done" | "stopped";
	/** what has run so far, by cell name */
	cells: ReadonlyMap<string, CellRun>;
	inputs: readonly ReadyInput[];
	run: NotebookRun | null;
	/** ISO in UTC, when the last whole run ended */
	ranAt: string | null;
	elapsedMs: number;
	failure: Failure | null;
}

const IDLE: RunState = { phase: "idle", cells: new Map(), inputs: [], run: null, ranAt: null, elapsedMs: 0, failure: null };

/**
 * Runs a notebook on the loaded workspace when `start` is called, never by itself. A change of an input runs again what depends on it.
 *
 * @param editing the notebook is being written: what ran before a change stays, and `start` runs only what the changes touch
 */
export function useNotebookRun(notebook: Notebook | null, given: { readonly [name: string]: string }, editing = false): RunState & { start: () => void; stop: () => void } {
	const { engine } = useWorkspace();
	const [state, setState] = useState<RunState>(IDLE);
	const abort = useRef<AbortController | null>(null);
	const last = useRef<{ notebook: Notebook; run: NotebookRun } | null>(null);
	const asked = JSON.stringify(given);
	const now = useRef({ notebook, given, engine, editing });
	now.current = { notebook, given, engine, editing };

	const start = useCallback(() => {
		const { notebook, given, engine, editing } = now.current;
		if (!engine || notebook === null) return;
		abort.current?.abort();
		const own = new AbortController();
		abort.current = own;
		const began = performance.now();
		const earlier = last.current !== null && (editing || last.current.notebook === notebook) ? last.current.run : null;
		setState((old) => ({ ...old, phase: "running", failure: null, ...(earlier ? {} : { cells: new Map(), run: null }) }));
		const cells = new Map<string, CellRun>(earlier?.cells);
		const go = async () => {
			const inputs = await readyInputs(engine, notebook, given, own.signal);
			const values = inputValues(inputs);
			const changed = earlier ? Object.keys(values).filter((name) => values[name] !== earlier.inputs[name]) : [];
			const stale = earlier && editing ? staleCells(cellsOf(notebook), new Map([...earlier.cells].filter(([, one]) => one.state === "ok").map(([name, one]) => [name, one.cell]))) : new Set<string>();
			const only = earlier && changed.length + stale.size > 0 ? affectedBy(cellsOf(notebook), [...changed, ...stale]) : undefined;
			const run = await runNotebook(engine, notebook, values, {
				signal: own.signal,
				...(only && earlier ? { only, earlier } : {}),
				onCell: (one) => {
					cells.set(one.cell.name, one);
					if (!own.signal.aborted) setState((old) => ({ ...old, cells: new Map(cells), inputs }));
				},
			});
			if (own.signal.aborted) return;
			last.current = { notebook, run };
			setState({ phase: "done", cells: run.cells, inputs, run, ranAt: new Date().toISOString(), elapsedMs: performance.now() - began, failure: null });
		};
		go().catch((error: unknown) => {
			if (!own.signal.aborted) setState((old) => ({ ...old, phase: "stopped", failure: failureOf(error) }));
		});
	}, []);
	const stop = useCallback(() => {
		abort.current?.abort();
		setState((old) => (old.phase === "running" ? { ...old, phase: "stopped" } : old));
	}, []);

	// Another notebook or another engine: what was run says nothing of it.
	// biome-ignore lint/correctness/useExhaustiveDependencies: these make a new state
	useEffect(() => {
		last.current = null;
		setState(IDLE);
		return () => abort.current?.abort();
	}, [editing ? null : notebook, engine]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: an input was changed by the reader, who has run it before
	useEffect(() => {
		if (last.current !== null) start();
	}, [asked]);
	return { ...state, start, stop };
}
