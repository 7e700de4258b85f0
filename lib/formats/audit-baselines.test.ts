import assert from "node:assert/strict";
import { test } from "node:test";
import { auditBaselines } from "./audit-baselines";

function notes(line: string): string[] {
	const parser = auditBaselines("audit_baselines.jsonl");
	parser.push(new TextEncoder().encode(`${line}\n`));
	return parser.end().notes;
}

test("a metric with more digits than a double is said", () => {
	assert.match(notes('{"recorded_at":"2026-05-01T00:00:00Z","git_commit":"a1b2c3d","metrics":{"big":9007199254740993,"p":1}}').join(), /metrics\.big" holds numbers with more digits/);
	assert.deepEqual(notes('{"recorded_at":"2026-05-01T00:00:00Z","git_commit":"a1b2c3d","metrics":{"big":9007199254740992,"p":0.5}}'), []);
});
