import assert from "node:assert/strict";
import { test } from "node:test";
import { ignorable, ignoreOf, ignoreText, ownIgnore, placeText, WIRE_LIMIT, wireOf } from "./wire-model";

test("two bodies have their differences with classes, and one alone has none", () => {
	const answer = wireOf('{"a":1,"when":"2026-01-01T00:00:00.100Z"}', '{"a":1,"when":"2026-01-01T00:00:00.1Z","b":0}');
	assert.ok(answer !== null && "comparison" in answer);
	assert.deepEqual(answer.comparison.classes.map((one) => one.class).sort(), ["time precision", "zero against absent"]);
	assert.ok(answer.comparison.classes.every(({ meaning }) => meaning.length > 20));
	assert.equal(wireOf(null, "{}"), null);
});

test("bodies too large for the page are said, and never taken for equal", () => {
	const large = JSON.stringify("x".repeat(WIRE_LIMIT));
	const answer = wireOf(large, large);
	assert.ok(answer !== null && "why" in answer);
	assert.match(answer.why, /400,000 characters/);
});

test("a place is named once where both sides have it at one pointer", () => {
	assert.equal(placeText("/a/b", "/a/b"), "/a/b");
	assert.equal(placeText("/A", "/a"), "/A → /a");
	assert.equal(placeText(null, "/a"), "/a");
	assert.equal(placeText("", ""), "the whole body");
});

test("what is ignored is in the answer, with its values, and the rest is compared", () => {
	const [reference, candidate] = ['{"timestamp":1,"a":{"daemon":"rust","n":1}}', '{"timestamp":2,"a":{"daemon":"go","n":1}}'];
	const answer = (ignore: string[]) => {
		const found = wireOf(reference, candidate, ignore);
		assert.ok(found !== null && "comparison" in found);
		return found.comparison;
	};
	assert.deepEqual([answer([]).verdict, answer([]).differences.length], ["fail", 2]);
	assert.deepEqual([answer(["timestamp"]).verdict, answer(["timestamp"]).differences.length], ["fail", 1]);
	const all = answer(["timestamp", "/a/daemon"]);
	assert.equal(all.verdict, "pass");
	assert.match(all.reason, /ignored 2 values \(timestamp, \/a\/daemon\), of which 2 differ/);
	assert.deepEqual(all.ignored.map((one) => [one.pointer, one.reference, one.candidate, one.differs]).sort(), [["/a/daemon", '"rust"', '"go"', true], ["/timestamp", "1", "2", true]]);
	assert.equal(answer(["timestamp", "a"]).verdict, "incomparable", "everything is ignored");
	assert.deepEqual(answer(["lost"]).unused, ["lost"]);
});

test("the address and the rules are one thing, and the run's own rules need no address", () => {
	for (const rules of [[], ["timestamp"], ["a,b", "50%", "%2C", "/meta/host"]]) assert.deepEqual(ignoreOf(ignoreText(rules, ["own"])), rules);
	assert.equal(ignoreText(["b", "a"], ["a", "b"]), null);
	assert.equal(ignoreText([], []), null);
	assert.equal(ignoreText([], ["a"]), "none");
	assert.deepEqual(ignoreOf(ignoreText(["none"], [])), ["/none"]);
	assert.deepEqual([ignoreOf(null), ignoreOf(" "), ignoreOf("none"), ignoreOf("a,,a")], [null, null, [], ["a"]]);
	assert.deepEqual(ownIgnore('paired by hand in casebook.json, line 3; casebook.json ignores ["timestamp","/a,b"]; x'), ["timestamp", "/a,b"]);
	assert.deepEqual([ownIgnore(null), ownIgnore("nothing")], [[], []]);
});

test("keys of one run are offered where a body has them, then those that differ", () => {
	const [reference, candidate] = ['{"daemon":"a","items":[{"n":1},{"n":2}],"b/c":1}', '{"daemon":"a","items":[{"n":3},{"n":4}],"b/c":2}'];
	const found = wireOf(reference, candidate);
	assert.ok(found !== null && "comparison" in found);
	assert.deepEqual(ignorable(reference, candidate, found.comparison.differences), ["daemon", "n", "b/c"]);
	assert.deepEqual(ignorable("{", "{}", []), []);
});
