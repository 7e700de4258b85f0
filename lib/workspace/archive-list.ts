import { ArchiveProblem, badPath, readZip, unpack, type ZipEntry } from "./archive-zip";

/** The list of an archive, its first entry. */
export const ARCHIVE_LIST = "casebook-archive.json";
/** The folder of an archive under which the files lie. */
export const FILES = "files/";
export const ARCHIVE_VERSION = 1;
const MAX_LIST_BYTES = 16 * 1024 * 1024;

/** `x.casebook.zip`, and the `x.casebook (1).zip` that a browser makes of a second download. */
const NAME = /\.casebook ?(?:\(\d{1,4}\))?\.zip$/i;

export function isArchiveName(name: string): boolean {
	return NAME.test(name);
}

/** What a workspace from an archive is called. */
export function archiveTitle(name: string): string {
	return name.replace(NAME, "") || "archive";
}

export interface ListedFile {
	path: string;
	bytes: number;
	sha256: string;
	/** RFC 3339 */
	modifiedAt: string;
	entry: ZipEntry;
}

export interface ArchiveIndex {
	/** path of the notebook */
	notebook: string;
	/** RFC 3339 */
	madeAt: string;
	files: ReadonlyMap<string, ListedFile>;
}

/**
 * The list of an archive, held against the container: each listed file is there with the size that is listed, and nothing else is. Throws
 * ArchiveProblem. The bytes are not unpacked yet; `contentOf` verifies them.
 */
export function readIndex(bytes: Uint8Array): ArchiveIndex {
	const entries = readZip(bytes);
	const listEntry = entries.get(ARCHIVE_LIST);
	if (listEntry === undefined) throw new ArchiveProblem(`This is no archive of Casebook: it holds no ${ARCHIVE_LIST}.`);
	if (listEntry.bytes > MAX_LIST_BYTES) throw new ArchiveProblem(`The list of the archive is ${listEntry.bytes} bytes long, which is not opened.`);
	const list = parseList(new TextDecoder().decode(unpack(listEntry)));
	const files = new Map<string, ListedFile>();
	for (const file of list.files) {
		const quoted = JSON.stringify(file.path);
		const why = badPath(file.path);
		if (why !== null) throw new ArchiveProblem(`The archive lists ${quoted}, which ${why}.`);
		if (files.has(file.path)) throw new ArchiveProblem(`The archive lists ${quoted} twice.`);
		const entry = entries.get(FILES + file.path);
		if (entry === undefined) throw new ArchiveProblem(`The archive lists ${quoted} and does not hold it.`);
		if (entry.bytes !== file.bytes) throw new ArchiveProblem(`The archive lists ${quoted} with ${file.bytes} bytes and holds ${entry.bytes}.`);
		files.set(file.path, { ...file, entry });
	}
	for (const path of entries.keys()) if (path !== ARCHIVE_LIST && !(path.startsWith(FILES) && files.has(path.slice(FILES.length)))) throw new ArchiveProblem(`The archive holds ${JSON.stringify(path)}, which it does not list.`);
	if (!files.has(list.notebook)) throw new ArchiveProblem(`The archive names the notebook ${JSON.stringify(list.notebook)} and does not hold it.`);
	return { notebook: list.notebook, madeAt: list.madeAt, files };
}

/** A file's bytes. Throws ArchiveProblem where they are not those of the list's sha256. */
export function contentOf(file: ListedFile, hash: (bytes: Uint8Array) => string): Uint8Array {
	const bytes = unpack(file.entry);
	const found = hash(bytes);
	if (found !== file.sha256) throw new ArchiveProblem(`${JSON.stringify(file.path)} is not what the archive lists: its sha256 is ${found.slice(0, 12)}…, listed is ${file.sha256.slice(0, 12)}….`);
	return bytes;
}

function parseList(text: string): { notebook: string; madeAt: string; files: Omit<ListedFile, "entry">[] } {
	const bad = (what: string) => new ArchiveProblem(`The archive's ${ARCHIVE_LIST} makes no sense: ${what}.`);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw bad("it is no JSON");
	}
	if (typeof value !== "object" || value === null) throw bad("it is no object");
	const { casebook_archive: version, notebook, made_at: madeAt, files } = value as { casebook_archive?: unknown; notebook?: unknown; made_at?: unknown; files?: unknown };
	if (typeof version === "number" && version > ARCHIVE_VERSION) throw new ArchiveProblem(`The archive is of version ${version}; this Casebook knows version ${ARCHIVE_VERSION}. Open it with a later Casebook.`);
	if (version !== ARCHIVE_VERSION) throw bad("casebook_archive is no version");
	if (typeof notebook !== "string") throw bad("notebook is no path");
	if (!isTime(madeAt)) throw bad("made_at is no time");
	if (!Array.isArray(files)) throw bad("files is no list");
	return {
		notebook,
		madeAt,
		files: files.map((one: unknown, at) => {
			const file = (typeof one === "object" && one !== null ? one : {}) as { path?: unknown; bytes?: unknown; sha256?: unknown; modified_at?: unknown };
			if (typeof file.path !== "string") throw bad(`file ${at + 1} has no path`);
			if (!Number.isSafeInteger(file.bytes) || (file.bytes as number) < 0) throw bad(`${JSON.stringify(file.path)} has no size`);
			if (typeof file.sha256 !== "string" || !/^[0-9a-f]{64}$/.test(file.sha256)) throw bad(`${JSON.stringify(file.path)} has no sha256`);
			if (!isTime(file.modified_at)) throw bad(`${JSON.stringify(file.path)} has no time`);
			return { path: file.path, bytes: file.bytes as number, sha256: file.sha256, modifiedAt: file.modified_at };
		}),
	};
}

function isTime(value: unknown): value is string {
	return typeof value === "string" && /^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
}
