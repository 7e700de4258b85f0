import type { QueryResult } from "@/lib/engine/engine";
import type { Failure } from "@/lib/model";

/** The three visible states of every async read. `stale` keeps the last rows on screen while newer ones are asked for. */
export type AnswerState<R> =
	| { state: "loading"; rows: readonly R[]; sql: string }
	| { state: "error"; failure: Failure; rows: readonly R[]; sql: string }
	| { state: "ready"; rows: readonly R[]; sql: string; elapsedMs: number; result: QueryResult };
