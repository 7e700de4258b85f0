import { createHash } from "node:crypto";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import { CasebookError } from "@/lib/model";
import { ESCAPED_NAME, isHalfWritten, isoTime, leftOutByName, Listing, MAX_DEPTH, MAX_FILE_BYTES, MAX_IGNORE_FILE_BYTES, TOO_DEEP, TOO_LARGE } from "./listing";
import { joined, kindOf, type Look, look, printablePath } from "./look";
import { printableName } from "./names";
import { errorCode, isInside, probe, readSmallFile } from "./open";
import { type IgnoreFile, Includes, parseIgnoreFile } from "./rules";
import type { FileEntry, Manifest } from "./types";

/** File system calls under way at once. */
const CONCURRENCY = 64;

/** Where a served file is, for `open.ts`. Names are bytes, as the file system has them. */
export interface Located {
	absolute: Buffer;
	/** the manifest lists a symbolic link whose target stays inside */
	link: boolean;
	bytes: number;
	mtimeNs: bigint;
}

/** A walk's outcome: the manifest, and the way from a manifest path to its file. */
export interface Snapshot {
	/** real path of the folder */
	root: Buffer;
	manifest: Manifest;
	files: ReadonlyMap<string, Located>;
}

export interface WalkOptions {
	/** globs of what is brought back, written as lines of a `.gitignore` are */
	include?: readonly string[];
	now?: () => Date;
}

interface Folder {
	absolute: Buffer;
	/** manifest path: `""` or ending with `/` */
	path: string;
	/** the same with the file's own characters, for matching rules */
	raw: string;
	depth: number;
	ignores: readonly IgnoreFile[];
	/** the folder is left out; only what is included is looked for */
	onlyIncluded: boolean;
}

interface Link {
	entry: FileEntry;
	absolute: Buffer;
	included: boolean;
}

const OUTSIDE_KINDS = "only regular files are served";

/**
 * Lists a folder. Nothing is read but `.gitignore` files; symbolic links are not followed into folders.
 * Throws CasebookError when `root` is no folder or cannot be read.
 */
export async function walk(root: string, options: WalkOptions = {}): Promise<Snapshot> {
	const real = await realRoot(root);
	const walker = new Walker(real, new Includes(options.include ?? []));
	await walker.folder({ absolute: real, path: "", raw: "", depth: 0, ignores: [], onlyIncluded: false });
	await walker.resolveLinks();
	const files = walker.listing.sorted();
	const hash = createHash("sha256");
	for (const file of files) hash.update(`${file.path}\0${file.bytes}\0${walker.files.get(file.path)?.mtimeNs ?? file.modified_at}\0${file.state}\n`);
	const manifest: Manifest = {
		name: printableName(Buffer.from(basename(root))).text || "workspace",
		files,
		generated_at: (options.now?.() ?? new Date()).toISOString(),
		version: hash.digest("hex").slice(0, 32),
	};
	return { root: real, manifest, files: walker.files };
}

async function realRoot(root: string): Promise<Buffer> {
	try {
		const real = await realpath(root, "buffer");
		if ((await stat(real)).isDirectory()) return real;
	} catch (cause) {
		throw new CasebookError({ kind: "source", path: root, message: `${root}: the folder cannot be read (${errorCode(cause)}).` }, cause);
	}
	throw new CasebookError({ kind: "source", path: root, message: `${root} is a file. Name the folder that holds it.` });
}

class Walker {
	readonly listing = new Listing();
	readonly files = new Map<string, Located>();
	private readonly links: Link[] = [];
	/** real path of a served file (as latin1, which keeps every byte) */
	private readonly servedReal = new Set<string>();

	constructor(
		private readonly root: Buffer,
		private readonly includes: Includes,
	) {}

	/** Lists what is in a folder; returns how many of its files are served. */
	async folder(folder: Folder): Promise<number> {
		let names: Buffer[];
		try {
			names = await readdir(folder.absolute, "buffer");
		} catch (error) {
			if (folder.depth === 0) throw new CasebookError({ kind: "source", path: folder.path, message: `The folder cannot be read (${errorCode(error)}).` }, error);
			this.leaveOut(folder.path, 0, 0, `the folder cannot be read (${errorCode(error)})`);
			return 0;
		}
		names.sort(Buffer.compare);
		const ignores = await this.ignoresOf(folder, names);
		let served = 0;
		for (let i = 0; i < names.length; i += CONCURRENCY) {
			const slice = names.slice(i, i + CONCURRENCY);
			const looks = await Promise.all(slice.map((name) => look(joined(folder.absolute, name))));
			for (const [j, name] of slice.entries()) {
				if (this.listing.full) {
					this.listing.stopAt(folder.path, "start Casebook on a smaller folder");
					return served;
				}
				served += await this.entry({ ...folder, ignores }, name, looks[j]!);
			}
		}
		return served;
	}

