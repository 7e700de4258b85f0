import { num, sci } from "@/components/ui/format";
import { isDistance } from "./side-text";

/** A measure with its tolerance as boards write it: `max-rel 1e-6`, `cosine 0.99999`, `json`. */
export function measureText(measure: string | null, tolerance: number | null): string {
	if (measure === null) return "";
	return tolerance === null ? measure : `${measure} ${toleranceText(tolerance)}`;
}

/** A tolerance as people write it: `1e-6` rather than `0.000001`. */
export function toleranceText(tolerance: number): string {
	const size = Math.abs(tolerance);
	if (size === 0 || size >= 1e-2) return num(tolerance);
	return tolerance.toExponential().replace("e+", "e");
}

/** A case's value in its measure's unit: small and huge distances scientific with at most five digits, closeness with every digit it has. */
export function valueText(value: number | null, measure: string | null): string {
	if (value === null) return "";
	if (!Number.isFinite(value)) return value > 0 ? "infinite" : num(value);
	if (measure === "ulp") return num(value);
	if (isDistance(measure)) return Math.abs(value) >= 1 && Math.abs(value) < 1e6 ? num(Number(value.toPrecision(6))) : sci(value, digits(value));
	return num(value);
}

/** Decimals of the scientific form, up to four, without zeros at the end that nobody measured. */
function digits(value: number): number {
	const [mantissa = ""] = value.toExponential(4).split("e");
	return mantissa.replace(/^-?\d\.?/, "").replace(/0+$/, "").length;
}

/** `146,432 × tolerance`, for a distance beyond it. */
export function overText(times: number): string {
	if (!Number.isFinite(times)) return "∞ × tolerance";
	const shown = times >= 1e9 ? sci(times, 1) : num(times >= 100 ? Math.round(times) : Number(times.toPrecision(3)));
	return `${shown} × tolerance`;
}
