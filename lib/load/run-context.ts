import { timeOf } from "@/lib/formats/times";
import type { RanAtFrom } from "@/lib/model";
import { timeFromPath } from "@/lib/parity/identity";
import { FACT_FILES, factsOf } from "./run-facts";

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
		return FACT_FILES.includes(path.slice(path.lastIndexOf("/") + 1));
	}

	/** Remembers a sibling's content. */
	add(path: string, text: string): void {
		const file = path.slice(path.lastIndexOf("/") + 1);
		const { ranAt, commit } = factsOf(file, text);
		const folder = folderOf(path);
		const list = this.folders.get(folder) ?? [];
		list.push({ ranAt, commit, file });
		list.sort((a, b) => FACT_FILES.indexOf(a.file) - FACT_FILES.indexOf(b.file));
		this.folders.set(folder, list);
	}

	/**
	 * When a report's run was and on which commit: from its content, else from a sibling, else from a folder's or
	 * the file's name, else the file's own time. Content that contradicts the name by over a day is said.
	 *
	 * @param bundle the evidence bundle that it lies in, whose files speak where those beside it do not
	 */
	resolve(path: string, ranAt: bigint | null, commit: string | null, modifiedAt: string | null, bundle: string | null = null): { ranAt: bigint | null; from: RanAtFrom | null; commit: string | null; note: string | null } {
		const folder = folderOf(path);
		const around = bundle === "." ? "" : bundle;
		const siblings = [...(this.folders.get(folder) ?? []), ...(around === null || around === folder ? [] : (this.folders.get(around) ?? []))];
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
