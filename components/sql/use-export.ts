"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { slices } from "@/lib/answer/slices";
import { download } from "@/components/ui/download";
import { count, num } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";
import { EXPORT_TYPES, type ExportFormat, exportChunks } from "@/lib/answer/export";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { endOf } from "./use-runs";

export type FileFormat = ExportFormat | "parquet";

export interface ExportSource {
	result: QueryResult;
	/** more rows exist than these */
	cut: boolean;
	order: Uint32Array | null;
	/** the query behind the rows; it runs again, without a row limit, when the result was cut */
	sql: string;
	slot: number;
	/** without an ending */
	fileName: string;
}

export interface Exporting {
	/** rows written so far; null while nothing is exported */
	written: number | null;
	start(source: ExportSource, format: FileFormat): void;
	stop(): void;
}

/** What is written goes to the browser in parts of about this size, so that it need not stay in the page's memory; encoding a larger one would be felt. */
const PART = 400_000;
/** So many cells become text in one go: a few milliseconds. */
const CELLS = 4000;
const PARQUET_TYPE = "application/vnd.apache.parquet";

/** Writes all rows of a query into a file, chunk by chunk, while the page stays usable. */
export function useExport(engine: Engine | null): Exporting {
	const toast = useToast();
	const [written, setWritten] = useState<number | null>(null);
	const abort = useRef<AbortController | null>(null);
	useEffect(() => () => abort.current?.abort(), []);

	const start = useCallback(
		(source: ExportSource, format: FileFormat) => {
			abort.current?.abort();
			const own = new AbortController();
			abort.current = own;
			setWritten(0);
			write(engine, source, format, own.signal, (rows) => {
				if (!own.signal.aborted) setWritten(rows);
			})
				.then(
					({ rows, notes }) => toast([`${source.fileName}.${format} written, ${count(rows, "row")}`, ...notes].join("; ")),
					(error: unknown) => {
						const failure = endOf(error, own.signal);
						toast(failure.kind === "cancelled" ? "The export was stopped; no file was written." : `Not exported: ${failure.message}`);
					},
				)
				.finally(() => {
					if (abort.current !== own) return;
					abort.current = null;
					setWritten(null);
				});
		},
		[engine, toast],
	);
	const stop = useCallback(() => abort.current?.abort(), []);
	return { written, start, stop };
}

interface Written {
	rows: number;
	/** what the file holds as something else, in words */
	notes: string[];
}

async function write(engine: Engine | null, source: ExportSource, format: FileFormat, signal: AbortSignal, progress: (rows: number) => void): Promise<Written> {
	let { result, order } = source;
	if (source.cut && engine !== null) {
		result = await engine.query(source.sql, { role: "user", tab: source.slot, maxRows: Number.MAX_SAFE_INTEGER, signal });
		order = null;
	}
	const parts: Blob[] = [];
	const ordered = order === null ? {} : { order };
	const rest = slices();
	/** Awaited between two pieces of work. */
	const pause = () => {
		signal.throwIfAborted();
		return rest();
	};
	let notes: string[] = [];
	if (format === "parquet") {
		const { parquetChunks, parquetNotes } = await import("@/lib/answer/export-parquet");
		notes = parquetNotes(result);
		for await (const { bytes, rows } of parquetChunks(result, { ...ordered, pause })) {
			parts.push(new Blob([bytes]));
			progress(rows);
		}
	} else {
		const chunkRows = Math.max(100, Math.floor(CELLS / Math.max(1, result.columns.length)));
		let text = "";
		let rows = 0;
		let shown = performance.now();
		for await (const chunk of exportChunks(result, format, { ...ordered, chunkRows })) {
			text += chunk;
			rows += chunkRows;
			if (text.length > PART) {
				parts.push(new Blob([text]));
				text = "";
			}
			await pause();
			if (performance.now() - shown < 100) continue;
			shown = performance.now();
			progress(Math.min(rows, order?.length ?? result.numRows));
		}
		parts.push(new Blob([text]));
	}
	signal.throwIfAborted();
	download(new Blob(parts, { type: format === "parquet" ? PARQUET_TYPE : EXPORT_TYPES[format] }), `${source.fileName}.${format}`);
	return { rows: order?.length ?? result.numRows, notes };
}

/** `120,000 rows written` */
export function writtenText(rows: number): string {
	return `${num(rows)} rows read for the file`;
}
