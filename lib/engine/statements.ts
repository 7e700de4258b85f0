import { CasebookError } from "@/lib/model";

/** One statement of a script, with where it starts in it. */
export interface Statement {
	sql: string;
	/** 0-based character offset into the script */
	offset: number;
	/** the first word, upper case */
	word: string;
}

const READ_WORDS = ["FROM", "SELECT", "WITH", "VALUES", "TABLE", "DESCRIBE", "DESC", "SUMMARIZE", "SHOW", "EXPLAIN", "PIVOT", "UNPIVOT"];
const WRITE_WORDS = ["CREATE", "INSERT", "UPDATE", "DELETE", "DROP", "ALTER"];

/** A character that goes on a name: a quote or a dollar behind one begins nothing. Everything beyond ASCII is one. */
const NAME = /[\w$\u0080-\uffff]/;
const DOLLAR_TAG = /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
/** Functions that change the engine itself and need no statement of their own for it. */
const REACHING = /^(enable_logging|disable_logging|truncate_duckdb_logs|checkpoint|force_checkpoint)$/i;

/** Whether a plan calls a function that changes the engine for everybody. */
export function reachesTheEngine(operators: readonly string[]): boolean {
	return operators.some((name) => REACHING.test(name.trim()));
}

/** Splits a script at `;` outside of strings, quoted names, dollar quotes and comments. Comments stay with their statement; empty statements are left out. */
export function splitStatements(script: string): Statement[] {
	const out: Statement[] = [];
	let start = 0;
	let i = 0;
	const close = (end: number) => {
		const sql = script.slice(start, end);
		const lead = leadingBlank(sql);
		if (lead < sql.length) {
			const body = sql.slice(lead).trimEnd();
			const word = /^[\s(]*([a-z_]+)/i.exec(body)?.[1]?.toUpperCase() ?? "";
			out.push({ sql: body, offset: start + lead, word });
		}
		start = end + 1;
	};
	while (i < script.length) {
		const next = skipQuoted(script, i);
		if (next > i) {
			i = next;
			continue;
		}
		if (script[i] === ";") close(i);
		i++;
	}
	close(script.length);
	return out;
}

/** The end of the string, quoted name, dollar quote or comment that starts at `at`; `at` itself where none does. */
function skipQuoted(text: string, at: number): number {
	const char = text[at];
	if (char === "'" || char === '"') {
		const escapes = char === "'" && /[eE]/.test(text[at - 1] ?? "") && !NAME.test(text[at - 2] ?? "");
		for (let i = at + 1; i < text.length; i++) {
			if (escapes && text[i] === "\\") i++;
			else if (text[i] === char) {
				if (text[i + 1] === char) i++;
				else return i + 1;
			}
		}
		return text.length;
	}
	if (char === "-" && text[at + 1] === "-") {
		const end = text.slice(at).search(/[\n\r]/);
		return end === -1 ? text.length : at + end;
	}
	if (char === "/" && text[at + 1] === "*") {
		let depth = 1;
		for (let i = at + 2; i < text.length; i++) {
			if (text.startsWith("/*", i)) {
				depth++;
				i++;
			} else if (text.startsWith("*/", i)) {
				depth--;
				i++;
				if (depth === 0) return i + 1;
			}
		}
		return text.length;
	}
	if (char === "$" && !NAME.test(text[at - 1] ?? "")) {
		DOLLAR_TAG.lastIndex = at;
		const tag = DOLLAR_TAG.exec(text)?.[0];
		if (tag) {
			const end = text.indexOf(tag, at + tag.length);
			return end === -1 ? text.length : end + tag.length;
		}
	}
	return at;
}

function leadingBlank(text: string): number {
	let i = 0;
	while (i < text.length) {
		if (/\s/.test(text[i]!)) i++;
		else if (text.startsWith("--", i) || text.startsWith("/*", i)) i = skipQuoted(text, i);
		else break;
	}
	return i;
}

/** The statement that an EXPLAIN is about (EXPLAIN ANALYZE runs it); null where there is none. */
export function innerStatement(sql: string): Statement | null {
	const plain = sql.replace(/^[\s(]*explain\b/i, "");
	if (plain === sql) return null;
	const [first] = splitStatements(plain.slice(leadingBlank(plain)).replace(/^analyze\b/i, "").replace(/^\s*\([^()]*\)/, ""));
	return first ?? null;
}

/** Whether a statement only reads, by its first word. */
export function reads(statement: Statement): boolean {
	return READ_WORDS.includes(statement.word);
}

/**
 * The statement guard. Throws `refused` for anything but the allowed words; what those may write to is decided by
 * the engine (see `session.ts`), not by reading the SQL.
 */
export function allow(statement: Statement, role: "page" | "user" | "check"): void {
	const { word } = statement;
	const sql = statement.sql.replace(/\/\*[\s\S]*?\*\/|--[^\n\r]*/g, " ");
	if (word === "EXPLAIN") {
		const inner = innerStatement(statement.sql);
		if (inner !== null) {
			allow(inner, role);
			return;
		}
	}
	if (READ_WORDS.includes(word)) return;
	if (role === "user") {
		if (word === "SET" && /^SET\s+VARIABLE\s/i.test(sql)) return;
		// UPDATE EXTENSIONS reaches for the network, secrets are for remote files, ALTER DATABASE renames catalogs.
		const reaches = /^UPDATE\s+EXTENSIONS/i.test(sql) || /^(CREATE|DROP)\s+(OR\s+REPLACE\s+)?(PERSISTENT\s+|TEMPORARY\s+|TEMP\s+)?SECRET/i.test(sql) || /^ALTER\s+DATABASE/i.test(sql);
		if (WRITE_WORDS.includes(word) && !reaches) return;
	}
	const shown = word || sql.slice(0, 20);
	throw new CasebookError({
		kind: "refused",
		rule: "statement guard",
		message: role === "user" ? `${shown} is not available here. Statements start with ${[...READ_WORDS, ...WRITE_WORDS].join(", ")} or SET VARIABLE; the sources stay as they were loaded.` : `${shown} is not available here: only statements that read are.`,
	});
}
