/** The info string of a cell's fence: `sql name=daily title="Sessions a day"`. */

const ATTRIBUTE = /([A-Za-z_][\w.-]*)(?:=("(?:[^"\\]|\\.)*"|[^\s"]*))?/y;

/** The language and the attributes of a fence, in order. A word without `=` is an attribute with an empty value. */
export function parseInfo(language: string, meta: string): { language: string; attributes: [string, string][] } {
	const attributes: [string, string][] = [];
	for (let at = 0; at < meta.length; ) {
		if (/\s/.test(meta[at]!)) {
			at++;
			continue;
		}
		ATTRIBUTE.lastIndex = at;
		const found = ATTRIBUTE.exec(meta);
		if (!found) {
			// What is no attribute is left to the file; the next blank starts anew.
			while (at < meta.length && !/\s/.test(meta[at]!)) at++;
			continue;
		}
		attributes.push([found[1]!, unquoted(found[2] ?? "")]);
		at = ATTRIBUTE.lastIndex;
	}
	return { language: language.toLowerCase(), attributes };
}

function unquoted(text: string): string {
	return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text;
}

/** The info string again, for cells that are made here. */
export function printInfo(language: string, attributes: readonly (readonly [string, string])[]): string {
	return [language, ...attributes.map(([name, value]) => `${name}=${/^[^\s"`]+$/.test(value) ? value : `"${value.replace(/[`\r\n]+/g, " ").replace(/[\\"]/g, "\\$&")}"`}`)].join(" ");
}

/**
 * The words behind the language with one attribute set (null takes it out); every other byte of them stays. A cell made without
 * attributes has an empty text.
 */
export function withAttribute(meta: string, name: string, value: string | null): string {
	const printed = value === null ? "" : printInfo("", [[name, value]]).trim();
	for (let at = 0; at < meta.length; ) {
		ATTRIBUTE.lastIndex = at;
		const found = /\s/.test(meta[at]!) ? null : ATTRIBUTE.exec(meta);
		if (found === null) {
			at++;
			continue;
		}
		const end = ATTRIBUTE.lastIndex;
		if (found[1] === name) return value === null ? meta.slice(0, at).replace(/[ \t]+$/, "") + meta.slice(end) : meta.slice(0, at) + printed + meta.slice(end);
		at = end;
	}
	if (value === null) return meta;
	return `${meta.replace(/[ \t]+$/, "")} ${printed}`;
}
