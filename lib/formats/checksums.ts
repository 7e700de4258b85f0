import { BatchBuilder, emptyAccount, type Field, INT64, type Parser, type ParserEnd, type Reject, TEXT } from "@/lib/model";
import { rejectInvalid, rejectLine } from "./reject";
import { isBlank, type Line, LineSplitter } from "./text/lines";
import { showBytes } from "./text/utf8";

/** What the file itself says is `path` and `sha256`; what it is against the workspace is found when all is read (`lib/load/checksums.ts`). */
const CHECKSUM_FIELDS: Field[] = [
	{ name: "bundle", type: TEXT },
	{ name: "path", type: TEXT },
	{ name: "sha256", type: TEXT },
	{ name: "state", type: TEXT },
	{ name: "found", type: TEXT },
	{ name: "found_sha256", type: TEXT },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
];

/** As `sha256sum` writes it, with `\` before names whose line ends are escaped; as BSD does; the hash alone, in a file that is named after what it is of. */
const GNU = /^(\\?)([0-9a-fA-F]{64})[ \t]+\*?(\S.*)$/;
const BSD = /^SHA-?256 ?\((.+)\) ?= ?([0-9a-fA-F]{64})$/;
const BARE = /^([0-9a-fA-F]{64})$/;

/** A checksum list: `hex64  path` lines, into the table `checksums`. Comments (`#`) and blank lines are counted; any other line is a reject. */
export function checksumList(path: string): Parser {
	return new ChecksumList(path);
}

/** The path and hash (lower case) of an entry, or null. `named` is the file that a bare hash is of, where there is one. */
export function checksumEntry(text: string, named: string | null): { path: string; sha256: string } | null {
	const line = text.trimEnd();
	const gnu = GNU.exec(line);
	if (gnu) return { path: gnu[1] === "" ? gnu[3]! : gnu[3]!.replace(/\\(n|r|\\)/g, (_, letter: string) => (letter === "n" ? "\n" : letter === "r" ? "\r" : "\\")), sha256: gnu[2]!.toLowerCase() };
	const bsd = BSD.exec(line);
	if (bsd) return { path: bsd[1]!, sha256: bsd[2]!.toLowerCase() };
	const bare = BARE.exec(line);
	return bare && named !== null ? { path: named, sha256: bare[1]!.toLowerCase() } : null;
}

class ChecksumList implements Parser {
	private readonly builder = new BatchBuilder("checksums", CHECKSUM_FIELDS);
	private readonly account = emptyAccount();
	private readonly rejects: Reject[] = [];
	private readonly lines: LineSplitter;
	private readonly named: string | null;

	constructor(private readonly path: string) {
		const name = path.slice(path.lastIndexOf("/") + 1);
		this.named = /^(.+)\.sha256(?:\.gz)?$/i.exec(name)?.[1] ?? null;
		this.lines = new LineSplitter((line) => this.take(line));
	}

	push(bytes: Uint8Array): [] {
		this.lines.push(bytes);
		return [];
	}

	end(): ParserEnd {
		this.lines.end();
		const notes = this.builder.numRows === 0 && this.rejects.length === 0 ? ["the list has no entries"] : [];
		return { batches: this.builder.numRows > 0 ? [this.builder.finish()] : [], rejects: this.rejects, account: this.account, notes };
	}

	private take(line: Line): void {
		this.account.lines++;
		if (line.invalidAt >= 0) this.reject(rejectInvalid(line));
		else if (isBlank(line)) this.account.blanks++;
		else {
			const text = showBytes(line.bytes, line.start, line.end);
			const entry = checksumEntry(text, this.named);
			if (entry) {
				this.account.records++;
				this.builder.add({ path: entry.path, sha256: entry.sha256, source: this.path, line: line.number });
			} else if (text.trimStart().startsWith("#")) this.account.comments++;
			else if (!line.terminated && /^\\?[0-9a-fA-F]{1,64}[ \t]*\*?$/.test(text)) this.account.pending++;
			else this.reject(rejectLine(line, "not an entry of a checksum list, which is 64 hexadecimal digits, blanks and a path"));
		}
	}

	private reject(reject: Reject): void {
		this.account.rejects++;
		this.rejects.push(reject);
	}
}
