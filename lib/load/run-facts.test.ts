import assert from "node:assert/strict";
import { test } from "node:test";
import { RunContexts } from "./run-context";
import { factsOf, MAX_COMMANDS } from "./run-facts";

const ns = (iso: string) => BigInt(Date.parse(iso)) * 1_000_000n;

test("an environment keeps every value as its file writes it, nested names dotted", () => {
	const { environment, ranAt, commit, exitCode } = factsOf("env.json", '{"timestamp": "20251009T024433Z", "GIT_SHA": "7f74e3aa", "exit_code": 3, "big": 9007199254740993, "none": null, "text": "", "a": {"b": {"c": 1.50}, "empty": {}}, "list": [1, "x"]}');
	assert.deepEqual(Object.fromEntries(environment ?? []), { timestamp: "20251009T024433Z", GIT_SHA: "7f74e3aa", exit_code: "3", big: "9007199254740993", none: null, text: "", "a.b.c": "1.50", "a.empty": "{}", list: '[1, "x"]' });
	assert.deepEqual([ranAt, commit, exitCode], [ns("2025-10-09T02:44:33Z"), "7f74e3aa", 3]);
});

test("KEY=VALUE lines are an environment, prose is none", () => {
	assert.deepEqual(Object.fromEntries(factsOf("env.txt", "# of the run\nexport A=1\nB='two words'\nGIT_COMMIT=0badc0de\nnote\n").environment ?? []), { A: "1", B: "two words", GIT_COMMIT: "0badc0de" });
	assert.equal(factsOf("env.txt", "nothing here\nA=1\n").environment, null);
	assert.equal(factsOf("env.json", "$(date)").environment, null);
});

test("comments of a commands file say when and on which commit; a placeholder says nothing", () => {
	const { ranAt, commit, commands } = factsOf("commands.txt", "# Timestamp: 20251009T024433Z\n# Git SHA: 7f74e3aa23041b45\nmake\n");
	assert.deepEqual([ranAt, commit], [ns("2025-10-09T02:44:33Z"), "7f74e3aa23041b45"]);
	assert.match(commands ?? "", /make/);
	assert.equal(factsOf("commands.sh", "# Commit: (to be recorded)\n").commit, null);
	const long = factsOf("command.txt", "x".repeat(MAX_COMMANDS + 1)).commands ?? "";
	assert.match(long, /cut after 100,000 of 100,001 characters$/);
});

test("an exit code is a whole number, and 0 is one", () => {
	assert.equal(factsOf("exit_code.txt", "0\n").exitCode, 0);
	assert.equal(factsOf("exit_code", "exit code: -9").exitCode, -9);
	assert.equal(factsOf("exit_code.txt", "ok\n").exitCode, null);
});

test("a commands file is the last that a run's time is taken from", () => {
	const contexts = new RunContexts();
	contexts.add("r/commands.txt", "# Timestamp: 20251001T000000Z\n# Commit: aaaaaaa\n");
	assert.deepEqual(contexts.resolve("r/m.json", null, null, null), { ranAt: ns("2025-10-01T00:00:00Z"), from: "sibling", commit: "aaaaaaa", note: null });
	contexts.add("r/env.json", '{"timestamp_utc": "2025-10-02T00:00:00", "commit": "bbbbbbb"}');
	assert.deepEqual(contexts.resolve("r/m.json", null, null, null), { ranAt: ns("2025-10-02T00:00:00Z"), from: "sibling", commit: "bbbbbbb", note: null });
	assert.equal(contexts.resolve("r/py/out.log", null, null, null).from, null);
	assert.equal(contexts.resolve("r/py/out.log", null, null, null, "r").commit, "bbbbbbb", "a file further inside the bundle");
});
