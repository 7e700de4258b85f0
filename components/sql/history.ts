/** The last queries that ran, newest first. Kept in this browser only; the storage comes in. */

export interface PastQuery {
	sql: string;
	/** milliseconds since 1970 */
	at: number;
}

const STORE = "casebook.sql.history";
const KEPT = 50;
/** A longer query is not kept: fifty of them would fill the storage. */
const LONGEST = 20_000;

export function readHistory(storage: Pick<Storage, "getItem">): PastQuery[] {
	try {
		const value: unknown = JSON.parse(storage.getItem(STORE) ?? "[]");
		return Array.isArray(value) ? value.filter(isPast).slice(0, KEPT) : [];
	} catch {
		// Storage can be forbidden or hold something else.
		return [];
	}
}

function isPast(value: unknown): value is PastQuery {
	return typeof value === "object" && value !== null && "sql" in value && typeof value.sql === "string" && "at" in value && typeof value.at === "number";
}

/** The history with one more run; the same query is kept once, at its last time. */
export function remember(history: readonly PastQuery[], sql: string, at: number): PastQuery[] {
	if (sql.trim() === "" || sql.length > LONGEST) return [...history];
	return [{ sql, at }, ...history.filter((past) => past.sql !== sql)].slice(0, KEPT);
}

export function writeHistory(storage: Pick<Storage, "setItem">, history: readonly PastQuery[]): void {
	try {
		storage.setItem(STORE, JSON.stringify(history));
	} catch {
		// The history then lasts as long as the page.
	}
}

/** A query in one line, for a menu. */
export function oneLine(sql: string, most = 64): string {
	const text = sql.replace(/\s+/g, " ").trim();
	return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
