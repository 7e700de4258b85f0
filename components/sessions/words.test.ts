import assert from "node:assert/strict";
import { test } from "node:test";
import { errorParts, repeatOf, sessionEnd, sessionTitle, timeFilter, utf8Bytes } from "./words";

const attempts = (...verdicts: string[]) => verdicts.map((verdict) => ({ verdict }));

test("a session's title says what it came to", () => {
	assert.equal(sessionTitle({ finalVerdict: "accepted", iterations: 2, maxIterations: 3, attempts: attempts("no_json", "accepted") }), "Accepted on attempt 2");
	assert.equal(sessionTitle({ finalVerdict: "accepted", iterations: 1, maxIterations: 3, attempts: [] }), "Accepted on attempt 1");
	assert.equal(sessionTitle({ finalVerdict: "accepted", iterations: null, maxIterations: null, attempts: [] }), "Accepted");
	assert.equal(sessionTitle({ finalVerdict: "max_iter_exhausted", iterations: 2, maxIterations: 2, attempts: attempts("validation_failed", "validation_failed") }), "Gave up after 2 of 2 attempts");
	assert.equal(sessionTitle({ finalVerdict: "max_iter_exhausted", iterations: 1, maxIterations: null, attempts: [] }), "Gave up after 1 attempt");
	assert.equal(sessionTitle({ finalVerdict: "infra_error", iterations: 1, maxIterations: 3, attempts: attempts("infra_error") }), "Infrastructure error: nothing was judged");
	assert.equal(sessionTitle({ finalVerdict: "infra_error", iterations: 2, maxIterations: 3, attempts: attempts("validation_failed", "infra_error") }), "Infrastructure error on attempt 2");
	assert.equal(sessionTitle({ finalVerdict: null, iterations: null, maxIterations: null, attempts: [] }), "No final verdict is recorded");
	assert.equal(sessionTitle({ finalVerdict: "timed_out", iterations: null, maxIterations: null, attempts: [] }), "Ended as timed out");
});

test("null and absent artifacts are told apart", () => {
	const gaveUp = { finalVerdict: "max_iter_exhausted", iterations: 2, maxIterations: 2, attempts: attempts("no_json", "no_json") };
	assert.equal(sessionEnd({ ...gaveUp, artifact: null, absent: [] }), "Limit of 2 attempts reached. The artifact is null.");
	assert.equal(sessionEnd({ ...gaveUp, artifact: null, absent: ["artifact"] }), "Limit of 2 attempts reached. The record has no artifact.");
	assert.equal(sessionEnd({ ...gaveUp, artifact: "{}", absent: [] }), "Limit of 2 attempts reached.");
	assert.equal(sessionEnd({ ...gaveUp, finalVerdict: "accepted", artifact: "{}", absent: [] }), null);
});

test("a repeated answer names the first attempt that gave it; nothing repeats nothing", () => {
	const all = [{ raw: "a" }, { raw: "b" }, { raw: "a" }, { raw: "" }, { raw: "" }, { raw: null }, { raw: null }];
	assert.deepEqual(
		all.map((_, i) => repeatOf(all, i)),
		[null, null, 1, null, null, null, null],
	);
});

test("an error's variant is parted from its text", () => {
	assert.deepEqual(errorParts("Consistency: city 'Louisville' doesn't match"), { variant: "Consistency", text: "city 'Louisville' doesn't match" });
	assert.deepEqual(errorParts("chatd: connection refused"), { variant: null, text: "chatd: connection refused" });
	assert.deepEqual(errorParts("no JSON object"), { variant: null, text: "no JSON object" });
});

test("time filters are UTC, keep their fraction, and refuse what is no time", () => {
	assert.equal(timeFilter("2026-05-02"), "2026-05-02 00:00:00");
	assert.equal(timeFilter("2026-05-02T10:58:41Z"), "2026-05-02 10:58:41");
	assert.equal(timeFilter("2026-05-02 10:58:41.123456789"), "2026-05-02 10:58:41.123456789");
	assert.equal(timeFilter("2026-05-02T01:00+02:00"), "2026-05-01 23:00:00");
	for (const bad of ["yesterday", "2026-13-40", "", "2026-05-02' OR 1=1", null]) assert.equal(timeFilter(bad), null);
});

test("bytes are counted in UTF-8", () => {
	assert.equal(utf8Bytes("Zürich"), 7);
});
