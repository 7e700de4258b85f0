import type { Batch, Parser, ParserEnd } from "@/lib/model";
import { type RecordedCase, runBatches } from "./runs";
import { Cargo } from "./test-output/cargo";
import { Go } from "./test-output/go";
import { bareLine } from "./test-output/lines";
import { Pytest } from "./test-output/pytest";
import { type Counts, noCounts, type Tally } from "./test-output/tally";
import { text } from "./text";
import { LineSplitter } from "./text/lines";
import { showBytes } from "./text/utf8";

/**
 * What pytest, `cargo test` or `go test` printed: one run with the measure status, a case for every test that the log lists, and counts
 * of those that it only counts. The lines are also `text_lines`, as those of any log. A log in which tests were only collected is no run.
 */
export function testOutput(path: string): Parser {
	return new TestOutput(path);
}

class TestOutput implements Parser {
	private readonly plain: Parser;
	private readonly lines: LineSplitter;
	private readonly pytest = new Pytest();
	private readonly cargo = new Cargo();
	private readonly go = new Go();

	constructor(path: string) {
		this.plain = text(path);
		this.lines = new LineSplitter((line) => {
			const shown = bareLine(showBytes(line.bytes, line.start, line.end));
			for (const reader of [this.pytest, this.cargo, this.go]) reader.take(shown, line.number);
		});
	}

	push(bytes: Uint8Array): Batch[] {
		this.lines.push(bytes);
		return this.plain.push(bytes);
	}

	end(): ParserEnd {
		this.lines.end();
		this.go.end();
		const end = this.plain.end();
		const run = this.run();
		return { ...end, batches: [...end.batches, ...run.batches], notes: [...end.notes, ...run.notes] };
	}

	private run(): { batches: Batch[]; notes: string[] } {
		const groups = [...this.pytest.sessions, ...this.cargo.targets, ...this.go.packages].filter((group) => !group.isEmpty);
		if (groups.length === 0) return { batches: [], notes: [this.pytest.onlyCollected > 0 ? "tests were only collected, none ran: there is no run" : "no test has a result here: there is no run"] };
		const names = new Names();
		const cases: RecordedCase[] = [];
		const unlisted = noCounts();
		const notes: string[] = [];
		let without = 0;
		for (const group of groups) {
			for (const test of group.cases.values()) {
				cases.push({ run_no: 0, position: cases.length, case_name: names.take(this.nameOf(group, test.name)), reference_missing: false, candidate_missing: false, recorded_verdict: test.word, note: test.note, line: test.line });
			}
			add(unlisted, group.unlisted());
			without += group.without;
			const disagreement = group.disagreement();
			if (disagreement !== null) notes.push(disagreement);
		}
		if (without > 0) notes.push(`${without} tests were to run and have no result; they count as skipped`);
		if (this.go.withoutTests > 0) notes.push(`${this.go.withoutTests} package${this.go.withoutTests === 1 ? " has" : "s have"} no tests`);
		if (this.go.listsOnlyFailures) notes.push("go test lists only tests that fail where it is not run with -v; those that passed beside them are not counted");
		const counts = [unlisted.passed, unlisted.failed, unlisted.skipped + without];
		const counted = counts.every(Number.isSafeInteger);
		if (!counted) notes.push("its summary counts more tests than can be counted, so only those that it lists are");
		const [passed, failed, skipped] = counted ? counts : [0, 0, 0];
		const run = {
			run_no: 0,
			measure: "status",
			unlisted_passed: passed,
			unlisted_failed: failed,
			unlisted_skipped: skipped,
			note: notes.join("; ") || null,
			line: groups.findLast((group) => group.line !== null)?.line ?? cases[0]?.line ?? 1,
		};
		return { batches: runBatches([run], cases), notes };
	}

	/** A test is named with its target or package, since names repeat between them; a session of pytest needs that only from the second on. */
	private nameOf(group: Tally, name: string): string {
		if (group.label === null) return name;
		if (this.pytest.sessions.includes(group)) return `${name} (${group.label})`;
		if (name === "") return group.label;
		return this.cargo.targets.includes(group) ? `${group.label}::${name}` : `${group.label}.${name}`;
	}
}

/** Gives a name that was given before a number. */
class Names {
	private readonly given = new Map<string, number>();

	take(name: string): string {
		const count = (this.given.get(name) ?? 0) + 1;
		this.given.set(name, count);
		return count === 1 ? name : `${name} (${count})`;
	}
}

function add(sum: Counts, more: Counts): void {
	sum.passed += more.passed;
	sum.failed += more.failed;
	sum.skipped += more.skipped;
}
