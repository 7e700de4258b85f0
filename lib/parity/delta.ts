/**
 * The relative difference, with the answers that division does not give: zero against zero is 0, zero against something is
 * infinite with the sign of the difference. Relative to the reference: `difference` ÷ |`reference`| keeps the sign of the difference.
 */
export function relativeTo(difference: number, reference: number): number {
	if (difference === 0) return 0;
	return reference === 0 ? difference * Number.POSITIVE_INFINITY : difference / Math.abs(reference);
}

/** A number as C prints it with `%.6e`, the way logs and reports write them: `1.009864e+18`, `0.000000e+00`, `nan`, `-inf`. */
export function scientific(value: number, digits = 6): string {
	if (Number.isNaN(value)) return "nan";
	if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
	return value.toExponential(digits).replace(/e([+-])(\d)$/, "e$10$2");
}

/** A number for a sentence: plain where it is short, else scientific, with at most six significant digits. */
export function brief(value: number): string {
	if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "-infinite" : "infinite";
	const size = Math.abs(value);
	if (size === 0 || Number.isInteger(value)) return size < 1e15 ? value.toLocaleString("en-US") : value.toExponential(5);
	return size < 1e-3 || size >= 1e6 ? value.toExponential(5).replace(/\.?0+e/, "e") : String(Number(value.toPrecision(6)));
}

/** `1 value`, `3 values`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
