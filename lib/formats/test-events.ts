import type { Batch, Parser, ParserEnd } from "@/lib/model";
import { jsonl } from "./jsonl";
import { type RecordedCase, runBatches } from "./runs";
import { type Outcome, Tally } from "./test-output/tally";
import { LineSplitter } from "./text/lines";
import { showBytes } from "./text/utf8";
import { timeOf } from "./times";

const OUTCOMES: Readonly<Record<string, Outcome>> = { pass: "passed", fail: "failed", skip: "skipped" };
const OUTPUT_LINES = 12;

/** One line of `go test -json`. */
interface Event {
	Time?: unknown;
	Action?: unknown;
	Package?: unknown;
	Test?: unknown;
	Output?: unknown;
}

/**
 * The events of `go test -json`: one run with the measure status and a case a test, named with its package; a package that lists no test that tells
 * as much is a case itself. The events are also the rows of `jsonl`. The run's time is that of the first event.
 */
export function testEvents(path: string): Parser {
	return new TestEvents(jsonl(path));
}

class TestEvents implements Parser {
	private readonly lines: LineSplitter;
	private readonly packages = new Map<string, Tally>();
	private readonly begun = new Set<string>();
	/** lines that a test printed before its result */
	private readonly printed = new Map<string, string[]>();
	private ranAt: bigint | null = null;
	private withoutTests = 0;

	constructor(private readonly rows: Parser) {
		this.lines = new LineSplitter((line) => {
			const event = eventOf(showBytes(line.bytes, line.start, line.end));
			if (event) this.take(event, line.number);
		});
	}

	push(bytes: Uint8Array): Batch[] {
		this.lines.push(bytes);
		return this.rows.push(bytes);
	}

	end(): ParserEnd {
		this.lines.end();
		const end = this.rows.end();
		// What the rows ask for again is read again with them.
		if (end.restart) return { ...end, restart: new TestEvents(end.restart) };
		const { batches, notes } = this.run();
		return { ...end, batches: [...end.batches, ...batches], notes: [...end.notes, ...notes] };
	}

	private take({ Time, Action, Package, Test, Output }: Event, line: number): void {
		if (typeof Action !== "string" || typeof Package !== "string") return;
		if (this.ranAt === null && typeof Time === "string") this.ranAt = timeOf(Time);
		const tally = this.packages.get(Package) ?? new Tally(Package);
		this.packages.set(Package, tally);
		const outcome = OUTCOMES[Action];
		if (typeof Test === "string") {
			const key = `${Package}\0${Test}`;
			if (Action === "run") this.begun.add(key);
			else if (Action === "output" && typeof Output === "string") this.print(key, Output);
			else if (outcome) {
				this.begun.delete(key);
				tally.report(Test, Action, outcome, line);
				if (outcome !== "passed") for (const text of this.printed.get(key) ?? []) tally.remark(text, Test);
				this.printed.delete(key);
			}
		} else if (outcome) this.endPackage(tally, Action, outcome, line);
	}

	private print(key: string, text: string): void {
		if (text.trim() === "" || /^\s*(=== |--- )/.test(text)) return;
		const list = this.printed.get(key) ?? [];
		if (list.length < OUTPUT_LINES) list.push(text.trimEnd());
		this.printed.set(key, list);
	}

	private endPackage(tally: Tally, word: string, outcome: Outcome, line: number): void {
		tally.line = line;
		// A package is skipped where it has no test files.
		if (outcome === "skipped" || (outcome === "passed" && tally.results === 0)) this.withoutTests++;
		else if (outcome === "failed" && tally.listed.failed === 0) tally.report("", word, outcome, line);
	}

	private run(): { batches: Batch[]; notes: string[] } {
		const groups = [...this.packages.values()];
		const cases: RecordedCase[] = [];
		for (const group of groups)
			for (const test of group.cases.values()) cases.push({ run_no: 0, position: cases.length, case_name: test.name === "" ? group.label! : `${group.label}.${test.name}`, reference_missing: false, candidate_missing: false, recorded_verdict: test.word, note: test.note, line: test.line });
		if (cases.length === 0 && this.begun.size === 0) return { batches: [], notes: ["no test has a result here: there is no run"] };
		const notes: string[] = [];
		if (this.begun.size > 0) notes.push(`${this.begun.size} tests were to run and have no result; they count as skipped`);
		if (this.withoutTests > 0) notes.push(`${this.withoutTests} package${this.withoutTests === 1 ? " has" : "s have"} no tests`);
		const run = { run_no: 0, ran_at: this.ranAt, measure: "status", unlisted_skipped: this.begun.size, note: notes.join("; ") || null, line: groups.findLast((group) => group.line !== null)?.line ?? cases[0]?.line ?? 1 };
		return { batches: runBatches([run], cases), notes };
	}
}

/** The event of a line; null for a line that is none, which the rows tell as a reject. */
function eventOf(line: string): Event | null {
	if (!line.startsWith("{")) return null;
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === "object" ? value : null;
	} catch {
		return null;
	}
}
