import { type Outcome, Tally } from "./tally";

const OUTCOMES: Readonly<Record<string, Outcome>> = { ok: "passed", FAILED: "failed", ignored: "skipped" };
const RUNNING = /^\s*Running (?:unittests )?(\S+)(?: \((\S+)\))?$/;
const DOC = /^\s*Doc-tests (\S+)$/;
const BEGIN = /^running (\d+) tests?$/;
const TEST = /^test (.+?) \.\.\. (ok|FAILED|ignored)(?:, (.*))?(?: <[\d.]+s>)?$/;
const BEGUN = /^test (.+?) \.\.\. /;
const ALONE = /^(ok|FAILED|ignored)$/;
const RESULT = /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored;/;
const OUTPUT = /^---- (.+) stdout ----$/;
const OUTPUT_LINES = 12;

/** Reads the lines of `cargo test`: a group of tests a target. */
export class Cargo {
	readonly targets: Tally[] = [];
	private label: string | null = null;
	private target: Tally | null = null;
	private begun: string | null = null;
	/** the failed test whose output is being listed, and how many more lines of it are kept */
	private output: { name: string; left: number } | null = null;

	take(text: string, line: number): void {
		const running = text.includes("Running ") ? RUNNING.exec(text) : text.includes("Doc-tests ") ? DOC.exec(text) : null;
		if (running) {
			this.label = text.includes("Doc-tests") ? `${running[1]} (doc)` : targetName(running[2] ?? running[1]!);
			this.target = null;
			return;
		}
		const begin = text.startsWith("running ") ? BEGIN.exec(text) : null;
		if (begin) {
			this.open().announced = Number(begin[1]);
			return;
		}
		const result = text.startsWith("test result: ") ? RESULT.exec(text) : null;
		if (result) {
			this.output = null;
			const target = this.target ?? this.open();
			target.counted = { passed: Number(result[1]), failed: Number(result[2]), skipped: Number(result[3]) };
			target.line = line;
			this.target = null;
			this.label = null;
			return;
		}
		this.takeTest(text, line);
	}

	private takeTest(text: string, line: number): void {
		const test = text.startsWith("test ") ? TEST.exec(text) : null;
		if (test) {
			const [, name, word, reason] = test as unknown as [string, string, string, string | undefined];
			this.report(name, word, line, reason);
			return;
		}
		const begun = text.startsWith("test ") ? BEGUN.exec(text) : null;
		if (begun) this.begun = begun[1]!;
		else if (this.begun !== null && ALONE.test(text)) this.report(this.begun, text, line, undefined);
		else this.takeOutput(text);
	}

	private takeOutput(text: string): void {
		const output = text.startsWith("---- ") ? OUTPUT.exec(text) : null;
		if (output) this.output = { name: bareName(output[1]!), left: OUTPUT_LINES };
		else if (text === "failures:") this.output = null;
		else if (this.output !== null && this.output.left > 0 && text.trim() !== "") {
			this.output.left--;
			this.target?.remark(text, this.output.name);
		}
	}

	private report(name: string, word: string, line: number, reason: string | undefined): void {
		this.begun = null;
		const target = this.target ?? this.open();
		target.report(bareName(name), word, OUTCOMES[word]!, line);
		if (reason !== undefined) target.remark(reason);
	}

	private open(): Tally {
		this.target = new Tally(this.label);
		this.targets.push(this.target);
		return this.target;
	}
}

/** `target/debug/deps/wire-3f0c…` is the target `wire`. */
function targetName(path: string): string {
	return path.slice(path.search(/[^/\\]*$/)).replace(/-[0-9a-f]{16}(\.exe)?$/, "").replace(/\.rs$/, "");
}

function bareName(name: string): string {
	return name.replace(/ - should panic$/, "");
}
