const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?(?![\d-])/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?()(Z)?(?!\d)/;

export interface ReadTime {
	/** nanoseconds since 1970-01-01 UTC */
	ns: bigint;
	/** whether the text names a zone; a time without one is read as UTC */
	zoned: boolean;
}

/**
 * The time that a text begins with: `2025-10-08`, `2025-10-07T17:17Z`, RFC 3339, `2026-05-03 04:17:15 -05:00` or
 * `20251008T203504Z`. Null where it begins with none, or with one that is not in the calendar.
 */
export function readTime(text: string): ReadTime | null {
	const trimmed = text.trim().replace(/^[`*_"'(\s]+/, "");
	const match = ISO.exec(trimmed) ?? COMPACT.exec(trimmed);
	if (!match) return null;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
	if (hour > 23 || minute > 59 || second > 60) return null;
	const date = new Date(Date.UTC(year, month - 1, day));
	if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
	const zone = match[8];
	const seconds = BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second - zoneSeconds(zone));
	return { ns: seconds * 1_000_000_000n + BigInt((match[7] ?? "").padEnd(9, "0")), zoned: zone !== undefined };
}

function zoneSeconds(zone: string | undefined): number {
	const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "");
	if (!match) return 0;
	return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}
