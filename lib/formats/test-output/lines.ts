const ESC = String.fromCharCode(27);
const ESCAPE = new RegExp(`${ESC}\\[[0-9;]*[A-Za-z]`, "g");
/** No line of a test runner that matters is longer. */
const LONGEST = 4_000;

/** A line as its writer meant it: without colours and trailing blanks, cut where it is no line of a test runner any more. */
export function bareLine(text: string): string {
	const cut = text.length > LONGEST ? text.slice(0, LONGEST) : text;
	return (cut.includes(ESC) ? cut.replace(ESCAPE, "") : cut).trimEnd();
}

const COUNT = "\\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed)";
const TEST_OUTPUT: readonly RegExp[] = [
	/^=+ test session starts =+$/,
	new RegExp(`^=+ (?:.*, )?${COUNT}(?:, .*)? in [\\d.]+s.*=+$`),
	new RegExp(`^${COUNT}(?:, \\d+ [a-z]+)* in [\\d.]+s(?: \\([\\d:]+\\))?$`),
	/^\S+\.py::\S.* (?:PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)\b/,
	/^(?:FAILED|ERROR) \S+\.py::\S/,
	/^=*\s*(?:no|\d+(?:\/\d+)?) tests? (?:collected\b.*|ran) in [\d.]+s/,
	/^test result: (?:ok|FAILED)\. \d+ passed;/,
	/^test \S.* \.\.\. (?:ok|FAILED|ignored)(?:$|, )/,
	/^\s*--- (?:PASS|FAIL|SKIP): \S+ \([\d.]+s\)$/,
	/^(?:ok|FAIL)\s+\S+\s+(?:[\d.]+s|\(cached\)|\[(?:build|setup) failed\])/,
];

/** Whether a line is one that pytest, `cargo test` or `go test` write. */
export function isTestLine(line: string): boolean {
	const plain = bareLine(line);
	return TEST_OUTPUT.some((pattern) => pattern.test(plain));
}
