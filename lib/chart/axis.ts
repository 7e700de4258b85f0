/** A domain with round ends that holds all values; from 0 where `zero`. Null where there is no value. */
export function domainOf(values: readonly number[], zero: boolean): [low: number, high: number] | null {
	let low = zero ? 0 : Number.POSITIVE_INFINITY;
	let high = zero ? 0 : Number.NEGATIVE_INFINITY;
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	if (low > high) return null;
	if (low === high) return low === 0 ? [0, 1] : zero ? (low < 0 ? [low, 0] : [0, high]) : around(low);
	const step = roundStep((high - low) / 5);
	// So near to one another that a double holds no step between them.
	if (!(step > 0) || low + step === low || high - step === high) return [low, high];
	const decimals = Math.max(0, -Math.floor(Math.log10(step)));
	const tidy = (value: number) => (decimals > 15 ? value : Number(value.toFixed(Math.min(15, decimals))));
	return [tidy(Math.floor(low / step) * step), tidy(Math.ceil(high / step) * step)];
}

/** A little to both sides of one value; one unit where its twentieth is nothing to a double. */
function around(value: number): [low: number, high: number] {
	const margin = Math.abs(value) * 0.05;
	return value - margin < value && value + margin > value ? [value - margin, value + margin] : [value - 1, value + 1];
}

/** 1, 2 or 5 times a power of ten, not below `raw`. */
export function roundStep(raw: number): number {
	const power = 10 ** Math.floor(Math.log10(raw));
	for (const times of [1, 2, 5]) if (raw <= times * power) return times * power;
	return 10 * power;
}
