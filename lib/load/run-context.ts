import { timeOf } from "@/lib/formats/times";
import type { RanAtFrom } from "@/lib/model";
import { timeFromPath } from "@/lib/parity/identity";

/** Files that say of the run in their folder when it was and on which commit. Best first. */
const SIBLINGS = ["run_metadata.json", "env.json", "trace_env.json", "git_sha.txt"];
const TIME_KEYS = ["timestamp", "timestamp_utc", "timestamp_iso", "ran_at", "date"];
const COMMIT_KEYS = ["git_commit", "git_sha", "git_head", "commit_sha", "commit", "git_short_sha"];
export const MAX_SIBLING_BYTES = 1024 * 1024;
const DAY = 86_400_000_000_000n;

interface Context {
	ranAt: bigint | null;
	commit: string | null;
	file: string;
}

/** What the files beside a report say of its run. */
export class RunContexts {
	private readonly folders = new Map<string, Context[]>();

	static isSibling(path: string): boolean {
		return SIBLINGS.includes(path.slice(path.lastIndexOf("/") + 1));
	}

	/** Remembers a sibling's content. Text that is not what its name promises says nothing. */
	add(path: string, text: string): void {
		const file = path.slice(path.lastIndexOf("/") + 1);
		const context: Context = { ranAt: null, commit: null, file };
		if (file === "git_sha.txt") {
			context.commit = /^[0-9a-f]{7,40}(?=\s|$)/i.exec(text.trim())?.[0] ?? null;
		} else {
			let value: unknown;
			try {
				value = JSON.parse(text);
			} catch {
				return;
			}
			if (typeof value !== "object" || value === null) return;
			const field = (keys: readonly string[]) => keys.map((key) => (value as Record<string, unknown>)[key]).find((item) => typeof item === "string" && item !== "") as string | undefined;
			const time = field(TIME_KEYS);
			context.ranAt = time === undefined ? null : timeOf(time);
			context.commit = field(COMMIT_KEYS) ?? null;
		}
		const folder = folderOf(path);
		const list = this.folders.get(folder) ?? [];
		list.push(context);
		list.sort((a, b) => SIBLINGS.indexOf(a.file) - SIBLINGS.indexOf(b.file));
		this.folders.set(folder, list);
	}

	/**
	 * When a report's run was and on which commit: from its content, else from a sibling, else from a folder's or
	 * the file's name, else the file's own time. Content that contradicts the name by over a day is said.
	 */
	resolve(path: string, ranAt: bigint | null, commit: string | null, modifiedAt: string | null): { ranAt: bigint | null; from: RanAtFrom | null; commit: string | null; note: string | null } {
		const siblings = this.folders.get(folderOf(path)) ?? [];
		const named = timeFromPath(path);
		const beside = siblings.find((sibling) => sibling.ranAt !== null)?.ranAt ?? null;
		const sure = ranAt ?? beside;
		const contradiction = sure !== null && named !== null && (sure > named ? sure - named : named - sure) > DAY;
		const resolvedCommit = commit ?? siblings.find((sibling) => sibling.commit !== null)?.commit ?? null;
		const note = contradiction ? "the path names another date than the content; the content counts" : null;
		if (ranAt !== null) return { ranAt, from: "content", commit: resolvedCommit, note };
		if (beside !== null) return { ranAt: beside, from: "sibling", commit: resolvedCommit, note };
		if (named !== null) return { ranAt: named, from: "folder", commit: resolvedCommit, note };
		const file = modifiedAt === null ? null : timeOf(modifiedAt);
		return { ranAt: file, from: file === null ? null : "file", commit: resolvedCommit, note: file === null ? null : "the time is the file's own" };
	}
}

function folderOf(path: string): string {
	const at = path.lastIndexOf("/");
	return at === -1 ? "" : path.slice(0, at);
}
