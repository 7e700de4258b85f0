import { timeOf } from "@/lib/formats/times";
import { CasebookError, type LineAccount, type Value } from "@/lib/model";
import { RESERVED_NAMES } from "@/lib/tables/fields";
import { OPEN_TABLES } from "@/lib/tables/open-fields";
import { planBatches } from "@/lib/workspace/batches";
import type { FileEntry, StreamEvent, Workspace } from "@/lib/workspace/types";
import { Collector } from "./collect";
import type { Emit, LoadProgress, SourceView } from "./events";
import { RunJudge } from "./judge-runs";
import { FileReader, type FileResult } from "./read-file";
import { MAX_SIBLING_BYTES, RunContexts } from "./run-context";
import type { SourceInfo } from "./source-text";

/** how often tables are filled while loading, so that pages fill too */
const FLUSH_MS = 400;
const PROGRESS_MS = 100;
/** how `collect.ts` names the tables that hold records with columns of their own */
const STORED = /^_[a-z_]+_\d+$/i;
/** formats whose rows answer under the file's own path */
const VIEWED = new Set([...Object.keys(OPEN_TABLES), "jsonl", "json", "csv", "parquet", "text_lines", "trace_values", "benchmarks"]);

/**
 * Reads every file of a workspace and hands its rows on. One broken file never stops another. Throws `cancelled`
 * when the signal says so, and whatever the manifest throws.
 */
export async function readWorkspace(workspace: Workspace, emit: Emit, signal?: AbortSignal): Promise<void> {
	const manifest = await workspace.manifest(signal);
	// A link to a file of this folder is that file once more: its rows must not count twice.
	const isLink = (file: FileEntry) => file.note?.startsWith("a symbolic link to ") ?? false;
	const served = manifest.files.filter((file) => file.state === "served" && !isLink(file));
	await emit({ type: "manifest", name: manifest.name, files: served.length, bytes: served.reduce((sum, file) => sum + file.bytes, 0) });
	const reading = new Reading(served, emit);
	for (const file of manifest.files) if (file.state === "left out" || isLink(file)) reading.leftOut(file);
	try {
		for (const batch of planBatches(served)) {
			for await (const event of workspace.stream(batch, signal)) {
				await reading.take(event);
				if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Loading was cancelled." });
			}
		}
	} catch (error) {
		// What was read before a cancel is judged and kept.
		if (signal?.aborted) await reading.finish();
		throw error;
	}
	await reading.finish();
}

class Reading {
	private readonly collector: Collector;
	private readonly contexts = new RunContexts();
	private readonly judge = new RunJudge();
	private readonly names = new Set(RESERVED_NAMES);
	private readonly entries: Map<string, FileEntry>;
	private readonly progress: LoadProgress;
	private views: SourceView[] = [];
	private infos: SourceInfo[] = [];
	private reader: FileReader | null = null;
	private sibling: Uint8Array[] | null = null;
	private lastFlush = performance.now();
	private lastProgress = 0;

	constructor(
		served: readonly FileEntry[],
		private readonly emit: Emit,
	) {
		this.collector = new Collector(emit);
		this.entries = new Map(served.map((file) => [file.path, file]));
		this.progress = { filesDone: 0, filesTotal: served.length, bytesDone: 0, bytesTotal: served.reduce((sum, file) => sum + file.bytes, 0), records: 0, rejects: 0, rejectFiles: 0, current: null };
	}

	leftOut(file: FileEntry): void {
		this.collector.addRow("sources", { path: file.path, bytes: file.bytes, modified_at: timeOf(file.modified_at), rejects: 0, rows: 0, state: "left out", note: file.note });
	}

	async take(event: StreamEvent): Promise<void> {
		switch (event.type) {
			case "start":
				this.reader = new FileReader(event.path);
				this.sibling = RunContexts.isSibling(event.path) && event.bytes <= MAX_SIBLING_BYTES ? [] : null;
				this.progress.current = event.path;
				break;
			case "data":
				this.reader?.push(event.chunk);
				this.sibling?.push(event.chunk.slice());
				this.progress.bytesDone += event.chunk.length;
				break;
			case "end":
				await this.endFile(event);
				break;
			case "error":
				this.failFile(event.path, event.message);
		}
		await this.tick(false);
	}

	async finish(): Promise<void> {
		this.judge.judge(this.contexts, this.collector);
		this.progress.current = null;
		await this.tick(true);
	}

