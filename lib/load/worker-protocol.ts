import type { Failure } from "@/lib/model";
import type { LoadEvent } from "./events";

/** Page to parse worker. */
export type ToWorker = { type: "read"; origin: string } | { type: "ack"; id: number } | { type: "cancel" };

/** Parse worker to page. Each event is acknowledged when its rows are in the engine. */
export type FromWorker = { type: "event"; id: number; event: LoadEvent } | { type: "done" } | { type: "failed"; failure: Failure };
