import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { addsUp, type ParserEnd, RECORDED_CASE, RECORDED_RUN, rowsOf } from "@/lib/model";
import { junit } from "./junit";

const fixtures = path.resolve(process.cwd(), "lib/formats/fixtures/junit");

function read(bytes: Uint8Array | string, step = 7): ParserEnd {
	const all = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
	const parser = junit("report.xml");
	for (let at = 0; at < all.length; at += step) assert.deepEqual(parser.push(all.subarray(at, at + step)), []);
	const end = parser.end();
	assert.ok(addsUp(end.account));
	return end;
}

function rows(end: ParserEnd, table: string) {
	return end.batches.filter((batch) => batch.table === table).flatMap((batch) => [...rowsOf(batch)]);
}

function fixture(name: string): ParserEnd {
	return read(readFileSync(path.join(fixtures, name)));
}

test("a report gives one run and a case a test, in order, with lines", () => {
	const end = fixture("mixed.xml");
	const [run, ...others] = rows(end, RECORDED_RUN);
	assert.equal(others.length, 0);
	assert.equal(run?.title, "nightly");
	assert.equal(run?.ran_at, BigInt(Date.UTC(2026, 0, 2, 1, 4, 5)) * 1_000_000n + 123_456_789n);
	assert.deepEqual([run?.measure, run?.reference, run?.candidate, run?.probe], ["status", null, null, null]);
	assert.deepEqual(
		rows(end, RECORDED_CASE).map((row) => [row.position, row.case_name, row.recorded_verdict, row.note, row.value, row.line]),
		[
			[0n, "pkg.A.one", "passed", null, null, 6n],
			[1n, "pkg.A.two", "failed", "expected 1 < 2\nbut it was not", null, 7n],
			[2n, "three", "error", "no <message>, only text", null, 9n],
			[3n, "pkg.A.four", "xfailed", "known", null, 11n],
			[4n, "pkg.A.five", "skipped", null, null, 12n],
			[5n, "pkg.B.six", "error", "teardown", null, 14n],
		],
	);
	assert.deepEqual(end.notes, ["the file says that it has 7 tests and lists 6"]);
	assert.deepEqual([end.account.lines, end.account.records, end.account.blanks], [18, 17, 1]);
});

test("a report without tests is a run without cases", () => {
	const end = read('<testsuites><testsuite name="none" tests="0" timestamp="2026-01-02T03:04:05"/></testsuites>');
	assert.equal(rows(end, RECORDED_RUN).length, 1);
	assert.equal(rows(end, RECORDED_CASE).length, 0);
	assert.deepEqual(end.notes, ["the timestamp 2026-01-02T03:04:05 names no zone and is read as UTC", "the file lists no tests"]);
});

test("what is not a readable report is one reject with its place and no batches", () => {
	for (const [name, line, column] of [
		["truncated.xml", 4, 19],
		["bomb.xml", 8, 19],
		["external.xml", 3, 54],
		["other-root.xml", 1, 6],
	] as const) {
		const end = fixture(name);
		assert.deepEqual(end.batches, [], name);
		assert.equal(end.rejects.length, 1, name);
		assert.equal(end.rejects[0]?.line, line, name);
		assert.match(end.rejects[0]?.reason ?? "", new RegExp(`line ${line}, column ${column}: `), name);
		const bytes = readFileSync(path.join(fixtures, name));
		assert.equal(bytes.subarray(end.rejects[0]!.byteOffset!).toString().split("\n")[0], end.rejects[0]?.raw, name);
		assert.equal(end.account.records, 0, name);
	}
});

test("entities that a file declares are not expanded", () => {
	assert.match(fixture("bomb.xml").rejects[0]?.reason ?? "", /undefined entity/);
	assert.match(fixture("external.xml").rejects[0]?.reason ?? "", /undefined entity/);
	// declared and not used: the report is read, and nothing is fetched
	const end = read('<!DOCTYPE testsuite SYSTEM "file:///nowhere" [<!ENTITY % p SYSTEM "file:///nowhere"> %p;]><testsuite><testcase name="a"/></testsuite>');
	assert.equal(rows(end, RECORDED_CASE).length, 1);
});

test("an empty file and invalid bytes are rejects", () => {
	assert.match(read("").rejects[0]?.reason ?? "", /the file is empty/);
	assert.equal(fixture("empty.xml").account.blanks, 2);
	assert.equal(fixture("empty.xml").rejects.length, 1);
	const invalid = read(Uint8Array.of(0x3c, 0x0a, 0xff, 0x3e));
	assert.deepEqual([invalid.rejects[0]?.line, invalid.rejects[0]?.byteOffset], [2, 2]);
});

test("UTF-16 and a byte order mark are read", () => {
	const text = '<testsuite><testcase name="größe"/></testsuite>';
	const utf16 = Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Buffer.from(text, "utf16le"))]);
	for (const bytes of [utf16, Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])]) assert.equal(rows(read(bytes), RECORDED_CASE)[0]?.case_name, "größe");
});

test("a long message is cut to 2,000 characters", () => {
	const [row] = rows(read(`<testsuite><testcase name="a"><failure message="${"x".repeat(5_000)}"/></testcase></testsuite>`), RECORDED_CASE);
	assert.equal(String(row?.note).length, 2_000);
});

test("100,000 nested elements end", () => {
	const end = read("<testsuite>".repeat(100_000), 65_536);
	assert.equal(end.rejects.length, 1);
});

const real = path.resolve(process.cwd(), "../shared/real/junit");
test("the real reports have the figures of their authors", { skip: existsSync(real) ? false : "the folder ../shared/real is not there" }, () => {
	const figures = readdirSync(real).filter((name) => name.endsWith(".xml")).sort().map((name) => {
		const cases = rows(read(readFileSync(path.join(real, name)), 65_536), RECORDED_CASE);
		const count = (verdict: string) => cases.filter((row) => row.recorded_verdict === verdict).length;
		return [cases.length, count("failed"), count("skipped") + count("xfailed"), count("error")];
	});
	assert.deepEqual(figures, [[693, 8, 145, 0], [0, 0, 0, 0]]);
});

test("attributes say how a test ended, a suite may break itself, and tests that are not listed are counted", () => {
	const end = read(`<testsuites tests="9"><testsuite name="s"><error message="setup"/><failure/>
		<testcase name="a" status="failed"/><testcase name="b" result="error"/><testcase name="c" status="disabled"/>
		<testcase name="d" status="run" result="notrun"/><testcase name="e" status="run"/>
		<testcase name="f" status="failed"><failure message="why"/></testcase></testsuite></testsuites>`);
	assert.deepEqual(
		rows(end, RECORDED_CASE).map((row) => [row.case_name, row.recorded_verdict, row.note]),
		[
			["s (suite)", "error", "setup"],
			["a", "failed", null],
			["b", "error", null],
			["c", "skipped", null],
			["d", "skipped", null],
			["e", "passed", null],
			["f", "failed", "why"],
		],
	);
	assert.equal(rows(end, RECORDED_RUN)[0]?.unlisted_unmatched, 3n);
	assert.deepEqual(end.notes, ["the file says that it has 9 tests and lists 6"]);
});
