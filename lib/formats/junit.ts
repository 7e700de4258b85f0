import { SaxesParser } from "saxes";
import { BatchBuilder, emptyAccount, joinBytes, type LineAccount, type Parser, type ParserEnd, type ParserFactory, RAW_LIMIT, RECORDED_CASE, RECORDED_CASE_FIELDS, RECORDED_RUN, RECORDED_RUN_FIELDS, type Reject, type RowInput } from "@/lib/model";
import { readTime } from "./markdown/dates";
import { decodeText, splitLines } from "./markdown/decode";

/**
 * Reads JUnit XML: one recorded run a file, a recorded case a test. Entities that the file declares are not expanded and nothing outside the
 * file is read. A file that breaks off or is not well-formed gives one reject with its line and column, and no batches.
 */
export const junit: ParserFactory = () => new JUnitParser();

const NOTE_LIMIT = 2_000;

class JUnitParser implements Parser {
	private readonly chunks: Uint8Array[] = [];

	push(bytes: Uint8Array): [] {
		if (bytes.length > 0) this.chunks.push(bytes.slice());
		return [];
	}

	end(): ParserEnd {
		const bytes = joinBytes(this.chunks);
		const decoded = decodeText(bytes);
		if (!decoded.ok) return rejected(new TextDecoder("utf-8").decode(bytes), { line: decoded.line, byteOffset: decoded.byteOffset, reason: decoded.reason });
		const { text } = decoded;
		if (text.trim() === "") return rejected(text, { line: null, byteOffset: 0, reason: "the file is empty: there is no <testsuites> or <testsuite>" });
		try {
			return reported(text, readReport(text));
		} catch (error) {
			if (!(error instanceof BrokenXml)) throw error;
			const before = text.split("\n", error.line - 1).join("\n").length + (error.line > 1 ? 1 : 0);
			const byteOffset = decoded.encoding === "UTF-8" ? new TextEncoder().encode(text.slice(0, before)).length + (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0) : 2 + before * 2;
			return rejected(text, { line: error.line, byteOffset, reason: error.message });
		}
	}
}

class BrokenXml extends Error {
	constructor(
		reason: string,
		readonly line: number,
		readonly column: number,
	) {
		super(`the XML cannot be read at line ${line}, column ${column}: ${reason}. Nothing of the file is loaded`);
	}
}

type Outcome = "passed" | "skipped" | "xfailed" | "failed" | "error";

interface TestCase {
	name: string;
	outcome: Outcome;
	message: string | null;
	line: number;
}

interface Report {
	title: string | null;
	timestamp: string | null;
	line: number;
	/** how many tests the outermost elements say there are; null where one of them does not say */
	announced: number | null;
	cases: TestCase[];
	/** how many of the cases are no tests but suites that broke */
	ofSuites: number;
}

/** Later outcomes win where a test has several, as one whose teardown fails too. */
const SEVERITY: readonly Outcome[] = ["passed", "skipped", "xfailed", "failed", "error"];
const OUTCOMES: Readonly<Record<string, Outcome>> = { failure: "failed", error: "error", skipped: "skipped" };
const STATED: Readonly<Record<string, Outcome>> = { failed: "failed", failure: "failed", fail: "failed", error: "error", skipped: "skipped", disabled: "skipped", notrun: "skipped" };

