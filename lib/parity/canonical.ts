const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/g;

/**
 * JSON text in one form: keys sorted, no blanks, strings decoded and encoded again, numbers by value. Two texts
 * are the same JSON when their forms are equal. Numbers count by their exact value, so 9007199254740993 never equals
 * 9007199254740992. Null when the text is not JSON.
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

/** A number by its exact value, whatever a double would make of it: 1.50, 15e-1 and 0.15e1 are one; 1e400 and 1e401 are two. */
export function numberForm(lexeme: string): string {
	const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(lexeme) ?? [];
	const digits = `${whole}${fraction}`.replace(/^0+/, "");
	const kept = digits.replace(/0+$/, "");
	if (kept === "") return "0";
	return `${sign}${kept}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length)}`;
}
