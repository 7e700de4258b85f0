const DAY = 86_400_000_000_000n;

/** `2024-02-29` of days since 1970; years outside 0 to 9999 have a sign and as many digits as they need. */
export function dateText(days: number): string {
	// Civil date of a day number, in eras of 400 years (146,097 days), so that no year is out of range.
	const shifted = days + 719_468;
	const era = Math.floor(shifted / 146_097);
	const day = shifted - era * 146_097;
	const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
	const inYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
	const month = Math.floor((5 * inYear + 2) / 153);
	const date = inYear - Math.floor((153 * month + 2) / 5) + 1;
	const civil = month < 10 ? month + 3 : month - 9;
	const full = year + era * 400 + (civil <= 2 ? 1 : 0);
	const sign = full < 0 ? "-" : full > 9999 ? "+" : "";
	return `${sign}${String(Math.abs(full)).padStart(4, "0")}-${pad(civil)}-${pad(date)}`;
}

/** `10:21:07.5` of nanoseconds since midnight. */
export function clockText(nanoseconds: bigint): string {
	const seconds = nanoseconds / 1_000_000_000n;
	const rest = (nanoseconds % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
	return `${pad(seconds / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}${rest === "" ? "" : `.${rest}`}`;
}

/** An RFC 3339 time of nanoseconds since 1970, without a zone where it has none. */
export function timestampText(nanoseconds: bigint, utc: boolean): string {
	const day = nanoseconds >= 0n ? nanoseconds / DAY : -((-nanoseconds + DAY - 1n) / DAY);
	return `${dateText(Number(day))}T${clockText(nanoseconds - day * DAY)}${utc ? "Z" : ""}`;
}

function pad(value: number | bigint): string {
	return String(value).padStart(2, "0");
}
