import type { Batch, Field } from "@/lib/model";

/** A value as a cell shows it: 64-bit integers as bigint; decimals, times, intervals and blobs as exact text; nested values as arrays and objects. */
export type Cell = null | boolean | number | bigint | string | Cell[] | { [key: string]: Cell };

export interface ResultColumn {
	name: string;
	/** the engine's own type name, such as `BIGINT`, `DECIMAL(18,3)`, `TIMESTAMP_NS`, `STRUCT(a VARCHAR)` */
	type: string;
	/** how a grid aligns and sorts it */
	kind: "number" | "text" | "boolean" | "time" | "nested";
}

/**
 * A result that fills while it streams. Cells are decoded when they are asked for: a million rows are never a
 * million objects.
 */
export interface QueryResult {
	readonly columns: readonly ResultColumn[];
	/** rows that have arrived */
	readonly numRows: number;
	/** resolves when all rows have arrived, rejects with a CasebookError when the stream broke or was cancelled */
	readonly complete: Promise<void>;
	readonly done: boolean;
	/** true when the row limit stopped it: more rows exist than arrived */
	readonly truncated: boolean;
	/** from sending to the last row, in milliseconds */
	readonly elapsedMs: number;
	cell(row: number, column: number): Cell;
	/** the cell as text, with every digit; null where the value is NULL */
	text(row: number, column: number): string | null;
	/** calls back when rows arrive; returns the way to stop that */
	onGrow(listener: () => void): () => void;
}

export interface QueryOptions {
	signal?: AbortSignal;
	/**
	 * `page`: queries of pages, which see sources only · `user`: SQL that people write, under the statement guard, with a scratch catalog ·
	 * `check`: SQL of notebooks: one statement that reads, under the guard, and sources only
	 */
	role?: "page" | "user" | "check";
	/** stop after so many rows; default 1,000,000 */
	maxRows?: number;
	/** which of the user connections; default 0 */
	tab?: number;
}

/** What a page may offer on this engine; it turns off what is false and never answers wrongly. */
export interface Capabilities {
	windows: boolean;
	ctes: boolean;
	asof: boolean;
	nested: boolean;
	decimals: boolean;
	timePrecision: "s" | "ms" | "us" | "ns";
	cancel: "query" | "restart" | "none";
	readOnly: boolean;
}

/** A stored table that a statement scans. */
export interface Scan {
	table: string;
	/** the sources that its filter lets through, where the plan says so; null: any of the table's */
	sources: readonly string[] | null;
}

/** The seam. Views never see DuckDB, Arrow or a worker. */
export interface Engine {
	readonly dialect: "duckdb";
	readonly capabilities: Capabilities;
	/** the engine's name and version, for the reader */
	readonly version: string;
	/** Creates a source table in `ws`; does nothing when it is there. */
	createTable(table: string, fields: readonly Field[]): Promise<void>;
	/** Appends by position. Empty batches are skipped. */
	insert(table: string, batches: readonly Batch[]): Promise<void>;
	/**
	 * Appends a batch that was encoded elsewhere (see `encode` in `arrow.ts`). The buffer is detached; its memory is what it resolves to, to be
	 * filled again, or null where the engine keeps it.
	 */
	insertEncoded(table: string, stream: Uint8Array): Promise<ArrayBuffer | null>;
	/** Runs trusted statements of the loader (DDL of tables, views and macros). */
	define(sql: string): Promise<void>;
	/** The paths that the reader macros know, on every connection. */
	setPaths(paths: readonly string[]): Promise<void>;
	/** Runs one statement (several for `user`: the last one's result) and streams the rows. Throws CasebookError. */
	query(sql: string, options?: QueryOptions): Promise<QueryResult>;
	/** The tables that a statement scans, also through views and macros, as the plan has them. Default role: a user's. */
	explain(sql: string, options?: QueryOptions): Promise<Scan[]>;
	/** Ends the engine; every later call fails with `engine-lost`. */
	close(): Promise<void>;
	/** Called once when the engine dies or had to be stopped. The owner opens a new one and loads again. */
	onLost(listener: (reason: string) => void): () => void;
}