	/** Links are looked at last: what they point to must itself be served. */
	async resolveLinks(): Promise<void> {
		for (const { entry, absolute, included } of this.links) {
			const outcome = await this.target(absolute);
			if (typeof outcome === "string") {
				entry.note = outcome;
				continue;
			}
			const { target, located } = outcome;
			entry.bytes = located.bytes;
			entry.modified_at = isoTime(Number(located.mtimeNs / 1_000_000n));
			const inside = printablePath(target.subarray(this.root.length + 1));
			if (!included && !this.servedReal.has(target.toString("latin1"))) {
				entry.note = `a symbolic link to ${inside}, which is left out`;
				continue;
			}
			entry.state = "served";
			entry.note = `a symbolic link to ${inside}`;
			this.files.set(entry.path, located);
		}
	}

	private async target(absolute: Buffer): Promise<string | { target: Buffer; located: Located }> {
		try {
			const target = await realpath(absolute, "buffer");
			if (!isInside(this.root, target)) return "a symbolic link that leaves the folder";
			const stats = await stat(target, { bigint: true });
			if (stats.isDirectory()) return "a symbolic link to a folder";
			if (!stats.isFile()) return `a symbolic link to what is no file; ${OUTSIDE_KINDS}`;
			const problem = await probe(target);
			if (problem !== null) return `a symbolic link to what cannot be read (${problem})`;
			return { target, located: { absolute, link: true, bytes: Number(stats.size), mtimeNs: stats.mtimeNs } };
		} catch (error) {
			return errorCode(error) === "ENOENT" ? "a symbolic link to nothing" : `a symbolic link that cannot be followed (${errorCode(error)})`;
		}
	}

	private async entry(folder: Folder, name: Buffer, { stats, problem }: Look): Promise<number> {
		if (isHalfWritten(name.toString("latin1"))) return 0;
		const absolute = joined(folder.absolute, name);
		const rawName = name.toString("utf8");
		const { text, escaped } = printableName(name);
		const isFolder = stats?.isDirectory() ?? false;
		const raw = `${folder.raw}${rawName}${isFolder ? "/" : ""}`;
		const included = this.includes.names(raw);
		const rule = included ? null : leftOutByName(rawName, raw, folder.ignores);
		if (folder.onlyIncluded && !included && !isFolder) return 0;
		const path = this.listing.unique(`${folder.path}${text}`, isFolder ? "/" : "");
		if (stats === null) return problem === "ENOENT" ? 0 : this.leaveOut(path, 0, 0, `cannot be read (${problem})`);
		const time = Number(stats.mtimeMs);
		if (isFolder) return this.subfolder(folder, { absolute, path, raw, rawName, rule, included, time });
		if (rule !== null) return this.leaveOut(path, Number(stats.size), time, rule);
		if (stats.isSymbolicLink()) {
			this.leaveOut(path, 0, time, "");
			this.links.push({ entry: this.listing.entries.at(-1)!, absolute, included });
			return 0;
		}
		if (!stats.isFile()) return this.leaveOut(path, 0, time, `${kindOf(stats)}; ${OUTSIDE_KINDS}`);
		const bytes = Number(stats.size);
		if (bytes > MAX_FILE_BYTES && !included) return this.leaveOut(path, bytes, time, TOO_LARGE);
		if (problem !== null) return this.leaveOut(path, bytes, time, `cannot be read (${problem})`);
		this.listing.serve(path, bytes, time, escaped ? ESCAPED_NAME : null);
		this.files.set(path, { absolute, link: false, bytes, mtimeNs: stats.mtimeNs });
		this.servedReal.add(absolute.toString("latin1"));
		return 1;
	}

	private async subfolder(
		parent: Folder,
		child: { absolute: Buffer; path: string; raw: string; rawName: string; rule: string | null; included: boolean; time: number },
	): Promise<number> {
		const { absolute, path, raw, rawName, rule, included, time } = child;
		const below = { absolute, path, raw, depth: parent.depth + 1, ignores: parent.ignores };
		if (below.depth > MAX_DEPTH) return this.leaveOut(path, 0, time, TOO_DEEP);
		if (rule === null && (!parent.onlyIncluded || included)) return this.folder({ ...below, onlyIncluded: false });
		const served = this.includes.mayReachInto(rawName) ? await this.folder({ ...below, onlyIncluded: true }) : 0;
		if (!parent.onlyIncluded) this.leaveOut(path, 0, time, served === 0 ? rule! : `${rule}; ${served} of its files included`);
		return served;
	}

	private async ignoresOf(folder: Folder, names: readonly Buffer[]): Promise<readonly IgnoreFile[]> {
		if (folder.onlyIncluded || !names.some((name) => name.toString("latin1") === ".gitignore")) return folder.ignores;
		try {
			const bytes = await readSmallFile(joined(folder.absolute, Buffer.from(".gitignore")), MAX_IGNORE_FILE_BYTES);
			return [...folder.ignores, parseIgnoreFile(folder.raw, bytes.toString("utf8").replace(/^\ufeff/, ""))];
		} catch {
			// It is listed among the files with what is wrong with it; git takes it for absent too.
			return folder.ignores;
		}
	}

	private leaveOut(path: string, bytes: number, time: number, note: string): 0 {
		this.listing.leaveOut(path, bytes, time, note);
		return 0;
	}
}
