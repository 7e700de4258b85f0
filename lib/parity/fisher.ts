/** log(n!) for all n up to the largest that was asked for; sums of logarithms, good to about 1e-13 relative for a million. */
const logFactorials: number[] = [0];

export function logFactorial(n: number): number {
	for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1]! + Math.log(k));
	return logFactorials[n]!;
}

/**
 * Fisher's exact test, two-sided, of a 2 × 2 table [[a, b], [c, d]] of counts: the chance of a table at least as unlikely with the same
 * margins (the sum of all hypergeometric probabilities up to that of the table, as R's `fisher.test`).
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
	const [row, column, total] = [a + b, a + c, a + b + c + d];
	const choose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);
	const all = choose(total, column);
	const probability = (x: number) => Math.exp(choose(row, x) + choose(total - row, column - x) - all);
	// Tables that are equally likely differ in the last digits of their logarithms.
	const limit = probability(a) * (1 + 1e-7);
	let sum = 0;
	for (let x = Math.max(0, column - (total - row)); x <= Math.min(row, column); x++) {
		const p = probability(x);
		if (p <= limit) sum += p;
	}
	return Math.min(1, sum);
}

/** The odds ratio ad ÷ bc with half a case added to each cell (Haldane and Anscombe), so that an empty cell does not make it infinite. */
export function oddsRatio(a: number, b: number, c: number, d: number): number {
	return ((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5));
}
