"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { count, num } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";
import { EXPORT_TYPES, type ExportFormat, exportChunks } from "@/lib/answer/export";
import type { Engine, QueryResult } from "@/lib/engine/engine";
import { endOf } from "./use-runs";

export interface ExportSource {
	result: QueryResult;
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
	start(source: ExportSource, format: ExportFormat): void;
	stop(): void;
}

/** Text is handed to the browser in parts of about this many characters, so that it need not stay in the page's memory. */
const PART = 4_000_000;

/** Writes all rows of a query into a file, chunk by chunk, while the page stays usable. */
export function useExport(engine: Engine | null): Exporting {
	const toast = useToast();
	const [written, setWritten] = useState<number | null>(null);
	const abort = useRef<AbortController | null>(null);
	useEffect(() => () => abort.current?.abort(), []);

	const start = useCallback(
		(source: ExportSource, format: ExportFormat) => {
			abort.current?.abort();
			const own = new AbortController();
			abort.current = own;
			setWritten(0);
			write(engine, source, format, own.signal, (rows) => {
				if (!own.signal.aborted) setWritten(rows);
			})
				.then(
					(rows) => toast(`${source.fileName}.${format} written, ${count(rows, "row")}`),
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

async function write(engine: Engine | null, source: ExportSource, format: ExportFormat, signal: AbortSignal, progress: (rows: number) => void): Promise<number> {
	let { result, order } = source;
	if (result.truncated && engine !== null) {
		result = await engine.query(source.sql, { role: "user", tab: source.slot, maxRows: Number.MAX_SAFE_INTEGER, signal });
		order = null;
	}
	const type = EXPORT_TYPES[format];
	const parts: Blob[] = [];
	let text = "";
	let shown = performance.now();
	for await (const chunk of exportChunks(result, format, order === null ? {} : { order })) {
		text += chunk;
		if (text.length > PART) {
			parts.push(new Blob([text]));
			text = "";
		}
		if (performance.now() - shown < 50) continue;
		progress(result.numRows);
		await aFrame();
		signal.throwIfAborted();
		shown = performance.now();
	}
	parts.push(new Blob([text]));
	download(new Blob(parts, { type }), `${source.fileName}.${format}`);
	return order?.length ?? result.numRows;
}

/** Lets the page draw and answer; a hidden page draws nothing, so it does not wait for that. */
function aFrame(): Promise<void> {
	return new Promise((resolve) => {
		if (document.visibilityState === "hidden") setTimeout(resolve);
		else requestAnimationFrame(() => resolve());
	});
}

function download(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken the blob when the click returns, but not on every engine.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A tab's name as a file name. */
export function fileNameOf(name: string): string {
	return name.trim().replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") || "result";
}

/** `120,000 rows written` */
export function writtenText(rows: number): string {
	return `${num(rows)} rows read for the file`;
}
