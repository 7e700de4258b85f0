import assert from "node:assert/strict";
import { test } from "node:test";
import { barParts, saidState, stateReason } from "./words";

test("the reason is what the status line says beyond its state", () => {
	assert.equal(stateReason("blocked", "BLOCKED on the HTTP fix"), "on the HTTP fix");
	assert.equal(stateReason("clear", "CLEAR"), null);
	assert.equal(stateReason("resolved", "Resolved: see below"), "see below");
	assert.equal(stateReason("active", "Working on it"), "Working on it");
	assert.equal(stateReason("unknown", null), null);
});

test("what a page says of a file is drawn as a state, unknown words as not known", () => {
	assert.deepEqual(["ready", "pending", "missing", "blocked", "soon", null].map(saidState), ["done", "open", "failed", "blocked", "unknown", "unknown"]);
});

test("a bar fills its width, and what counts something is seen", () => {
	assert.deepEqual(barParts({ done: 0, blocked: 0, open: 0 }, 132), []);
	assert.deepEqual(barParts({ done: 3, blocked: 0, open: 0 }, 132), [{ kind: "done", x: 0, width: 132 }]);
	for (const counts of [
		{ done: 10, blocked: 3, open: 6 },
		{ done: 1000, blocked: 1, open: 1 },
	]) {
		const parts = barParts(counts, 132);
		assert.equal(parts.length, 3);
		const last = parts.at(-1)!;
		assert.ok(Math.abs(last.x + last.width - 132) < 1e-9);
		assert.ok(parts.every((part) => part.width >= 2));
	}
});
