import type { Head } from "./head";

const CHECKSUM = /^[0-9a-fA-F]{64}[ \t]+\*?\S/;

const TEST_OUTPUT: readonly RegExp[] = [
	/^=+ test session starts =+$/m,
	/^=+ .*\b\d+ (passed|failed|error|errors|skipped|xfailed|xpassed)\b.* in [\d.]+s.*=+$/m,
	/^\S+\.py::\S+.* (PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)\b/m,
	/^(no|\d+) tests? collected\b.* in [\d.]+s/m,
	/^test result: (ok|FAILED)\. \d+ passed;/m,
	/^test \S+ \.\.\. (ok|FAILED|ignored)$/m,
	/^\s*--- (PASS|FAIL|SKIP): \S+ \([\d.]+s\)$/m,
	/^(ok|FAIL) {1,4}\t?\S+\t[\d.]+s$/m,
];

/** The name of a format of text that is known but not yet read, or null. */
export function knownText(path: string, head: Head): string | null {
	const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
	const filled = head.lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
	if (name.endsWith(".sha256")) return "checksum list";
	if (filled.length > 0 && filled.every((line) => CHECKSUM.test(line))) return "checksum list";
	if (/^TRACE(_[A-Z0-9]+)*( \d+)?:/m.test(head.text) || /^TRACE_[A-Z0-9_]+ \S+=/m.test(head.text)) return "trace log";
	const text = head.text.replace(/\r/g, "");
	return TEST_OUTPUT.some((pattern) => pattern.test(text)) ? "test output" : null;
}
