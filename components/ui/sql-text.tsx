import type { ReactNode } from "react";

const WORDS = new Set(
	"all and any as asc asof between by case cast cross desc distinct else end except exists explain false filter first from full group having ilike in inner intersect is join lateral last left like limit natural not null nulls offset on or order outer over partition pivot positional qualify range recursive right rows sample select semi set similar then to true union unnest unpivot using values when where window with".split(
		" ",
	),
);

export interface SqlToken {
	kind: "key" | "string" | "number" | "function" | "comment" | "plain";
	text: string;
	/** 0-based character offset */
	at: number;
}

const TOKEN = /(--[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^']|'')*'?)|(\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|("(?:[^"]|"")*"?|[A-Za-z_][A-Za-z0-9_]*)|(\s+|[\s\S])/g;

/** Cuts SQL into coloured pieces. Only colour depends on it: every character comes out in its place. */
export function sqlTokens(sql: string): SqlToken[] {
	const out: SqlToken[] = [];
	for (const match of sql.matchAll(TOKEN)) {
		const [text, comment, string, number, word] = match;
		let kind: SqlToken["kind"] = "plain";
		if (comment !== undefined) kind = "comment";
		else if (string !== undefined) kind = "string";
		else if (number !== undefined) kind = "number";
		else if (word !== undefined && !word.startsWith('"')) {
			if (WORDS.has(word.toLowerCase())) kind = "key";
			else if (/^\s*\(/.test(sql.slice(match.index + text.length))) kind = "function";
		}
		out.push({ kind, text, at: match.index });
	}
	return out;
}

const CLASSES: { [kind in SqlToken["kind"]]: string | undefined } = { key: "k", string: "s", number: "n1", function: "f", comment: "c", plain: undefined };

function coloured(tokens: readonly SqlToken[]): ReactNode {
	return tokens.map((token) => {
		const className = CLASSES[token.kind];
		return className === undefined ? (
			token.text
		) : (
			<span key={token.at} className={className}>
				{token.text}
			</span>
		);
	});
}

/** SQL in the five inks of code. */
export function SqlText({ sql, fold = true }: { sql: string; fold?: boolean }) {
	return <pre className={`code${fold ? " fold" : ""}`}>{coloured(sqlTokens(sql))}</pre>;
}

/** Line and column, both from 1, of a 0-based offset. */
export function placeOf(sql: string, position: number): { line: number; column: number; text: string; start: number } {
	const before = sql.slice(0, position);
	const start = before.lastIndexOf("\n") + 1;
	const end = sql.indexOf("\n", position);
	return { line: before.split("\n").length, column: position - start + 1, text: sql.slice(start, end < 0 ? undefined : end), start };
}

/** The line of a query that an error points at, with the word at the position underlined. */
export function SqlErrorLine({ sql, position }: { sql: string; position: number }) {
	const { line, column, text } = placeOf(sql, position);
	const at = column - 1;
	const word = /^(?:[A-Za-z_][A-Za-z0-9_.]*|"[^"]*"|'[^']*'|\d+|\S)/.exec(text.slice(at))?.[0] ?? "";
	return (
		<pre className="code">
			<span className="i3">{line}</span>
			{"  "}
			{coloured(sqlTokens(text.slice(0, at)))}
			<span className="wrong">{word === "" ? " " : word}</span>
			{coloured(sqlTokens(text.slice(at + word.length)))}
		</pre>
	);
}
