import { isMap, isScalar, parseDocument } from "yaml";
import type { NotebookProblem, Pin } from "./types";

const FENCED = /(\uFEFF?---[ \t]*(\r?\n))([\s\S]*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/my;
/** longer front matter is not looked at: pins over thousands of sources take megabytes */
const MAX_HEAD = 6_000_000;
/** what is not pins of our own writing is YAML, which takes seconds a megabyte to read */
const MAX_YAML = 100_000;

export interface FrontMatter {
	/** with its fences; empty where there is none */
	head: string;
	version: number | null;
	title: string | null;
	team: string | null;
	tolerance: string | null;
	pinnedAt: string | null;
	pins: { [cell: string]: Pin };
	problems: NotebookProblem[];
}

/** The front matter at the start of a text. Never throws; what cannot be read is a problem with its line. */
export function readFrontMatter(text: string): FrontMatter {
	const none: FrontMatter = { head: "", version: null, title: null, team: null, tolerance: null, pinnedAt: null, pins: {}, problems: [] };
	const found = fenced(text.slice(0, MAX_HEAD));
	if (found === null) return none;
	const head = found[0];
	const own = ownPins(found[3]!);
	const yaml = own?.rest ?? found[3]!;
	if (yaml.length > MAX_YAML) return { ...none, head, problems: [{ line: 1, message: `the front matter has more than ${MAX_YAML} characters, so it is not read` }] };
	const document = parseDocument(yaml, { schema: "core", uniqueKeys: false, merge: false, prettyErrors: false });
	const lineOf = (offset: number) => 2 + (found[3]!.slice(0, offset).match(/\n/g)?.length ?? 0);
	const problems = document.errors.map((error) => ({ line: lineOf(error.pos[0]), message: `the front matter is no YAML: ${error.message}` }));
	if (problems.length > 0 || !isMap(document.contents)) return { ...none, head, problems };
	const scalar = (name: string) => {
		const value = document.get(name, true);
		return isScalar(value) && value.value !== null ? String(value.value) : null;
	};
	const version = document.get("casebook");
	let pins: { [cell: string]: Pin } = {};
	try {
		pins = own !== null ? readPins(own.pins) : readPins(document.has("pins") ? (document.toJS({ maxAliasCount: 0 }) as { pins?: unknown }).pins : null);
	} catch (error) {
		problems.push({ line: 1, message: `the pins cannot be read: ${error instanceof Error ? error.message : String(error)}` });
	}
	return { head, version: typeof version === "number" && Number.isInteger(version) ? version : null, title: scalar("title"), team: scalar("team"), tolerance: scalar("tolerance"), pinnedAt: scalar("pinned_at"), pins, problems };
}

function fenced(text: string): RegExpExecArray | null {
	FENCED.lastIndex = 0;
	return FENCED.exec(text);
}

/** Pins in exactly the lines that `withPins` writes, and the front matter with those lines blank. Null: YAML has to say what they are. */
function ownPins(yaml: string): { pins: { [cell: string]: unknown }; rest: string } | null {
	const lines = yaml.split("\n");
	const first = lines.findIndex((line) => /^pins:\r?$/.test(line));
	if (first < 0 || lines.some((line, at) => at !== first && /^["'?]?pins\b/.test(line))) return null;
	const pins: { [cell: string]: { sources: { [path: string]: string }; [name: string]: unknown } } = Object.create(null);
	let pin: (typeof pins)[string] | null = null;
	let at = first + 1;
	for (; at < lines.length && /^ /.test(lines[at]!); at++) {
		const line = lines[at]!.replace(/\r$/, "");
		const cell = /^ {2}([A-Za-z_]\w*):$/.exec(line)?.[1];
		if (cell !== undefined) {
			if (cell in pins) return null;
			pin = { sources: Object.create(null) };
			pins[cell] = pin;
			continue;
		}
		const [, name, value] = /^ {4}(digest|rows|shown|sources):(?: (.*))?$/s.exec(line) ?? [];
		const [, path, hash] = /^ {6}(".*"): ([0-9a-f]{64})$/s.exec(line) ?? [];
		try {
			if (pin === null) return null;
			if (path !== undefined) pin.sources[JSON.parse(path) as string] = hash!;
			else if (name === "digest" && /^[0-9a-f]{64}$/.test(value ?? "")) pin.digest = value;
			else if (name === "rows" && /^\d{1,15}$/.test(value ?? "")) pin.rows = Number(value);
			else if (name === "shown" && /^".*"$/s.test(value ?? "")) pin.shown = JSON.parse(value!);
			else if (name !== "sources" || (value !== undefined && value !== "{}")) return null;
		} catch {
			return null;
		}
	}
	return { pins, rest: [...lines.slice(0, first), ...Array<string>(at - first).fill(""), ...lines.slice(at)].join("\n") };
}

/** Pins as the front matter or a link holds them. Throws RangeError with the cell that makes no sense. */
export function readPins(value: unknown): { [cell: string]: Pin } {
	const pins: { [cell: string]: Pin } = Object.create(null);
	if (value === null || value === undefined) return pins;
	if (typeof value !== "object" || Array.isArray(value)) throw new RangeError("pins are a mapping of cell names");
	for (const [cell, one] of Object.entries(value)) {
		const pin = one as { digest?: unknown; rows?: unknown; shown?: unknown; sources?: unknown } | null;
		if (typeof pin !== "object" || pin === null || typeof pin.digest !== "string" || !/^[0-9a-f]{64}$/.test(pin.digest)) throw new RangeError(`the pin of ${cell} has no digest of 64 hexadecimal digits`);
		const sources: { [path: string]: string } = Object.create(null);
		for (const [path, hash] of Object.entries(pin.sources ?? {})) {
			if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) throw new RangeError(`the pin of ${cell} has no sha256 for ${path}`);
			sources[path] = hash;
		}
		pins[cell] = { digest: pin.digest, rows: Number.isSafeInteger(pin.rows) ? (pin.rows as number) : 0, shown: typeof pin.shown === "string" ? pin.shown : null, sources };
	}
	return pins;
}

/**
 * The head with its pins replaced (or added at its end); every other line stays as it is. A text without front matter gets
 * one.
 */
export function withPins(head: string, pinnedAt: string, pins: { [cell: string]: Pin }): string {
	const eol = /\r\n/.test(head) ? "\r\n" : "\n";
	const block = pinLines(pinnedAt, pins).join(eol) + eol;
	if (head === "") return `---${eol}casebook: 1${eol}${block}---${eol}`;
	const found = fenced(head);
	if (found === null) throw new RangeError("the front matter has no end");
	const inner = found[3]!;
	const kept = withoutKeys(inner, ["pinned_at", "pins"]);
	const open = found[1]!;
	const close = head.slice(open.length + inner.length);
	const end = kept === "" || kept.endsWith("\n") ? kept : kept + eol;
	return `${open}${end}${block}${close}`;
}

/** Lines of top-level keys, with what is indented below them, taken out. */
function withoutKeys(yaml: string, keys: readonly string[]): string {
	const lines = yaml.split(/(?<=\n)/);
	let dropping = false;
	return lines
		.filter((line) => {
			const key = /^([A-Za-z_][\w-]*)[ \t]*:/.exec(line)?.[1];
			if (key !== undefined) dropping = keys.includes(key);
			else if (/^\S/.test(line)) dropping = false;
			return !dropping;
		})
		.join("");
}

function pinLines(pinnedAt: string, pins: { [cell: string]: Pin }): string[] {
	const lines = [`pinned_at: ${pinnedAt}`, "pins:"];
	for (const [cell, pin] of Object.entries(pins)) {
		lines.push(`  ${cell}:`, `    digest: ${pin.digest}`, `    rows: ${pin.rows}`);
		if (pin.shown !== null) lines.push(`    shown: ${JSON.stringify(pin.shown)}`);
		const sources = Object.entries(pin.sources);
		lines.push(sources.length === 0 ? "    sources: {}" : "    sources:");
		for (const [path, hash] of sources) lines.push(`      ${JSON.stringify(path)}: ${hash}`);
	}
	return lines;
}
