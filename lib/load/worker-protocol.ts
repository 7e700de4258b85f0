import type { Failure } from "@/lib/model";
import type { LocalSource } from "@/lib/workspace/local-types";
import type { LoadEvent } from "./events";

/**
 * Where the worker reads from: the server's folder, the files of a static copy (`base` is the address of their folder), or
 * what the reader dropped or chose (handles and `File`s travel as they are).
 */
export type ReadFrom = { kind: "served"; origin: string } | { kind: "static"; base: string } | { kind: "local"; source: LocalSource };

/** Page to parse worker. */
export type ToWorker = { type: "read"; from: ReadFrom } | { type: "ack"; id: number; memory: ArrayBuffer | null } | { type: "cancel" };

/** Parse worker to page. Each event is acknowledged when its rows are in the engine, with their memory where it comes back. `stale` counts chosen files that can no longer be read as they were. */
export type FromWorker = { type: "event"; id: number; event: LoadEvent } | { type: "done"; stale: number } | { type: "failed"; failure: Failure };
