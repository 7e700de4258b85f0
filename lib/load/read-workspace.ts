import { timeOf } from "@/lib/formats/times";
import { type Batch, CasebookError, joinBytes, type LineAccount, type Reject, type Value } from "@/lib/model";
import { RESERVED_NAMES } from "@/lib/tables/fields";
import { OPEN_TABLES } from "@/lib/tables/open-fields";
import { planBatches } from "@/lib/workspace/batches";
import type { FileEntry, StreamEvent, Workspace } from "@/lib/workspace/types";
import { Bundles } from "./bundles";
import { Checksums } from "./checksums";
import { Collector } from "./collect";
import { RawCompare } from "./compare";
import { ProbeRules, RULES_FILE } from "./compare-rules";
import type { Emit, LoadProgress, SourceView } from "./events";
import { RunJudge } from "./judge-runs";
import { FileReader, type FileResult } from "./read-file";
import { MAX_SIBLING_BYTES, RunContexts } from "./run-context";
import { SameComparisons } from "./same-comparison";
import type { SourceInfo } from "./source-text";

/** how soon tables are filled while loading, so that pages fill too, and how much rarer each next time is: many small inserts cost more than few */
const FLUSH_MS = 400;
const FLUSH_GROWTH = 1.5;
const MAX_FLUSH_MS = 3000;
const PROGRESS_MS = 100;
/** Reading a file twice is enough, unless it changes in between. */
const MAX_READINGS = 4;
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
	const reading = new Reading(workspace, served, emit, signal);
	for (const file of manifest.files) if (file.state === "left out" || isLink(file)) reading.leftOut(file);
	try {
		for (const batch of planBatches(served)) {
			for await (const event of workspace.stream(batch, signal)) await reading.take(event);
		}
	} catch (error) {
		// What was read before a cancel is judged and kept, but not half a file.
		if (signal?.aborted) {
			await reading.abandon();
			await reading.finish();
		}
		throw error;
	}
	await reading.finish();
	if (signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Loading was cancelled." });
}

/** Rows that can be stored before the file's end: none that a run is judged from, or that belong to a report. */
function isFinal(batch: Batch): boolean {
	return !RunJudge.takes(batch) && !Checksums.takes(batch) && batch.table !== "json";
}

class Reading {
	private readonly collector: Collector;
	private readonly contexts = new RunContexts();
	private readonly judge = new RunJudge();
	private readonly raw = new RawCompare();
	private readonly rules = new ProbeRules();
	/** what is only known to be wrong with the rules when every file was read */
	private readonly lateRejects: Reject[] = [];
	/** writes the source of the rules, which waits for that */
	private writeRules: (() => void) | null = null;
	private readonly bundles = new Bundles();
	private readonly checksums = new Checksums();
	private readonly names = new Set(RESERVED_NAMES);
	private readonly entries: Map<string, FileEntry>;
	private readonly progress: LoadProgress;
	private views: SourceView[] = [];
	private infos: SourceInfo[] = [];
	private reader: FileReader | null = null;
	/** a reader of the file whose bytes come next, when it is read once more */
	private again: FileReader | null = null;
	/** times that the file under way was read, and what it was the first time */
	private readings = 1;
	private firstSha: string | null = null;
	/** rows of the file under way */
	private rows = 0;
	private view: string | null = null;
	private sibling: Uint8Array[] | null = null;
	private lastFlush = performance.now();
	private flushAfter = FLUSH_MS;
	private lastProgress = 0;

	constructor(
		private readonly workspace: Workspace,
		served: readonly FileEntry[],
		private readonly emit: Emit,
		private readonly signal: AbortSignal | undefined,
	) {
		this.collector = new Collector(emit);
		this.entries = new Map(served.map((file) => [file.path, file]));
		this.progress = { filesDone: 0, filesTotal: served.length, bytesDone: 0, bytesTotal: served.reduce((sum, file) => sum + file.bytes, 0), records: 0, rejects: 0, rejectFiles: 0, current: null };
	}

	leftOut(file: FileEntry): void {
		this.bundles.add({ path: file.path, format: null, bytes: file.bytes, sha256: null, modifiedAt: file.modified_at, lines: null });
		this.collector.addRow("sources", { path: file.path, bytes: file.bytes, modified_at: timeOf(file.modified_at), rejects: 0, rows: 0, state: "left out", note: file.note });
	}

