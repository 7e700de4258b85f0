"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { CasebookError, type Failure, failureOf } from "@/lib/model";
import { MOST_ROWS, whole } from "./limits";

/** One press of Run. */
export interface Run {
	id: number;
	sql: string;
	/** where `sql` starts in the tab's text */
	offset: number;
	state: "running" | "done" | "failed";
	/** by the page's clock, in milliseconds */
	startedAt: number;
	/** rows so far; null before the first */
	result: QueryResult | null;
	failure: Failure | null;
	/** rows were left behind: more exist than the page holds */
	cut: boolean;
	/** the workspace's version when it started */
	version: number;
	/** the run before, whose rows stay on screen until this one's come */
	before: Run | null;
}

export interface Runs {
	/** by slot */
	bySlot: { readonly [slot: number]: Run | undefined };
	start(slot: number, sql: string, offset: number, version: number): void;
	/** false where nothing runs there */
	cancel(slot: number): boolean;
	/** cancels and forgets */
	drop(slot: number): void;
}

/** Runs queries, one at a time in each tab. A run that starts before the engine is open waits for it. */
export function useRuns(engine: Engine | null): Runs {
	const [bySlot, setBySlot] = useState<{ readonly [slot: number]: Run | undefined }>({});
	const running = useRef(new Map<number, { id: number; abort: AbortController }>());
	const next = useRef(0);
	const current = useRef<Engine | null>(engine);
	const waiting = useRef(new Set<(engine: Engine) => void>());

	useEffect(() => {
		current.current = engine;
		if (engine === null) return;
		for (const go of waiting.current) go(engine);
		waiting.current.clear();
	}, [engine]);

	useEffect(() => {
		const all = running.current;
		return () => {
			for (const { abort } of all.values()) abort.abort();
		};
	}, []);

	const open = useCallback((signal: AbortSignal): Promise<Engine> => {
		if (current.current !== null) return Promise.resolve(current.current);
		return new Promise((resolve, reject) => {
			waiting.current.add(resolve);
			signal.addEventListener("abort", () => {
				waiting.current.delete(resolve);
				reject(new CasebookError({ kind: "cancelled", message: "Cancelled before the engine was open." }));
			});
		});
	}, []);

	const start = useCallback(
		(slot: number, sql: string, offset: number, version: number) => {
			running.current.get(slot)?.abort.abort();
			const id = ++next.current;
			const abort = new AbortController();
			running.current.set(slot, { id, abort });
			const change = (patch: Partial<Run>) => setBySlot((old) => (old[slot]?.id === id ? { ...old, [slot]: { ...old[slot], ...patch } } : old));
			setBySlot((old) => ({ ...old, [slot]: { id, sql, offset, state: "running", startedAt: performance.now(), result: null, failure: null, cut: false, version, before: lastRows(old[slot]) } }));
			const work = async () => {
				const engine = await open(abort.signal);
				let stop = () => {};
				const lost = new Promise<never>((_, reject) => {
					stop = engine.onLost((reason) => {
						// The query that the reader cancelled says itself how it ended.
						if (!abort.signal.aborted) reject(new CasebookError({ kind: "engine-lost", message: `It was stopped because ${reason}. Casebook opens a new one and loads the workspace again; run the query when that is done.` }));
					});
				});
				const answer = async () => {
					const full = new AbortController();
					const signal = AbortSignal.any([abort.signal, full.signal]);
					const result = await engine.query(sql, { role: "user", tab: slot, signal, maxRows: MOST_ROWS });
					// The rows of the run before make room.
					change({ result, before: null });
					change(await whole(result, () => full.abort()));
				};
				// A query that waits in line behind the one that stopped the engine would never be answered.
				return Promise.race([answer(), lost]).finally(() => stop());
			};
			work()
				.then(
					() => change({ state: "done" }),
					(error: unknown) => change({ state: "failed", failure: endOf(error, abort.signal) }),
				)
				.finally(() => {
					if (running.current.get(slot)?.id === id) running.current.delete(slot);
				});
		},
		[open],
	);
	const cancel = useCallback((slot: number) => {
		const run = running.current.get(slot);
		run?.abort.abort();
		return run !== undefined;
	}, []);
	const drop = useCallback(
		(slot: number) => {
			cancel(slot);
			setBySlot((old) => ({ ...old, [slot]: undefined }));
		},
		[cancel],
	);
	return { bySlot, start, cancel, drop };
}

/** The last run that has rows, without those before it. */
function lastRows(run: Run | undefined): Run | null {
	const found = run?.result == null ? (run?.before ?? null) : run;
	return found === null ? null : { ...found, before: null };
}

/** Why a query ended; whatever the reader stopped is cancelled, however the engine words it. */
export function endOf(error: unknown, signal: AbortSignal): Failure {
	const failure = failureOf(error);
	if (signal.aborted && failure.kind === "query") return { kind: "cancelled", message: "The query was cancelled." };
	return failure;
}
