"use client";
import { useEffect, useMemo, useState } from "react";
import type { AnswerState } from "@/components/answer/types";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { ask } from "@/lib/answer/ask";
import { failureOf } from "@/lib/model";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";

/**
 * Asks a named query of the loaded workspace. Keyed by (SQL, version): it asks again when parameters change or
 * tables grow, keeps the last rows on screen meanwhile, and drops the answer to a question that is no longer asked.
 */
export function useAnswer<P extends Params, R>(query: NamedQuery<P, R>, params: P): AnswerState<R> {
	const { engine, version } = useWorkspace();
	const sql = useMemo(() => bind(query.sql, params), [query, params]);
	const key = `${query.name}\n${sql}`;
	const [state, setState] = useState<{ key: string; answer: AnswerState<R> }>({ key, answer: { state: "loading", rows: [], sql } });

	// biome-ignore lint/correctness/useExhaustiveDependencies: sql stands for query and params; version asks again
	useEffect(() => {
		if (!engine) return;
		const abort = new AbortController();
		ask(engine, query, params, abort.signal).then(
			({ rows, elapsedMs, result }) => {
				if (!abort.signal.aborted) setState({ key, answer: { state: "ready", rows, sql, elapsedMs, result } });
			},
			(error: unknown) => {
				const failure = failureOf(error);
				if (!abort.signal.aborted && failure.kind !== "cancelled") setState((last) => ({ key, answer: { state: "error", failure, rows: last.key === key ? last.answer.rows : [], sql } }));
			},
		);
		return () => abort.abort();
	}, [engine, version, key]);

	return state.key === key ? state.answer : { state: "loading", rows: [], sql };
}