/** Throws BrokenXml. */
function readReport(text: string): Report {
	const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
	const report: Report = { title: null, timestamp: null, line: 1, announced: null, cases: [], ofSuites: 0 };
	let depth = 0;
	let test: TestCase | null = null;
	let outcome: { line: number; outcome: Outcome; message: string; text: string } | null = null;
	let tagLine = 1;
	let rootCount: string | null = null;
	const suiteCounts: (string | null)[] = [];
	const suites: { name: string; case: TestCase | null }[] = [];

	// The library's own count takes CR, NEL and the like for line ends; lines here end at LF. After the last there is none.
	let line = 1;
	let counted = 0;
	const lineAt = (offset: number) => {
		const end = Math.min(offset, text.endsWith("\n") ? text.length - 1 : text.length);
		for (let at = text.indexOf("\n", counted); at >= 0 && at < end; at = text.indexOf("\n", counted)) {
			line++;
			counted = at + 1;
		}
		return line;
	};
	const fail = (reason: string): never => {
		throw new BrokenXml(reason, lineAt(parser.position), parser.column);
	};
	parser.on("error", (error) => fail(error.message.replace(/^\d+:\d+:\s*/, "").replace(/\.$/, "")));
	parser.on("opentagstart", () => {
		// the character after the name has been read; where it is a line end the tag began on the line before
		tagLine = lineAt(parser.position - 1);
	});
	parser.on("opentag", (tag) => {
		const attribute = (name: string): string | null => tag.attributes[name] ?? null;
		if (depth === 0) {
			if (tag.name !== "testsuites" && tag.name !== "testsuite") fail(`the root element is <${tag.name}>, not <testsuites> or <testsuite>`);
			report.title = attribute("name");
			report.line = tagLine;
		}
		if (tag.name === "testsuites" || tag.name === "testsuite") {
			if (tag.name === "testsuite") {
				suites.push({ name: attribute("name") ?? "", case: null });
				report.timestamp ??= attribute("timestamp");
				report.title ??= attribute("name");
			}
			if (depth === 0) rootCount = attribute("tests");
			else if (depth === 1) suiteCounts.push(attribute("tests"));
		} else if (tag.name === "testcase") {
			const name = attribute("name") ?? "";
			const classname = attribute("classname") ?? "";
			test = { name: classname !== "" && name !== "" ? `${classname}.${name}` : classname || name, outcome: statedOutcome(attribute("status"), attribute("result")), message: null, line: tagLine };
			report.cases.push(test);
		} else if ((test !== null || (suites.length > 0 && tag.name !== "skipped")) && OUTCOMES[tag.name] !== undefined) {
			const expected = tag.name === "skipped" && attribute("type") === "pytest.xfail";
			outcome = { line: tagLine, outcome: expected ? "xfailed" : OUTCOMES[tag.name]!, message: attribute("message") ?? "", text: "" };
		}
		depth++;
	});
	const addText = (part: string) => {
		if (outcome !== null && outcome.text.length < NOTE_LIMIT) outcome.text += part;
	};
	parser.on("text", addText);
	parser.on("cdata", addText);
	parser.on("closetag", (tag) => {
		depth--;
		if (tag.name === "testcase") test = null;
		if (tag.name === "testsuite") suites.pop();
		if (outcome === null || OUTCOMES[tag.name] === undefined) return;
		const message = (outcome.message.trim() || outcome.text.trim()).slice(0, NOTE_LIMIT) || null;
		const suite = suites.at(-1);
		if (test !== null) {
			if (SEVERITY.indexOf(outcome.outcome) >= SEVERITY.indexOf(test.outcome) && (test.message === null || outcome.outcome !== test.outcome)) Object.assign(test, { outcome: outcome.outcome, message });
		} else if (suite !== undefined) {
			// The suite itself broke, as in its setup: one case, however many errors it lists.
			if (suite.case === null) {
				suite.case = { name: `${suite.name} (suite)`.trim(), outcome: "error", message, line: outcome.line };
				report.cases.push(suite.case);
				report.ofSuites++;
			} else suite.case.message ??= message;
		}
		outcome = null;
	});
	parser.write(text).close();
	report.announced = announcedBy(rootCount === null ? suiteCounts : [rootCount]);
	return report;
}

/** What the attributes of a test say of it; a child element may say more. */
function statedOutcome(...words: readonly (string | null)[]): Outcome {
	const stated = words.map((word) => STATED[(word ?? "").toLowerCase()] ?? "passed");
	return SEVERITY.findLast((outcome) => stated.includes(outcome)) ?? "passed";
}

function announcedBy(counts: readonly (string | null)[]): number | null {
	if (counts.length === 0 || !counts.every((count) => count !== null && /^\d{1,9}$/.test(count))) return null;
	return counts.reduce((sum, count) => sum + Number(count), 0);
}

function reported(text: string, report: Report): ParserEnd {
	const notes: string[] = [];
	const time = report.timestamp === null ? null : readTime(report.timestamp);
	if (report.timestamp !== null && time === null) notes.push(`the timestamp of the first test suite is not a time (${JSON.stringify(report.timestamp.slice(0, 100))})`);
	if (time !== null && !time.zoned) notes.push(`the timestamp ${report.timestamp} names no zone and is read as UTC`);
	const listed = report.cases.length - report.ofSuites;
	const unlisted = report.announced === null ? 0 : report.announced - listed;
	if (unlisted !== 0) notes.push(`the file says that it has ${report.announced} tests and lists ${listed}`);
	if (report.cases.length === 0) notes.push("the file lists no tests");
	const runs = new BatchBuilder(RECORDED_RUN, RECORDED_RUN_FIELDS);
	runs.add({ run_no: 0, title: report.title, ran_at: time?.ns ?? null, measure: "status", unlisted_unmatched: unlisted > 0 ? unlisted : null, line: report.line });
	const cases = new BatchBuilder(RECORDED_CASE, RECORDED_CASE_FIELDS);
	report.cases.forEach((test, position) => {
		const row: RowInput = { run_no: 0, position, case_name: test.name || `test ${position + 1}`, reference_missing: false, candidate_missing: false, recorded_verdict: test.outcome, note: test.message, line: test.line };
		cases.add(row);
	});
	return { batches: cases.numRows > 0 ? [runs.finish(), cases.finish()] : [runs.finish()], rejects: [], account: accountOf(text, "records"), notes };
}

function rejected(text: string, failure: Omit<Reject, "raw">): ParserEnd {
	const raw = failure.line === null ? "" : (text.split("\n", failure.line)[failure.line - 1] ?? "").replace(/\r$/, "");
	const cut = raw.length > RAW_LIMIT;
	const reason = cut ? `${failure.reason}. The line is cut to ${RAW_LIMIT} characters` : failure.reason;
	return { batches: [], rejects: [{ ...failure, reason, raw: cut ? raw.slice(0, RAW_LIMIT) : raw }], account: accountOf(text, "rejects"), notes: [] };
}

function accountOf(text: string, as: "records" | "rejects"): LineAccount {
	const account = emptyAccount();
	for (const line of splitLines(text)) {
		account.lines++;
		if (line.trim() === "") account.blanks++;
		else account[as]++;
	}
	return account;
}
