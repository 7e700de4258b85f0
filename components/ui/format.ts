/** Figures as text. Pure; no React. The minus is U+2212, thousands are parted by commas, a percent sign follows a thin space. */

const MINUS = "\u2212";
const THIN = "\u2009";

/** Puts commas into the whole part of a plain decimal text and a true minus in front. Keeps every digit. */
function grouped(text: string): string {
	const negative = text.startsWith("-");
	const body = negative ? text.slice(1) : text;
	const dot = body.indexOf(".");
	const whole = dot < 0 ? body : body.slice(0, dot);
	const rest = dot < 0 ? "" : body.slice(dot);
	return (negative ? MINUS : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}

/**
 * A number with every digit it has: `1,061`, `−0.0119`, `1.46e-1` stays decimal unless the number is too small or too
 * large to be written out. `null` gives an empty text, because a cell that does not apply is empty.
 */
export function num(value: number | bigint | null): string {
	if (value === null) return "";
	const text = String(value);
	if (/^-?\d+(\.\d+)?$/.test(text)) return grouped(text);
	if (typeof value === "number" && Number.isFinite(value)) return text.replace("-", value < 0 ? MINUS : "-").replace("e+", "e");
	return text.replace("-", MINUS);
}

/** A number rounded to a fixed count of decimals: `fixed(0.12345, 3)` is `0.123`. */
export function fixed(value: number | null, decimals: number): string {
	if (value === null) return "";
	return Number.isFinite(value) ? grouped(value.toFixed(decimals)) : num(value);
}

/** A ratio as a percentage: `pct(0.1464)` is `14.6 %` with a thin space. `sign` puts a plus before gains. */
export function pct(ratio: number | null, decimals = 1, sign = false): string {
	if (ratio === null) return "";
	if (!Number.isFinite(ratio)) return num(ratio);
	const text = grouped((ratio * 100).toFixed(decimals));
	return `${sign && ratio > 0 ? "+" : ""}${text}${THIN}%`;
}

/** Scientific, as logs write it: `sci(-0.14643)` is `−1.4643e-1`; exact zero is `0`. */
export function sci(value: number | null, digits = 4): string {
	if (value === null) return "";
	if (value === 0) return "0";
	if (!Number.isFinite(value)) return num(value);
	const text = value.toExponential(digits).replace("e+", "e");
	return text.startsWith("-") ? MINUS + text.slice(1) : text;
}

/** A distance as a person reads it: plain where that is short, scientific where it is not. */
export function distance(value: number | null): string {
	if (value === null) return "";
	const size = Math.abs(value);
	if (value === 0 || (size >= 1e-3 && size < 1e6)) return num(Number(value.toPrecision(6)));
	return sci(value, 2);
}

/** Bytes in decimal units: `2.1 KB`, `418 KB`, `197 MB`. */
export function bytes(value: number | null): string {
	if (value === null) return "";
	if (value < 1000) return `${num(value)} B`;
	const units = ["KB", "MB", "GB", "TB"];
	let size = value / 1000;
	let unit = 0;
	while (size >= 999.5 && unit < units.length - 1) {
		size /= 1000;
		unit++;
	}
	return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** A span of time from milliseconds: `3.1 ms`, `5,230 ms`, `12.4 s`, `3 min 20 s`. */
export function duration(milliseconds: number | null): string {
	if (milliseconds === null) return "";
	if (milliseconds < 100) return `${Number(milliseconds.toFixed(1))} ms`;
	if (milliseconds < 10_000) return `${num(Math.round(milliseconds))} ms`;
	const seconds = milliseconds / 1000;
	if (seconds < 100) return `${seconds.toFixed(1)} s`;
	return `${num(Math.floor(seconds / 60))} min ${Math.round(seconds % 60)} s`;
}

/** `7/9`: the second counts what was compared. */
export function outOf(passed: number, compared: number): string {
	return `${num(passed)}/${num(compared)}`;
}

/** `1 run`, `2 runs`, `1,061 runs`. */
export function count(value: number, one: string, many = `${one}s`): string {
	return `${num(value)} ${value === 1 ? one : many}`;
}

/** First 8 characters, an ellipsis, last 4; short texts stay whole. */
export function shortHash(hash: string): string {
	return hash.length <= 13 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`;
}
