const SECOND = 1_000_000_000n;

/** Nanoseconds since 1970 of an RFC 3339 time in UTC with at most millisecond digits. */
export function nanosOf(iso: string): bigint {
	return BigInt(Date.parse(iso)) * 1_000_000n;
}

/**
 * The two ways in which the daemons write a time. The gateway writes all nine digits; validatord strips the zeros at
 * the end, and the point with them when none is left. One instant, two texts.
 */
export function formatNanos(nanos: bigint, style: "nine digits" | "stripped"): string {
	const seconds = new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, 19);
	const digits = (nanos % SECOND).toString().padStart(9, "0");
	if (style === "nine digits") return `${seconds}.${digits}Z`;
	const stripped = digits.replace(/0+$/, "");
	return stripped === "" ? `${seconds}Z` : `${seconds}.${stripped}Z`;
}

/** `2026-04-22T04:43:00Z` as a folder name: `20260422T044300Z`. */
export function folderOf(iso: string): string {
	return iso.replaceAll("-", "").replaceAll(":", "");
}
