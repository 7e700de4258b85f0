/** One figure of the bench: a file in this folder, and a line in `main.ts`. */
export interface Figure {
	name: string;
	/** one line: what is measured against what */
	describe: string;
	/** Measures and reports. Inputs are made in `folder`, which is removed afterwards. */
	run(bench: Bench): Promise<void>;
}

/** What the bench needs of the machine. */
export interface Machine {
	/** the folder of package.json */
	root: string;
	/** path of a Chromium */
	chromium(): Promise<string>;
}

export interface Bench extends Machine {
	/** a fresh folder outside the repository */
	folder: string;
	/** times to measure each side, at least once */
	runs: number;
	/** progress, on stderr */
	say(line: string): void;
	report(row: Row): void;
}

/** A line of the table. Values are of one unit; `goal` is what the ratio (or the value, where there is no peer) should not exceed. */
export interface Row {
	what: string;
	unit: string;
	values: readonly number[];
	peer?: { what: string; values: readonly number[] };
	goal?: number;
	note?: string;
}

export interface Spread {
	min: number;
	median: number;
	max: number;
}

export function spread(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
	return { min: sorted[0]!, median, max: sorted[sorted.length - 1]! };
}

/** Milliseconds that a task takes. */
export async function timed(task: () => unknown): Promise<number> {
	const start = performance.now();
	await task();
	return performance.now() - start;
}