	async take(event: StreamEvent): Promise<void> {
		switch (event.type) {
			case "start":
				this.reader = this.again ?? new FileReader(event.path);
				this.again = null;
				this.view = null;
				this.rows = 0;
				this.collector.beginFile();
				this.sibling = (RunContexts.isSibling(event.path) || event.path === RULES_FILE) && event.bytes <= MAX_SIBLING_BYTES ? [] : null;
				this.progress.current = event.path;
				break;
			case "data":
				this.reader?.push(event.chunk);
				// Rows of a large file are handed on while it is read.
				for (const batch of this.reader?.takeBatches(isFinal) ?? []) this.keep(batch);
				this.sibling?.push(event.chunk.slice());
				this.progress.bytesDone += event.chunk.length;
				if (this.reader?.isDone) event.release?.();
				break;
			case "end":
				await this.endFile(event);
				break;
			case "error":
				// A file that was refused before its first byte has no rows; those of the file before it stay.
				if (this.reader !== null) await this.forget(event.path);
				this.failFile(event.path, event.message);
		}
		await this.tick(false);
		if (this.signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Loading was cancelled." });
	}

	/** Takes back the rows of a file that was not read to its end. */
	async abandon(): Promise<void> {
		const path = this.progress.current;
		if (this.reader !== null && path !== null) await this.forget(path);
		this.reader = null;
	}

	async finish(): Promise<void> {
		for (const bundle of this.bundles.find()) this.collector.addRow("bundles", bundle);
		const bundleOf = (path: string) => this.bundles.of(path);
		for (const entry of this.checksums.check(this.bundles.files, bundleOf)) this.collector.addRow("checksums", entry);
		const same = new SameComparisons((folder) => this.judge.reportsIn(folder));
		await this.raw.compare({
			same,
			contexts: this.contexts,
			collector: this.collector,
			bundleOf,
			rules: this.rules,
			workspace: this.workspace,
			modifiedAt: (path) => this.entries.get(path)?.modified_at ?? null,
			bytesOf: (path) => this.entries.get(path)?.bytes ?? 0,
			recordedIn: (folder) => this.judge.factorsIn(folder),
			timesIn: (folder) => this.judge.timesIn(folder),
			paths: [...this.entries.keys()],
			onPairProblem: (rule, words) => this.lateRejects.push(this.rules.pairProblem(rule, words)),
			signal: this.signal,
			breathe: () => this.tick(false),
		});
		this.judge.judge(this.contexts, this.collector, bundleOf, this.rules, same);
		this.lateRejects.push(...this.rules.collisions());
		this.writeRules?.();
		this.progress.current = null;
		await this.tick(true);
		await this.collector.settle();
	}

	private async endFile(event: Extract<StreamEvent, { type: "end" }>): Promise<void> {
		const { reader } = this;
		if (!reader) return;
		this.reader = null;
		const entry = this.entries.get(event.path);
		let result: FileResult;
		try {
			result = await reader.finish();
		} catch (error) {
			await this.forget(event.path);
			this.failFile(event.path, `The reader stopped: ${error instanceof Error ? error.message : String(error)}`);
			return;
		}
		if (result.again !== null) {
			await this.readAgain(event, result.again);
			return;
		}
		if (result.isVoid) await this.forget(event.path);
		if (this.firstSha !== null && this.firstSha !== event.sha256) result.notes.push("the file changed between two readings of it; reload to see it whole");
		if (this.sibling) {
			const text = new TextDecoder().decode(joinBytes(this.sibling));
			this.sibling = null;
			if (event.path === RULES_FILE) this.readRules(text, result);
			else {
				this.contexts.add(event.path, text);
				this.bundles.addText(event.path, text);
			}
		}
		const rows = this.store(event.path, entry?.modified_at ?? null, result);
		if (event.changed) result.notes.push("the file changed while it was read; reload to see it whole");
		const write = () => this.addSource(event.path, event.bytes, event.sha256, entry?.modified_at ?? null, result, rows);
		this.fileDone(event.path, event.bytes, event.sha256, entry?.modified_at ?? null, result);
		if (event.path === RULES_FILE) {
			this.writeRules = () => {
				for (const reject of this.lateRejects) this.addReject(RULES_FILE, reject);
				if (this.lateRejects.length > 0) {
					if (result.rejects.length === 0) this.progress.rejectFiles++;
					this.progress.rejects += this.lateRejects.length;
					result.rejects.push(...this.lateRejects);
					if (result.state === "ready") result.state = "partial";
				}
				write();
			};
		} else write();
		this.infos.push({ path: event.path, bytes: event.bytes, sha256: event.sha256, loadedAt: new Date().toISOString(), index: result.text ? result.index : null, encoding: result.encoding, text: result.text, gzip: result.gzip });
	}

	/** A person's rules on probes; what is wrong with them is a reject of their file. One that is no JSON is a reject already. */
	private readRules(text: string, result: FileResult): void {
		const problems = this.rules.read(text);
		if (problems.length === 0) return;
		if (result.rejects.length > 0) {
			result.notes.push("it is not JSON, so no probe is merged, split or renamed by it");
			return;
		}
		result.rejects.push(...problems);
		if (result.state === "ready") result.state = "partial";
	}

	private addReject(source: string, reject: Reject): void {
		this.collector.addRow("rejects", { source, line: reject.line, byte_offset: reject.byteOffset, reason: reject.reason, raw: reject.raw });
	}

	/** Rows to their tables. Returns how many they were. */
	private store(path: string, modifiedAt: string | null, result: FileResult): number {
		const recorded = result.batches.filter(RunJudge.takes);
		const isReport = RunJudge.isReport(recorded);
		this.judge.add(path, modifiedAt, result.format, recorded);
		for (const batch of result.batches) {
			if (batch.table === "json") this.raw.take(path, batch);
			// A report's rows are its cases; its document would be a table of its own shape for nearly every file.
			if (isReport && batch.table === "json") continue;
			if (Checksums.takes(batch)) this.checksums.add(batch);
			if (RunJudge.takes(batch) || Checksums.takes(batch)) this.rows += batch.numRows;
			else this.keep(batch);
		}
		const { view, rows } = this;
		this.rows = 0;
		for (const reject of result.rejects) this.addReject(path, reject);
		if (view !== null) this.views.push({ path, view: this.nameView(path, result.notes), table: view });
		this.progress.rejects += result.rejects.length;
		if (result.rejects.length > 0) this.progress.rejectFiles++;
		this.progress.records += rows;
		return rows;
	}

	private keep(batch: Batch): void {
		// Before the collector: it may give the batch's memory back.
		if (batch.table !== "json" && this.progress.current !== null) this.raw.take(this.progress.current, batch);
		const table = this.collector.add(batch);
		this.rows += batch.numRows;
		if (VIEWED.has(batch.table)) this.view ??= table;
	}

	/** Takes back what the file under way has given so far. */
	private async forget(path: string): Promise<void> {
		await this.collector.forget(path);
		this.raw.forget(path);
		this.rows = 0;
		this.view = null;
	}

	/** Reads a file once more, whose rows so far were wrong. Only one that changes all the time needs it twice. */
	private async readAgain(event: Extract<StreamEvent, { type: "end" }>, again: FileReader): Promise<void> {
		await this.forget(event.path);
		this.firstSha ??= event.sha256;
		if (this.readings++ === MAX_READINGS) {
			this.failFile(event.path, `The file changed each of the ${MAX_READINGS} times that it was read. Reload when it has come to rest.`);
			return;
		}
		this.again = again;
		this.progress.bytesTotal += event.bytes;
		for await (const next of this.workspace.stream([event.path], this.signal)) await this.take(next);
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
		this.again = null;
		this.sibling = null;
		const entry = this.entries.get(path);
		this.collector.addRow("rejects", { source: path, reason: message, raw: "" });
		this.progress.rejects++;
		this.progress.rejectFiles++;
		this.writeSource(path, entry?.bytes ?? 0, null, entry?.modified_at ?? null, { format: null, state: "failed", account: null, rejects: [{ line: null, byteOffset: null, reason: message, raw: "" }], notes: [message] }, 0);
	}

	private writeSource(path: string, bytes: number, sha256: string | null, modifiedAt: string | null, result: Pick<FileResult, "format" | "state" | "account" | "rejects" | "notes">, rows: number): void {
		this.addSource(path, bytes, sha256, modifiedAt, result, rows);
		this.fileDone(path, bytes, sha256, modifiedAt, result);
	}

	private addSource(path: string, bytes: number, sha256: string | null, modifiedAt: string | null, result: Pick<FileResult, "format" | "state" | "account" | "rejects" | "notes">, rows: number): void {
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
	}

	private fileDone(path: string, bytes: number, sha256: string | null, modifiedAt: string | null, result: Pick<FileResult, "format" | "account">): void {
		this.bundles.add({ path, format: result.format, bytes, sha256, modifiedAt, lines: result.account?.lines ?? null });
		this.progress.filesDone++;
		this.readings = 1;
		this.firstSha = null;
	}

	private async tick(last: boolean): Promise<void> {
		const now = performance.now();
		if (last || this.collector.full || now - this.lastFlush > this.flushAfter) {
			if (this.infos.length > 0) {
				const { infos } = this;
				this.infos = [];
				await this.emit({ type: "sources", infos });
			}
			await this.collector.flush(this.reader !== null);
			if (this.views.length > 0 || last) {
				const { views } = this;
				this.views = [];
				await this.emit({ type: "views", views });
			}
			this.lastFlush = performance.now();
			this.flushAfter = Math.min(MAX_FLUSH_MS, this.flushAfter * FLUSH_GROWTH);
		}
		if (last || now - this.lastProgress > PROGRESS_MS) {
			this.lastProgress = now;
			await this.emit({ type: "progress", progress: { ...this.progress } });
		}
	}
}
