import { type Batch, rowsOf, type RowInput, type Value } from "@/lib/model";

/** A file of the workspace, as checksum lists can name it. */
export interface CheckedFile {
	path: string;
	/** null where its bytes were not read */
	sha256: string | null;
}

export type ChecksumState = "match" | "differs" | "missing" | "itself";

/** What an entry of a checksum list came to; `state` is null where the file is there but was not read. */
export interface Checked {
	state: ChecksumState | null;
	found: string | null;
	foundSha256: string | null;
}

/** Entries of checksum lists, held until every file was read, since only then their hashes are known. */
export class Checksums {
	private readonly entries: { [column: string]: Value }[] = [];

	static takes(batch: Batch): boolean {
		return batch.table === "checksums";
	}

	add(batch: Batch): void {
		for (const row of rowsOf(batch)) this.entries.push(row);
	}

	/**
	 * The rows of the table `checksums`.
	 *
	 * @param files all of the workspace, left out ones too (a folder that is left out ends with `/`)
	 * @param bundleOf the evidence bundle of a path, or null
	 */
	*check(files: readonly CheckedFile[], bundleOf: (path: string) => string | null): Generator<RowInput> {
		const finder = new FileFinder(files);
		for (const entry of this.entries) {
			const list = String(entry.source);
			const { state, found, foundSha256 } = finder.check(list, String(entry.path), String(entry.sha256));
			yield { ...entry, bundle: bundleOf(list), state, found, found_sha256: foundSha256 };
		}
		this.entries.length = 0;
	}
}

/** Finds the files that checksum lists name. */
export class FileFinder {
	private readonly byPath = new Map<string, CheckedFile>();
	private readonly byName = new Map<string, CheckedFile[]>();
	private readonly leftOut: string[] = [];

	constructor(files: readonly CheckedFile[]) {
		for (const file of files) {
			if (file.path.endsWith("/")) {
				this.leftOut.push(file.path);
				continue;
			}
			this.byPath.set(file.path, file);
			const name = nameOf(file.path);
			const list = this.byName.get(name);
			if (list) list.push(file);
			else this.byName.set(name, [file]);
		}
	}

	/**
	 * What one entry came to. A list that names itself cannot match, since its own bytes hold the hash; that is no fault.
	 *
	 * @param list path of the checksum list
	 * @param written the path as the list writes it
	 */
	check(list: string, written: string, sha256: string): Checked {
		const found = this.find(list, written, sha256);
		if (found === null) {
			const inside = [resolved(folderOf(list), written), resolved("", written)].find((path) => path !== null && this.leftOut.some((folder) => path.startsWith(folder)));
			return inside ? { state: null, found: inside, foundSha256: null } : { state: "missing", found: null, foundSha256: null };
		}
		if (found.path === list) return { state: "itself", found: list, foundSha256: found.sha256 };
		if (found.sha256 === null) return { state: null, found: found.path, foundSha256: null };
		return { state: found.sha256 === sha256 ? "match" : "differs", found: found.path, foundSha256: found.sha256 };
	}

	/**
	 * A path is looked for from the list's folder, then from the workspace, then by the longest tail that it has in common
	 * with a file of the workspace: lists write paths from the top of a repository, or of another machine.
	 */
	private find(list: string, written: string, sha256: string): CheckedFile | null {
		const here = resolved(folderOf(list), written);
		const top = resolved("", written);
		const direct = (here === null ? undefined : this.byPath.get(here)) ?? (top === null ? undefined : this.byPath.get(top));
		if (direct) return direct;
		const wanted = partsOf(written);
		// A bare name says nothing about a file elsewhere.
		if (wanted.length < 2) return null;
		let best: { file: CheckedFile; rank: readonly number[] } | null = null;
		for (const file of this.byName.get(wanted.at(-1)!) ?? []) {
			const parts = file.path.split("/");
			const common = commonTail(wanted, parts);
			const matches = file.sha256 === sha256;
			// One common part is no more than a bare name, unless the file lies beside the list and its bytes are those.
			if (common < 2 && common < wanted.length && !(matches && folderOf(file.path) === folderOf(list))) continue;
			const rank = [common, matches ? 1 : 0, commonHead(list.split("/"), parts)];
			if (best === null || isHigher(rank, best.rank)) best = { file, rank };
		}
		return best?.file ?? null;
	}
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
	const at = a.findIndex((value, i) => value !== b[i]);
	return at >= 0 && a[at]! > b[at]!;
}

/** A relative path from a folder, without `.` and `..`; null for one that is absolute or leads out of the workspace. */
function resolved(folder: string, written: string): string | null {
	if (/^([/\\~]|[A-Za-z]:)/.test(written)) return null;
	const parts = folder === "" ? [] : folder.split("/");
	for (const part of written.replaceAll("\\", "/").split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === undefined) return null;
	}
	return parts.join("/");
}

function partsOf(written: string): string[] {
	return written.replaceAll("\\", "/").split("/").filter((part) => part !== "" && part !== "." && part !== "..");
}

function commonTail(a: readonly string[], b: readonly string[]): number {
	let count = 0;
	while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
	return count;
}

function commonHead(a: readonly string[], b: readonly string[]): number {
	let count = 0;
	while (count < a.length && count < b.length && a[count] === b[count]) count++;
	return count;
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
