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
