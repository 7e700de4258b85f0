/** Room for a ratio that was computed from sums of 32-bit floats. */
const SINGLE = 1e-6;

/**
 * What is wrong with a recorded ratio of two sums, or null where it is candidate ÷ reference. Numbers are given as the file writes them:
 * a ratio that was rounded for people is right when it rounds right.
 *
 * @param sides names of reference and candidate; null where the file has not two sums
 */
export function checkRatio(ratio: string, sides: readonly [string, string] | null, sums: readonly [string | null, string | null]): string | null {
	if (sides === null || sums[0] === null || sums[1] === null) return `sum_ratio ${ratio} is not checked: the file does not record the two sums`;
	const [reference, candidate] = sides;
	const [r, c] = [Number(sums[0]), Number(sums[1])];
	const stated = Number(ratio);
	const way = `${candidate}/${reference}`;
	if (r === 0) return `sum_ratio ${ratio} cannot be checked: ${reference}_sum is 0, so ${way} is no number`;
	const room = Math.max(SINGLE * Math.abs(stated), halfStep(ratio));
	const forward = c / r;
	if (Math.abs(stated - forward) <= room) return null;
	const inverse = c === 0 ? Number.NaN : r / c;
	if (Math.abs(stated - inverse) <= room) return `sum_ratio ${ratio} is ${reference}/${candidate}, the inverse of ${way} (${short(forward)})`;
	const backward = Number.isNaN(inverse) ? "" : ` nor ${reference}/${candidate} (${short(inverse)})`;
	return `sum_ratio ${ratio} is neither ${way} (${short(forward)})${backward} of the recorded sums: the file contradicts itself`;
}

/** Half a unit of the last digit that was written; 0 for a whole number, which was not rounded for people. */
function halfStep(lexeme: string): number {
	const [, fraction, exponent = "0"] = /^[-+]?\d+(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(lexeme) ?? [];
	if (fraction === undefined) return 0;
	return 0.5 * 10 ** (Number(exponent) - fraction.length) * (1 + Number.EPSILON * 8);
}

function short(value: number): string {
	return String(Number(value.toPrecision(7)));
}
