import { numberForm } from "./canonical";

/** A value of a JSON text with its place in it. */
export interface JsonNode {
	kind: "object" | "array" | "string" | "number" | "true" | "false" | "null";
	/** UTF-16 offsets into the text: `text.slice(start, end)` is the value as written */
	start: number;
	end: number;
	parent: JsonNode | null;
	/** its key, or its index in the text's array; empty for the root */
	name: string;
	/** of an object (last one of each key) or an array; empty for the rest */
	children: JsonNode[];
	/** a string's characters, a number's exact form (`numberForm`), else empty */
	text: string;
	/** equal for equal JSON, within one `Forms`; set by it, else -1 */
	form: number;
}

export interface JsonTree {
	text: string;
	root: JsonNode;
	/** pointers of keys that their object has more than once; the last one counts */
	duplicates: string[];
}

/** Why a text is not JSON, with the place. `line` and `column` count from 1. */
export interface JsonFault {
	fault: string;
	line: number;
	column: number;
}

const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORDS = ["true", "false", "null"] as const;

/**
 * Reads JSON (RFC 8259) without recursion, so that depth has no limit. Numbers keep their digits. `NaN` and `Infinity` are not JSON and a fault that says so.
 */
export function parseJson(text: string): JsonTree | JsonFault {
	const duplicates: string[] = [];
	// Open containers, with the keys of objects so far.
	const stack: { node: JsonNode; keys: Map<string, number> | null }[] = [];
	let root: JsonNode | null = null;
	let at = skip(text, 0);
	let name = "";
	let expected: "value" | "value or end" | "key" | "key or end" | "separator" | "end" = "value";
	const nodeOf = (kind: JsonNode["kind"], start: number, end: number): JsonNode => ({ kind, start, end, parent: stack.at(-1)?.node ?? null, name, children: [], text: "", form: -1 });
	const put = (node: JsonNode) => {
		const top = stack.at(-1);
		if (top === undefined) root = node;
		else if (top.keys === null) top.node.children.push(node);
		else {
			const before = top.keys.get(node.name);
			if (before === undefined) {
				top.keys.set(node.name, top.node.children.length);
				top.node.children.push(node);
			} else {
				top.node.children[before] = node;
				duplicates.push(pointerOf(node));
			}
		}
	};
	for (;;) {
		const char = text[at];
		if (expected === "end") {
			if (char === undefined) return { text, root: root!, duplicates };
			return faultAt(text, at, "something follows the end of the value");
		}
		if (char === undefined) return faultAt(text, at, "the text ends inside of it");
		const top = stack.at(-1);
		if ((expected === "value or end" && char === "]") || (expected === "key or end" && char === "}") || (expected === "separator" && char === (top!.keys === null ? "]" : "}"))) {
			top!.node.end = ++at;
			stack.pop();
			expected = stack.length === 0 ? "end" : "separator";
		} else if (expected === "separator") {
			if (char !== ",") return faultAt(text, at, `"," or the end of the ${top!.keys === null ? "array" : "object"} is missing`);
			at++;
			expected = top!.keys === null ? "value" : "key";
		} else if (expected === "key" || expected === "key or end") {
			const end = match(STRING, text, at);
			if (end < 0) return faultAt(text, at, "a key in quotes is missing");
			name = JSON.parse(text.slice(at, end));
			at = skip(text, end);
			if (text[at] !== ":") return faultAt(text, at, `":" is missing after the key ${JSON.stringify(name)}`);
			at++;
			expected = "value";
		} else {
			if (top?.keys === null) name = String(top.node.children.length);
			const start = at;
			if (char === "{" || char === "[") {
				const node = nodeOf(char === "{" ? "object" : "array", start, start);
				put(node);
				stack.push({ node, keys: char === "{" ? new Map() : null });
				at++;
				expected = char === "{" ? "key or end" : "value or end";
			} else {
				const word = WORDS.find((item) => text.startsWith(item, at));
				at = word !== undefined ? start + word.length : char === '"' ? match(STRING, text, start) : match(NUMBER, text, start);
				if (at < 0) return faultAt(text, start, /^[-+]?(?:NaN|Inf)/i.test(text.slice(start, start + 5)) ? `${/^[-+]?\w+/.exec(text.slice(start, start + 12))![0]} is not JSON` : char === '"' ? "the string is not closed, or holds a character or an escape that JSON forbids" : "a value is missing");
				const node = nodeOf(word ?? (char === '"' ? "string" : "number"), start, at);
				node.text = char === '"' ? JSON.parse(text.slice(start, at)) : word === undefined ? numberForm(text.slice(start, at)) : "";
				put(node);
				expected = stack.length === 0 ? "end" : "separator";
			}
		}
		at = skip(text, at);
	}
}

function skip(text: string, at: number): number {
	return match(BLANK, text, at);
}

/** Where a match that begins at `at` ends; -1 for none. */
function match(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : -1;
}

function faultAt(text: string, at: number, fault: string): JsonFault {
	const before = text.slice(0, at);
	const line = before.split("\n").length;
	return { fault, line, column: at - before.lastIndexOf("\n") };
}

/** The place of a node as a JSON Pointer (RFC 6901); empty for the root. */
export function pointerOf(node: JsonNode): string {
	const parts: string[] = [];
	for (let at: JsonNode | null = node; at?.parent != null; at = at.parent) parts.push(at.name.replaceAll("~", "~0").replaceAll("/", "~1"));
	return parts.length === 0 ? "" : `/${parts.reverse().join("/")}`;
}

/** Numbers for JSON values: two nodes have the same form exactly when they are the same JSON (key order and spelling of numbers and strings do not count). */
export class Forms {
	private readonly ids = new Map<string, number>();

	/** Sets the form of a node and of all under it, without recursion. */
	set(root: JsonNode): void {
		const order: JsonNode[] = [root];
		for (let i = 0; i < order.length; i++) for (const child of order[i]!.children) order.push(child);
		// Parents come before their children in `order`, so backwards every child is done before its parent.
		for (let i = order.length - 1; i >= 0; i--) order[i]!.form = this.idOf(order[i]!);
	}

	private idOf(node: JsonNode): number {
		const key = this.describe(node);
		const known = this.ids.get(key);
		if (known !== undefined) return known;
		this.ids.set(key, this.ids.size);
		return this.ids.size - 1;
	}

	private describe(node: JsonNode): string {
		switch (node.kind) {
			case "object":
				return `{${node.children.map((child) => `${JSON.stringify(child.name)}:${child.form}`).sort().join()}`;
			case "array":
				return `[${node.children.map((child) => child.form).join()}`;
			case "string":
				return `"${node.text}`;
			case "number":
				return `n${node.text}`;
			case "true":
			case "false":
			case "null":
				return node.kind;
		}
	}
}
