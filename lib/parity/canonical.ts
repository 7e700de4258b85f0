const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/g;

/**
 * JSON text in one form: keys sorted, no blanks, strings decoded and encoded again, numbers by value. Two texts
 * are the same JSON when their forms are equal. Numbers that a double cannot hold keep their digits, so that
 * 9007199254740993 never equals 9007199254740992. Null when the text is not JSON.
 */
export function canonicalJson(text: string): string | null {
	try {
		JSON.parse(text);
	} catch {
		return null;
	}
	const tokens = text.match(TOKEN) ?? [];
	const done: string[] = [];
	// An explicit stack: payloads may nest deeper than calls can.
	const stack: { open: string; parts: string[]; key: string | null; members: Map<string, string> }[] = [];
	const put = (value: string) => {
		const top = stack.at(-1);
		if (!top) done.push(value);
		else if (top.open === "[") top.parts.push(value);
		else if (top.key === null) top.key = value;
		else {
			top.members.set(top.key, value);
			top.key = null;
		}
	};
	for (const token of tokens) {
		if (token === "{" || token === "[") stack.push({ open: token, parts: [], key: null, members: new Map() });
		else if (token === "]") put(`[${stack.pop()!.parts.join(",")}]`);
		else if (token === "}") put(`{${[...stack.pop()!.members].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, value]) => `${key}:${value}`).join(",")}}`);
		else if (token === "," || token === ":") continue;
		else if (token.startsWith('"')) put(JSON.stringify(JSON.parse(token)));
		else put(/^[-\d]/.test(token) ? numberForm(token) : token);
	}
	return done[0] ?? null;
}

function numberForm(lexeme: string): string {
	const value = Number(lexeme);
	const digits = lexeme.replace(/[eE].*$/, "").replace(/[-.]/g, "").replace(/^0+/, "");
	return digits.length <= 15 || /[.eE]/.test(lexeme) ? String(value === 0 ? 0 : value) : BigInt(lexeme).toString();
}
