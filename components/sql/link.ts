/** The text of a query in the address: `#q=` and the encoded text. What stands behind `#` never reaches a server. */

/** Longer links are cut by mail programs and chats; such a query is not written into the address. */
export const LONGEST_LINK = 8000;

/** The query of an address's hash; null where it carries none. A text that is not encoded well is taken as it stands. */
export function queryOf(hash: string): string | null {
	const match = /^#(?:.*&)?q=([^&]*)/.exec(hash);
	if (match === null) return null;
	const text = match[1]!;
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The hash that carries a query; empty for an empty one, null where it would be longer than `LONGEST_LINK` characters. */
export function hashOf(sql: string): string | null {
	if (sql.trim() === "") return "";
	const hash = `#q=${encodeURIComponent(sql)}`;
	return hash.length > LONGEST_LINK ? null : hash;
}
