import type { Engine } from "@/lib/engine/engine";
import type { LoadEvent, LoadProgress } from "@/lib/load/events";
import { loadInWorker } from "@/lib/load/load-in-worker";
import { Loader } from "@/lib/load/loader";
import { readLines, type SourceInfo, type SourceText } from "@/lib/load/source-text";
import type { ReadFrom } from "@/lib/load/worker-protocol";
import { CasebookError, type Failure, failureOf } from "@/lib/model";
import type { Workspace } from "@/lib/workspace/client";
import { engineUrls, parseWorkerUrl } from "./asset-urls";
import { mayRead, workspaceOf } from "./workspace-of";

/** when pages first ask again while tables fill, and how much rarer each next time is: their questions cost the load its engine */
const FIRST_BUMP_MS = 1000;
const BUMP_GROWTH = 2;
const MAX_BUMP_MS = 8000;

export interface SessionListener {
	/** an engine is open and its tables are there, empty */
	opened(engine: Engine): void;
	named(name: string): void;
	progress(progress: LoadProgress): void;
	/** tables have grown */
	grew(): void;
	ended(outcome: { phase: "ready"; stale: number } | { phase: "cancelled" } | { phase: "failed"; failure: Failure }): void;
	lost(reason: string): void;
}

/** One engine with one loaded workspace. When the engine dies, a new session is made: everything here can be made again from the sources. */
export class WorkspaceSession {
	readonly workspace: Workspace;
	private readonly infos = new Map<string, SourceInfo>();
	private readonly stop = new AbortController();
	private engine: Engine | null = null;
	private closed = false;
	private lastBump = 0;
	private bumpAfter = FIRST_BUMP_MS;

	constructor(
		private readonly from: ReadFrom,
		private readonly listener: SessionListener,
	) {
		this.workspace = workspaceOf(from);
	}

	async start(): Promise<void> {
		try {
			await mayRead(this.from);
			if (this.closed) return;
			// The first files are read while the engine still opens; their rows wait for its tables.
			const loader = this.open();
			loader.catch(() => undefined);
			const reading = loadInWorker(await parseWorkerUrl(), this.from, (event) => this.take(loader, event), this.stop.signal);
			// Both are waited for below. Where the engine does not open, that is what the person hears of, not that the reader was stopped.
			reading.catch(() => undefined);
			await loader;
			const { stale } = await reading;
			if (!this.closed) this.listener.ended({ phase: "ready", stale });
		} catch (error) {
			this.stop.abort();
			const failure = failureOf(error);
			if (this.closed || failure.kind === "engine-lost") {
				if (!this.closed && this.engine === null) this.listener.ended({ phase: "failed", failure });
				return;
			}
			this.listener.ended(failure.kind === "cancelled" ? { phase: "cancelled" } : { phase: "failed", failure });
		}
	}

	/** Opens the engine and makes its tables, empty. Rejects where the engine cannot start, or is wanted no more. */
	private async open(): Promise<Loader> {
		// The engine's library is half of all JavaScript, and the first page is drawn without it.
		const [{ openEngine }, urls] = await Promise.all([import("@/lib/engine/open"), engineUrls()]);
		const engine = await openEngine(urls);
		if (this.closed) {
			await engine.close();
			throw new CasebookError({ kind: "cancelled", message: "The workspace was closed." });
		}
		this.engine = engine;
		engine.onLost((reason) => {
			if (this.closed) return;
			this.stop.abort();
			this.listener.lost(reason);
		});
		const loader = await Loader.prepare(engine);
		this.lastBump = performance.now();
		if (!this.closed) this.listener.opened(engine);
		return loader;
	}

	/** Stops loading; what was read stays. While the engine still opens there is nothing to keep, and the page is free at once. */
	cancel(): void {
		if (this.engine !== null) this.stop.abort();
		else {
			this.close();
			this.listener.ended({ phase: "cancelled" });
		}
	}

	close(): void {
		this.closed = true;
		this.stop.abort();
		void this.engine?.close();
	}

	lines(path: string, from: number, count: number, signal?: AbortSignal): Promise<SourceText> {
		const info = this.infos.get(path);
		if (!info) return Promise.reject(new CasebookError({ kind: "source", path, message: `${path} is not loaded. The Sources page lists what is.` }));
		return readLines(this.workspace, info, from, count, signal);
	}

	info(path: string): SourceInfo | undefined {
		return this.infos.get(path);
	}

	private async take(opening: Promise<Loader>, event: LoadEvent): Promise<ArrayBuffer | null> {
		// Another workspace, or the same one anew, has the page by now.
		if (this.closed) return null;
		switch (event.type) {
			case "manifest":
				this.listener.named(event.name);
				break;
			case "sources":
				for (const info of event.infos) this.infos.set(info.path, info);
				break;
			case "progress":
				this.listener.progress(event.progress);
				break;
			case "rows":
			case "forget":
			case "views": {
				const loader = await opening;
				const memory = await loader.take(event);
				const now = performance.now();
				if (now - this.lastBump > this.bumpAfter) {
					this.lastBump = now;
					this.bumpAfter = Math.min(MAX_BUMP_MS, this.bumpAfter * BUMP_GROWTH);
					this.listener.grew();
				}
				return memory;
			}
		}
		return null;
	}
}
