import { type Failure, failureOf } from "@/lib/model";

/** Lines a request asks for. The index that leads to them has an entry every 256 lines, so that a request reads no more than it shows. */
export const CHUNK = 256;
/** Chunks that are kept; the ones used longest ago go first. */
const KEEP = 48;

export interface FetchedLines {
	first: number;
	lines: string[];
	total: number;
	changed: boolean;
	encoding: string;
}

export type FetchLines = (from: number, count: number, signal: AbortSignal) => Promise<FetchedLines>;

/** What is known of the file as a whole. A new object whenever something changed. */
export interface CacheState {
	/** lines of the file; null before the first answer */
	total: number | null;
	changed: boolean;
	encoding: string | null;
	failure: Failure | null;
}

/** Lines of one source as they are needed: fetched in chunks, kept a while, no longer fetched once they are out of view. */
export class LineCache {
	private readonly chunks = new Map<number, readonly string[]>();
	private readonly running = new Map<number, AbortController>();
	private readonly listeners = new Set<() => void>();
	private state: CacheState = { total: null, changed: false, encoding: null, failure: null };

	constructor(private readonly fetch: FetchLines) {}

	readonly snapshot = (): CacheState => this.state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	};

	/** A line (from 1) that is at hand. */
	get(line: number): string | undefined {
		const chunk = Math.floor((line - 1) / CHUNK);
		return this.chunks.get(chunk)?.[line - 1 - chunk * CHUNK];
	}

	/** Fetches what is missing of lines [from, to] and gives up on what is elsewhere. */
	want(from: number, to: number): void {
		const low = Math.floor((Math.max(1, from) - 1) / CHUNK);
		const high = Math.max(low, Math.floor((Math.max(1, to) - 1) / CHUNK));
		for (const [chunk, abort] of this.running) {
			if (chunk >= low && chunk <= high) continue;
			abort.abort();
			this.running.delete(chunk);
		}
		for (let chunk = low; chunk <= high; chunk++) {
			const lines = this.chunks.get(chunk);
			if (lines !== undefined) {
				this.chunks.delete(chunk);
				this.chunks.set(chunk, lines);
			} else if (!this.running.has(chunk) && (this.state.total === null || chunk * CHUNK < this.state.total)) void this.load(chunk);
		}
	}

	/** Stops everything that is under way. */
	stop(): void {
		for (const abort of this.running.values()) abort.abort();
		this.running.clear();
	}

	/** Forgets a failure, so that the same lines are asked for again. */
	retry(): void {
		this.put({ failure: null });
	}

	private async load(chunk: number): Promise<void> {
		const abort = new AbortController();
		this.running.set(chunk, abort);
		try {
			const answer = await this.fetch(chunk * CHUNK + 1, CHUNK, abort.signal);
			if (abort.signal.aborted) return;
			// A source shorter than asked for answers with its last lines; only what was asked for is kept.
			if (answer.first === chunk * CHUNK + 1) this.chunks.set(chunk, answer.lines);
			for (const old of this.chunks.keys()) {
				if (this.chunks.size <= KEEP) break;
				this.chunks.delete(old);
			}
			this.put({ total: answer.total, changed: this.state.changed || answer.changed, encoding: answer.encoding, failure: null });
		} catch (error) {
			const failure = failureOf(error);
			if (!abort.signal.aborted && failure.kind !== "cancelled") this.put({ failure });
		} finally {
			if (this.running.get(chunk) === abort) this.running.delete(chunk);
		}
	}

	private put(patch: Partial<CacheState>): void {
		this.state = { ...this.state, ...patch };
		for (const listener of this.listeners) listener();
	}
}
