import type { RecordBatch, Schema } from "apache-arrow";

/** What the session needs of a DuckDB build; one file for the browser's worker, one for plain Node. */
export interface Driver {
	readonly version: string;
	/** whether a running statement can be stopped from outside */
	readonly cancel: "query" | "none";
	connect(): Promise<DriverConnection>;
	/** Where the engine's own lexer sees tokens: byte offsets into the UTF-8 text and kinds (3 is an operator). */
	tokenize(sql: string): Promise<{ offsets: number[]; types: number[] }>;
	/** Ends the engine at once, whatever it is doing. */
	terminate(): Promise<void>;
	/** Called when the engine died by itself. */
	onDeath(listener: (reason: string) => void): void;
}

export interface DriverConnection {
	/** Runs statements and waits; results are dropped. */
	run(sql: string): Promise<void>;
	/** Sends one statement; batches stream. Rejects or throws with the engine's own message. */
	send(sql: string): Promise<BatchStream>;
	/**
	 * Appends an Arrow IPC stream to an existing table of the connection's catalog. Detaches the buffer, and resolves to its memory, which may be
	 * filled again; null where it does not come back.
	 */
	insert(table: string, stream: Uint8Array): Promise<ArrayBuffer | null>;
	cancelSent(): Promise<boolean>;
}

export interface BatchStream {
	schema: Schema;
	next(): Promise<RecordBatch | null>;
}
