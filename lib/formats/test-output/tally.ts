/** What a test came to, as case verdicts count it. */
export type Outcome = "passed" | "failed" | "skipped";

export type Counts = Record<Outcome, number>;

export interface TestCase {
	name: string;
	/** as the log writes it */
	word: string;
	outcome: Outcome;
	note: string | null;
	line: number;
}

/** Later ones win where a test has several results, as one whose teardown fails after it passed. */
const SEVERITY: readonly Outcome[] = ["passed", "skipped", "failed"];
const NOTE_LIMIT = 2_000;

export function noCounts(): Counts {
	return { passed: 0, failed: 0, skipped: 0 };
}

/**
 * One group of tests in a log: a pytest session, a target of cargo, a package of go. It keeps what the log lists apart from what it only
 * counts, so that no test counts twice.
 */
export class Tally {
	readonly cases = new Map<string, TestCase>();
	/** results as they were listed; a test can have several */
	readonly listed = noCounts();
	/** what the group's summary says; null where it has none */
	counted: Counts | null = null;
	/** tests that were said to come; null where the log does not say */
	announced: number | null = null;
	/** line of the summary */
	line: number | null = null;
	private last: TestCase | null = null;

	constructor(public label: string | null = null) {}

	report(name: string, word: string, outcome: Outcome, line: number): void {
		this.listed[outcome]++;
		const known = this.cases.get(name);
		if (!known) {
			this.last = { name, word, outcome, note: null, line };
			this.cases.set(name, this.last);
			return;
		}
		if (SEVERITY.indexOf(outcome) > SEVERITY.indexOf(known.outcome)) Object.assign(known, { word, outcome, line });
		this.last = known;
	}

	/** Adds a line to what is said of a test; without a name, of the last one. */
	remark(text: string, name?: string): void {
		const one = name === undefined ? this.last : (this.cases.get(name) ?? null);
		if (one === null || text.trim() === "") return;
		const note = one.note === null ? text.trim() : `${one.note}\n${text.trim()}`;
		one.note = note.slice(0, NOTE_LIMIT);
	}

	get results(): number {
		return this.listed.passed + this.listed.failed + this.listed.skipped;
	}

	get isEmpty(): boolean {
		return this.results === 0 && this.counted === null && this.announced === null;
	}

	/** Tests that the summary counts and the log lists no result for. */
	unlisted(): Counts {
		const rest = (outcome: Outcome) => Math.max(0, (this.counted?.[outcome] ?? 0) - this.listed[outcome]);
		return { passed: rest("passed"), failed: rest("failed"), skipped: rest("skipped") };
	}

	/** Tests that were said to come and have no result anywhere. */
	get without(): number {
		if (this.announced === null) return 0;
		const counted = this.counted === null ? 0 : this.counted.passed + this.counted.failed + this.counted.skipped;
		return Math.max(0, this.announced - Math.max(counted, this.results));
	}

	/** Where the log lists more results of a kind than its summary counts; null where it does not. */
	disagreement(): string | null {
		if (this.counted === null) return null;
		const counted = this.counted;
		const more = (["passed", "failed", "skipped"] as const).filter((outcome) => this.listed[outcome] > counted[outcome]);
		if (more.length === 0) return null;
		const of = this.label === null ? "" : ` of ${this.label}`;
		return more.map((outcome) => `the log lists ${this.listed[outcome]} tests${of} as ${outcome} and its summary counts ${counted[outcome]}`).join("; ");
	}
}