	private async endFile(event: Extract<StreamEvent, { type: "end" }>): Promise<void> {
		const { reader } = this;
		if (!reader) return;
		this.reader = null;
		const entry = this.entries.get(event.path);
		let result: FileResult;
		try {
			result = reader.finish();
		} catch (error) {
			this.failFile(event.path, `The reader stopped: ${error instanceof Error ? error.message : String(error)}`);
			return;
		}
		if (this.sibling) {
			const text = new TextDecoder().decode(await new Blob(this.sibling as BlobPart[]).arrayBuffer());
			this.contexts.add(event.path, text);
			this.sibling = null;
		}
		const rows = this.store(event.path, entry?.modified_at ?? null, result);
		if (event.changed) result.notes.push("the file changed while it was read; reload to see it whole");
		this.writeSource(event.path, event.bytes, event.sha256, entry?.modified_at ?? null, result, rows);
		this.infos.push({ path: event.path, bytes: event.bytes, sha256: event.sha256, loadedAt: new Date().toISOString(), index: result.text ? result.index : null, encoding: result.encoding, text: result.text });
	}

	/** Rows to their tables. Returns how many they were. */
	private store(path: string, modifiedAt: string | null, result: FileResult): number {
		let rows = 0;
		const recorded = result.batches.filter(RunJudge.takes);
		this.judge.add(path, modifiedAt, recorded);
		let view: string | null = null;
		for (const batch of result.batches) {
			// A report's rows are its cases; its document would be a table of its own shape for nearly every file.
			if (recorded.length > 0 && batch.table === "json") continue;
			rows += batch.numRows;
			if (RunJudge.takes(batch)) continue;
			const table = this.collector.add(batch);
			if (VIEWED.has(batch.table)) view ??= table;
		}
		for (const reject of result.rejects) this.collector.addRow("rejects", { source: path, line: reject.line, byte_offset: reject.byteOffset, reason: reject.reason, raw: reject.raw });
		if (view !== null) this.views.push({ path, view: this.nameView(path, result.notes), table: view });
		this.progress.rejects += result.rejects.length;
		if (result.rejects.length > 0) this.progress.rejectFiles++;
		this.progress.records += rows;
		return rows;
	}

	/** The engine does not tell `Logs/a` from `logs/a`: the second gets another name, and its source says so. */
	private nameView(path: string, notes: string[]): string {
		let view = path;
		for (let n = 2; this.names.has(view.toLowerCase()) || STORED.test(view); n++) view = `${path}~${n}`;
		this.names.add(view.toLowerCase());
		if (view !== path) notes.push(`its view is named '${view}', because its path is a name of another table or view, or differs from one only in case`);
		return view;
	}

	private failFile(path: string, message: string): void {
		this.reader = null;
		this.sibling = null;
		const entry = this.entries.get(path);
		this.collector.addRow("rejects", { source: path, reason: message, raw: "" });
		this.progress.rejects++;
		this.progress.rejectFiles++;
		this.writeSource(path, entry?.bytes ?? 0, null, entry?.modified_at ?? null, { format: null, state: "failed", account: null, rejects: [{ line: null, byteOffset: null, reason: message, raw: "" }], notes: [message] }, 0);
	}

	private writeSource(path: string, bytes: number, sha256: string | null, modifiedAt: string | null, result: Pick<FileResult, "format" | "state" | "account" | "rejects" | "notes">, rows: number): void {
		const account: Partial<Record<keyof LineAccount, Value>> = result.account ?? {};
		this.collector.addRow("sources", {
			...account,
			path,
			format: result.format,
			bytes,
			sha256,
			modified_at: modifiedAt === null ? null : timeOf(modifiedAt),
			rejects: result.account?.rejects ?? result.rejects.length,
			rows,
			state: result.state,
			note: result.notes.length > 0 ? result.notes.join("; ") : null,
		});
		this.progress.filesDone++;
	}

	private async tick(last: boolean): Promise<void> {
		const now = performance.now();
		if (last || this.collector.full || now - this.lastFlush > FLUSH_MS) {
			if (this.infos.length > 0) {
				const { infos } = this;
				this.infos = [];
				await this.emit({ type: "sources", infos });
			}
			await this.collector.flush();
			if (this.views.length > 0) {
				const { views } = this;
				this.views = [];
				await this.emit({ type: "views", views });
			}
			this.lastFlush = performance.now();
		}
		if (last || now - this.lastProgress > PROGRESS_MS) {
			this.lastProgress = now;
			await this.emit({ type: "progress", progress: { ...this.progress } });
		}
	}
}
