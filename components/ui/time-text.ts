/** Times as text. Pure; the zone and the current time come in, so that a test can fix them. */

/** Milliseconds of an ISO time or of the engine's `2026-05-02 12:58:41.123456789`; a text without a zone is UTC. Null where it is no time. */
export function parseTime(text: string): number | null {
	const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d+)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(text.trim());
	if (!match) return null;
	const [, date, minutes = "00:00", seconds = ":00", fraction = "", zone = "Z"] = match;
	const offset = zone === "Z" ? "Z" : zone.length === 3 ? `${zone}:00` : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
	const value = Date.parse(`${date}T${minutes}${seconds}${fraction.slice(0, 4)}${offset}`);
	return Number.isNaN(value) ? null : value;
}

/** How much of a time is shown. */
export type TimeStyle = "full" | "minute" | "date" | "clock";

interface Parts {
	year: number;
	/** `May 2` */
	day: string;
	/** `12:58:41` */
	clock: string;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** The reader's own zone without a formatter: one costs milliseconds to make and much of one to use, and a board shows hundreds of times. */
function partsHere(milliseconds: number): Parts {
	const at = new Date(milliseconds);
	return { year: at.getFullYear(), day: `${MONTHS[at.getMonth()]} ${at.getDate()}`, clock: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}` };
}

function partsIn(zone: string, milliseconds: number): Parts {
	const formatter = new Intl.DateTimeFormat("en-US", { timeZone: zone, year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
	const parts = new Map(formatter.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
	return { year: Number(parts.get("year")), day: `${parts.get("month")} ${parts.get("day")}`, clock: `${parts.get("hour")}:${parts.get("minute")}:${parts.get("second")}` };
}

/** `May 2, 12:58:41`; the year when it is not the current one. `zone` is an IANA name, the reader's own by default. */
export function timeText(milliseconds: number, style: TimeStyle = "full", zone?: string, now: number = Date.now()): string {
	const partsOf = (time: number) => (zone === undefined ? partsHere(time) : partsIn(zone, time));
	const { year, day, clock } = partsOf(milliseconds);
	if (style === "clock") return clock;
	const date = year === partsOf(now).year ? day : `${day}, ${year}`;
	if (style === "date") return date;
	return `${date}, ${style === "minute" ? clock.slice(0, 5) : clock}`;
}

/** The same instant in UTC, for the hover: `2026-05-02 12:58:41 UTC`. */
export function utcText(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
