import { type Outcome, Tally } from "./tally";

const OUTCOMES: Readonly<Record<string, Outcome>> = { PASS: "passed", FAIL: "failed", SKIP: "skipped", ok: "passed" };
const TEST = /^\s*--- (PASS|FAIL|SKIP): (\S+) \([\d.]+s\)$/;
const CURRENT = /^=== (RUN|NAME|CONT)\s+(\S+)$/;
const PACKAGE = /^(ok|FAIL)\s+(\S+)\s+((?:[\d.]+s|\(cached\)|\[[^\]]+\]).*)$/;
const NO_FILES = /^\?\s+(\S+)\s+\[no test files\]$/;
const MESSAGE = /^\s+\S+\.go:\d+: /;

/** Reads the lines of `go test`, with `-v` or without: a group of tests a package. */
export class Go {
	readonly packages: Tally[] = [];
	/** packages that say that they have no tests */
	withoutTests = 0;
	/** whether a package lists some of its tests and not those that pass */
	listsOnlyFailures = false;
	private tests = new Tally();
	/** tests that began, until their result comes; what they print before it belongs to them */
	private readonly begun = new Map<string, string[]>();
	private running: string | null = null;

	take(text: string, line: number): void {
		const current = text.startsWith("=== ") ? CURRENT.exec(text) : null;
		if (current) {
			this.running = current[2]!;
			if (current[1] === "RUN") this.begun.set(this.running, []);
			return;
		}
		const test = text.includes("--- ") ? TEST.exec(text) : null;
		if (test) {
			const [, word, name] = test as unknown as [string, string, string];
			this.tests.report(name, word, OUTCOMES[word]!, line);
			for (const message of this.begun.get(name) ?? []) this.tests.remark(message, name);
			this.begun.delete(name);
			this.running = null;
			return;
		}
		const ended = text.startsWith("ok") || text.startsWith("FAIL") ? PACKAGE.exec(text) : null;
		const message = text.includes(".go:") && MESSAGE.test(text);
		if (ended) this.endPackage(ended[1]!, ended[2]!, ended[3]!, line);
		else if (text.startsWith("?") && NO_FILES.test(text)) this.withoutTests++;
		else if (message && this.running !== null) this.begun.get(this.running)?.push(text);
		else if (message || text.startsWith("panic: ")) this.tests.remark(text);
	}

	/** No more lines: tests without the line of their package keep their own names. */
	end(): void {
		if (this.tests.isEmpty && this.begun.size === 0) return;
		if (this.begun.size > 0) this.tests.announced = this.tests.results + this.begun.size;
		this.packages.push(this.tests);
	}

	/** A package stands for itself only where it lists no test that tells as much. */
	private endPackage(word: string, name: string, rest: string, line: number): void {
		const { tests } = this;
		tests.label = name;
		tests.line = line;
		if (word === "ok" && /\[no tests to run\]/.test(rest)) this.withoutTests++;
		else if (tests.results === 0 || (word === "FAIL" && tests.listed.failed === 0)) {
			tests.report("", word, OUTCOMES[word]!, line);
			if (word === "FAIL") tests.remark(rest, "");
		}
		if (tests.listed.failed > 0 && tests.listed.passed === 0 && !rest.startsWith("[")) this.listsOnlyFailures = true;
		if (this.begun.size > 0) tests.announced = tests.results + this.begun.size;
		this.begun.clear();
		this.running = null;
		this.packages.push(tests);
		this.tests = new Tally();
	}
}
