import { type Counts, noCounts, type Outcome, Tally } from "./tally";

const OUTCOMES: Readonly<Record<string, Outcome>> = { PASSED: "passed", FAILED: "failed", ERROR: "failed", XPASS: "failed", SKIPPED: "skipped", XFAIL: "skipped" };
/** Words of the summary line; those that are no result are null. */
const COUNTED: Readonly<Record<string, Outcome | null>> = {
	passed: "passed", failed: "failed", error: "failed", errors: "failed", xpassed: "failed", skipped: "skipped", xfailed: "skipped",
	deselected: null, warning: null, warnings: null, rerun: null, reruns: null, "subtests passed": null, "subtests failed": null,
};
const WORD = "(PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)";
const PERCENT = "(?:\\s+\\[\\s*\\d+%\\])?";
const START = /^=+ test session starts =+$/;
const COLLECTED = /(?:^|\s)collected (\d+) items?(?: \/ .*)?$/;
const SELECTED = /\/ (\d+) selected/;
const VERBOSE = new RegExp(`^(\\S+\\.py::.+?)\\s+${WORD}(?:\\s+\\(.*\\))?${PERCENT}$`);
const WORKER = new RegExp(`^\\[gw\\d+\\]${PERCENT}\\s+${WORD}\\s+(\\S+\\.py::.+)$`);
const BEGUN = /^(\S+\.py::\S+)\s+\S/;
const ALONE = new RegExp(`^${WORD}${PERCENT}$`);
const SUMMARY = /^(PASSED|FAILED|ERROR|XFAIL|XPASS) (\S+\.py(?:::.+| - .+)?)$/;
const TOTAL = /^=*\s*(\d+ [a-z]+(?: [a-z]+)?(?:, \d+ [a-z]+(?: [a-z]+)?)*) in [\d.]+s\b[^a-z]*$/i;
const NONE = /^=*\s*no tests ran in [\d.]+s\b/;
const ONLY_COLLECTED = /^=*\s*(?:no|\d+(?:\/\d+)?) tests? collected\b.* in [\d.]+s/;

/** Reads pytest's lines: verbose results, those of workers, the short summary and the last line with its counts. */
export class Pytest {
	readonly sessions: Tally[] = [];
	/** lines that say that tests were collected and none ran */
	onlyCollected = 0;
	private session: Tally | null = null;
	/** a test whose result comes on a line of its own, because it printed something */
	private begun: string | null = null;

	take(text: string, line: number): void {
		// Words are looked for before patterns: of a large log nearly no line is one of these.
		if (text.startsWith("=") && START.test(text)) {
			this.open();
			return;
		}
		const collects = text.includes("collected");
		const collected = collects ? COLLECTED.exec(text) : null;
		if (collected) {
			if (this.session?.announced != null) this.open();
			this.current.announced = Number(SELECTED.exec(text)?.[1] ?? collected[1]);
			return;
		}
		if (collects && ONLY_COLLECTED.test(text)) {
			this.onlyCollected++;
			if (this.session?.results === 0) this.session.announced = null;
			return;
		}
		if (text.includes(".py")) this.takeTest(text, line);
		else if (this.begun !== null && ALONE.test(text)) {
			const word = ALONE.exec(text)![1]!;
			this.current.report(this.begun, word, OUTCOMES[word]!, line);
			this.begun = null;
		} else if (text.includes(" in ")) this.takeTotal(text, line);
	}

	private takeTest(text: string, line: number): void {
		const listed = text.includes(".py::");
		const verbose = listed ? VERBOSE.exec(text) : null;
		const worker = listed && !verbose ? WORKER.exec(text) : null;
		if (verbose || worker) {
			const [name, word] = verbose ? [verbose[1]!, verbose[2]!] : [worker![2]!, worker![1]!];
			this.begun = null;
			this.current.report(name, word, OUTCOMES[word]!, line);
			return;
		}
		const summary = SUMMARY.exec(text);
		if (summary) {
			const [, word, rest] = summary as unknown as [string, string, string];
			const [name, message] = this.splitMessage(rest);
			if (!this.current.cases.has(name)) this.current.report(name, word, OUTCOMES[word]!, line);
			if (message !== null) this.current.remark(message, name);
			return;
		}
		if (listed) this.begun = BEGUN.exec(text)?.[1] ?? this.begun;
	}

	/** `id - message`, where an id may hold ` - ` itself: the longest that is a listed test counts. */
	private splitMessage(rest: string): [name: string, message: string | null] {
		for (let at = rest.length; at > 0; at = rest.lastIndexOf(" - ", at - 1)) {
			if (this.current.cases.has(rest.slice(0, at))) return [rest.slice(0, at), at === rest.length ? null : rest.slice(at + 3)];
		}
		const at = rest.indexOf(" - ");
		return at < 0 ? [rest, null] : [rest.slice(0, at), rest.slice(at + 3)];
	}

	private takeTotal(text: string, line: number): void {
		const counts = NONE.test(text) ? noCounts() : totalOf(TOTAL.exec(text)?.[1]);
		if (counts === null) return;
		if (this.session !== null && this.session.counted !== null) this.open();
		this.current.counted = counts;
		this.current.line = line;
	}

	private get current(): Tally {
		return this.session ?? this.open();
	}

	private open(): Tally {
		this.begun = null;
		this.session = new Tally(this.sessions.length === 0 ? null : `session ${this.sessions.length + 1}`);
		this.sessions.push(this.session);
		return this.session;
	}
}

/** Null where a word is none of pytest's, or all of them are warnings. */
function totalOf(list: string | undefined): Counts | null {
	if (list === undefined) return null;
	const counts = noCounts();
	let results = 0;
	for (const part of list.split(", ")) {
		const [, count, word] = /^(\d+) (.+)$/.exec(part) ?? [];
		if (word === undefined || !Object.hasOwn(COUNTED, word)) return null;
		const outcome = COUNTED[word];
		if (!outcome) continue;
		results++;
		counts[outcome] += Number(count);
	}
	return results > 0 || list.includes("deselected") ? counts : null;
}
