"use client";
import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import type { AnswerState } from "@/components/answer/types";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { failureOf } from "@/lib/model";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";

interface Keyed<R> {
	key: string;
	answer: AnswerState<R>;
}

/**
 * Asks a named query of the loaded workspace. It asks again when its parameters change (and drops the answer to the
 * old question) or when tables grow: then the question under way is answered first, since cancelling it over and
 * over would keep the page empty while files come in. The last rows stay on screen meanwhile.
 */
export function useAnswer<P extends Params, R>(query: NamedQuery<P, R>, params: P): AnswerState<R> {
	const { engine, version } = useWorkspace();
	const sql = useMemo(() => bind(query.sql, params), [query, params]);
	const key = `${query.name}\n${sql}`;
	const [state, setState] = useState<Keyed<R>>({ key, answer: { state: "loading", rows: [], sql } });
	const asker = useRef<{ again(): void } | null>(null);

	// biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for query and params
	useEffect(() => {
		if (!engine) return;
		const abort = new AbortController();
		asker.current = keepAsking(engine, query, params, sql, abort.signal, (answer) =>
			// A transition: a large answer is drawn in slices, and what the reader does comes between them.
			startTransition(() => setState((last) => ({ key, answer: answer.state === "error" && last.key === key ? { ...answer, rows: last.answer.rows } : answer }))),
		);
		return () => {
			abort.abort();
			asker.current = null;
		};
	}, [engine, key]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: tables have grown
	useEffect(() => asker.current?.again(), [version]);

	return state.key === key ? state.answer : { state: "loading", rows: [], sql };
}

/** One question at a time; `again` asks once more, after the one under way. */
function keepAsking<P extends Params, R>(engine: Engine, query: NamedQuery<P, R>, params: P, sql: string, signal: AbortSignal, tell: (answer: AnswerState<R>) => void): { again(): void } {
	let busy = false;
	let stale = false;
	const again = () => {
		if (signal.aborted) return;
		if (busy) {
			stale = true;
			return;
		}
		busy = true;
		stale = false;
		ask(engine, query, params, signal)
			.then(
				({ rows, elapsedMs, result }) => {
					if (!signal.aborted) tell({ state: "ready", rows, sql, elapsedMs, result });
				},
				(error: unknown) => {
					const failure = failureOf(error);
					if (!signal.aborted && failure.kind !== "cancelled") tell({ state: "error", failure, rows: [], sql });
				},
			)
			.finally(() => {
				busy = false;
				if (stale) again();
			});
	};
	again();
	return { again };
}
