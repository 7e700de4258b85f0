/** SQL as tokens, as far as names, parameters and parentheses go. It judges nothing: the engine does. */
export interface Token {
	kind: "name" | "quoted" | "string" | "parameter" | "number" | "sign";
	/** a name in lower case; of a quoted name or a string what stands between the quotes; of a parameter its name */
	text: string;
	start: number;
	end: number;
	/** of parentheses around it */
	depth: number;
}

const PATTERN = /\s+|--[^\n\r]*|\/\*|'|"|\$\$|\$([A-Za-z_][A-Za-z0-9_]*)(\$)?|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(\d[\w.]*)|[\s\S]/g;

/** The tokens of a script; comments and blanks are left out. Never throws: what does not end is one token to the end. */
export function tokens(sql: string): Token[] {
	const out: Token[] = [];
	let depth = 0;
	PATTERN.lastIndex = 0;
	for (let match = PATTERN.exec(sql); match !== null; match = PATTERN.exec(sql)) {
		const start = match.index;
		const [text, parameter, tagEnd, name, number] = match;
		const push = (kind: Token["kind"], value: string, end: number) => {
			out.push({ kind, text: value, start, end, depth });
			PATTERN.lastIndex = end;
		};
		if (/^\s/.test(text) || text.startsWith("--")) continue;
		if (text === "/*") PATTERN.lastIndex = endOfComment(sql, start);
		else if (text === "'" || text === '"') {
			const escapes = text === "'" && out.at(-1)?.kind === "name" && out.at(-1)?.text === "e" && out.at(-1)?.end === start;
			const end = endOfQuote(sql, start, text, escapes);
			push(text === "'" ? "string" : "quoted", sql.slice(start + 1, Math.max(start + 1, end - 1)).replaceAll(text + text, text), end);
		} else if (text === "$$" || tagEnd !== undefined) {
			const close = sql.indexOf(text, start + text.length);
			const end = close === -1 ? sql.length : close + text.length;
			push("string", sql.slice(start + text.length, close === -1 ? end : close), end);
		} else if (parameter !== undefined) push("parameter", parameter, PATTERN.lastIndex);
		else if (name !== undefined) push("name", name.toLowerCase(), PATTERN.lastIndex);
		else if (number !== undefined) push("number", number, PATTERN.lastIndex);
		else {
			if (text === ")" || text === "]" || text === "}") depth = Math.max(0, depth - 1);
			push("sign", text, PATTERN.lastIndex);
			if (text === "(" || text === "[" || text === "{") depth++;
		}
	}
	return out;
}

function endOfQuote(sql: string, start: number, quote: string, escapes: boolean): number {
	for (let at = start + 1; at < sql.length; at++) {
		if (escapes && sql[at] === "\\") at++;
		else if (sql[at] === quote) {
			if (sql[at + 1] === quote) at++;
			else return at + 1;
		}
	}
	return sql.length;
}

function endOfComment(sql: string, start: number): number {
	let depth = 0;
	for (let at = start; at < sql.length - 1; at++) {
		if (sql.startsWith("/*", at)) {
			depth++;
			at++;
		} else if (sql.startsWith("*/", at)) {
			depth--;
			at++;
			if (depth === 0) return at + 1;
		}
	}
	return sql.length;
}

/** Whether the rows' order is part of the answer: an ORDER BY outside of parentheses. */
export function isOrdered(sql: string): boolean {
	const all = tokens(sql);
	return all.some((token, at) => token.kind === "name" && token.text === "order" && token.depth === 0 && all[at + 1]?.text === "by");
}

/** Names of the parameters (`$name`) that a script uses. */
export function parametersOf(sql: string): string[] {
	return [...new Set(tokens(sql).flatMap((token) => (token.kind === "parameter" ? [token.text] : [])))];
}
