import { timeOf } from "@/lib/formats/times";
import type { FormatId, RanAtFrom, RowInput } from "@/lib/model";
import { timeFromPath } from "@/lib/parity/identity";
import { FACT_FILES, factsOf, isCommandsFile, isEnvironmentFile, type RunFacts } from "./run-facts";

/** A file of the workspace as far as bundles need it; a folder that is left out ends with `/`. */
export interface BundleFile {
	path: string;
	format: string | null;
	bytes: number;
	/** of its bytes; null where they were not read */
	sha256: string | null;
	/** RFC 3339 */
	modifiedAt: string | null;
	lines: number | null;
}

/** Formats that are an outcome of a run. */
const RESULTS: ReadonlySet<FormatId> = new Set<FormatId>([
	"trace log", "keyed rows (json)", "tensor", "checkpoint log", "chrome trace", "factor comparison", "image comparison",
	"parity report (csv)", "parity report (json)", "junit", "test output", "test output (json)", "benchmark results", "checksum list",
]);
const RESULT_NAMES = /^((.*[_.-])?(stdout|stderr)([_.-].*)?|(.*_)?(metrics|summary|results)\.json)$/;
/** A folder's name with a time of day: the folder of one run. */
const TIMED = /\d{8}[T_-]\d{4}|\d{4}-\d{2}-\d{2}[T_ ]\d{2}[-:]?\d{2}/;
/** A folder that says of what is under it that it is evidence. */
const EVIDENCE = /^(evidence|evidence[_-]bundles|bundles)$/i;
/** The workspace itself, where it is the folder of one run. */
const ROOT = ".";

interface Folder {
	files: BundleFile[];
	facts: Map<string, RunFacts>;
}

/** Gathers the files of a workspace by folder, and tells which folders are evidence bundles (`README.md` has the rule). */
export class Bundles {
	private readonly folders = new Map<string, Folder>();
	private readonly bundles = new Set<string>();

	add(file: BundleFile): void {
		const at = file.path.replace(/\/$/, "").lastIndexOf("/");
		this.folder(at < 0 ? ROOT : file.path.slice(0, at)).files.push(file);
	}

	/** Remembers what a file says of its folder's run. */
	addText(path: string, text: string): void {
		const at = path.lastIndexOf("/");
		const name = path.slice(at + 1);
		if (FACT_FILES.includes(name)) this.folder(at < 0 ? ROOT : path.slice(0, at)).facts.set(name, factsOf(name, text));
	}

	get files(): BundleFile[] {
		return [...this.folders.values()].flatMap((folder) => folder.files);
	}

	/** The rows of the table `bundles`. After it `of` knows them. */
	find(): RowInput[] {
		const below = this.foldersBelow();
		for (const [path, folder] of this.folders) if (isBundle(path, folder, below.get(path) ?? [])) this.bundles.add(path);
		const sizes = new Map([...this.bundles].map((path) => [path, { files: 0, bytes: 0 }]));
		for (const file of this.files) {
			const bundle = this.of(file.path);
			const size = bundle === null ? undefined : sizes.get(bundle);
			if (!size || file.path.endsWith("/")) continue;
			size.files++;
			size.bytes += file.bytes;
		}
		return [...this.bundles].sort().map((path) => ({ ...rowOf(path, this.folders.get(path)!), ...sizes.get(path)! }));
	}

	/** The innermost bundle that a file lies in, or null. */
	of(path: string): string | null {
		for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
			const folder = path.slice(0, at);
			if (this.bundles.has(folder)) return folder;
		}
		return this.bundles.has(ROOT) ? ROOT : null;
	}

	private folder(path: string): Folder {
		let folder = this.folders.get(path);
		if (!folder) {
			folder = { files: [], facts: new Map() };
			this.folders.set(path, folder);
		}
		return folder;
	}

	/** The folders right inside each folder that are no run of their own. */
	private foldersBelow(): Map<string, Folder[]> {
		const below = new Map<string, Folder[]>();
		for (const [path, folder] of this.folders) {
			const at = path.lastIndexOf("/");
			if (path === ROOT || TIMED.test(path.slice(at + 1)) || isDescribed(folder)) continue;
			const parent = at < 0 ? ROOT : path.slice(0, at);
			const list = below.get(parent);
			if (list) list.push(folder);
			else below.set(parent, [folder]);
		}
		return below;
	}
}

/** Outcomes may lie one folder further in (`c/stdout.txt`). */
function isBundle(path: string, folder: Folder, below: readonly Folder[]): boolean {
	if (isDescribed(folder)) return folder.files.some(isResult) || below.some((inside) => inside.files.some(isResult));
	const parts = path.split("/");
	return TIMED.test(parts.at(-1)!) && parts.slice(0, -1).some((part) => EVIDENCE.test(part)) && folder.files.some(isResult);
}

function isDescribed({ files }: Folder): boolean {
	return files.some((file) => isCommandsFile(nameOf(file)) || isEnvironmentFile(nameOf(file)));
}

function isResult(file: BundleFile): boolean {
	return (RESULTS as ReadonlySet<string | null>).has(file.format) || RESULT_NAMES.test(nameOf(file));
}

function nameOf(file: BundleFile): string {
	return file.path.slice(file.path.lastIndexOf("/") + 1).replace(/\.gz$/, "");
}

function rowOf(path: string, { files, facts }: Folder): RowInput {
	const said = [...facts].sort(([a], [b]) => FACT_FILES.indexOf(a) - FACT_FILES.indexOf(b));
	const first = <K extends keyof RunFacts>(key: K) => said.map(([, fact]) => fact[key]).find((value) => value !== null) ?? null;
	const mark = files.find((file) => isCommandsFile(nameOf(file))) ?? files.find((file) => isEnvironmentFile(nameOf(file))) ?? files.find(isResult)!;
	const when = whenOf(first("ranAt"), path, mark);
	return {
		bundle: path,
		bundle_at: when.at,
		bundle_at_from: when.from,
		git_commit: first("commit"),
		commands: first("commands"),
		exit_code: first("exitCode"),
		environment: environmentOf(said),
		source: mark.path,
		line: (mark.lines ?? 0) > 0 ? 1 : null,
	};
}

function whenOf(said: bigint | null, path: string, mark: BundleFile): { at: bigint | null; from: RanAtFrom | null } {
	if (said !== null) return { at: said, from: "content" };
	const named = timeFromPath(path);
	if (named !== null) return { at: named, from: "folder" };
	const own = mark.modifiedAt === null ? null : timeOf(mark.modifiedAt);
	return { at: own, from: own === null ? null : "file" };
}

/** What all its files say; where two differ, the later name tells its file. */
function environmentOf(said: readonly [string, RunFacts][]): { readonly [name: string]: string | null } | null {
	const all = said.filter(([, { environment }]) => environment !== null).sort(([a], [b]) => Number(a === "run_metadata.json") - Number(b === "run_metadata.json"));
	if (all.length === 0) return null;
	const merged: Record<string, string | null> = Object.create(null);
	for (const [file, { environment }] of all)
		for (const [name, value] of environment!) {
			if (!(name in merged)) merged[name] = value;
			else if (merged[name] !== value) merged[`${name} (${file})`] = value;
		}
	return merged;
}
