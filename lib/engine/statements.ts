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
		const escapes = char === "'" && /[eE]/.test(text[at - 1] ?? "") && !/[\w$]/.test(text[at - 2] ?? "");
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
	if (char === "$" && !/[\w$]/.test(text[at - 1] ?? "")) {
		const tag = /^\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(at, at + 80))?.[0];
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

/** Whether a statement only reads, by its first word. */
export function reads(statement: Statement): boolean {
	return READ_WORDS.includes(statement.word);
}

/**
 * The statement guard. Throws `refused` for anything but the allowed words; what those may write to is decided by
 * the engine (see `session.ts`), not by reading the SQL.
 */
export function allow(statement: Statement, role: "page" | "user"): void {
	const { word, sql } = statement;
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
