import assert from "node:assert/strict";
import { test } from "node:test";
import { type BundleFile, Bundles } from "./bundles";

const FORMATS: Record<string, string> = { "trace.log": "trace log", "report.json": "parity report (json)", "x.npy": "tensor", "pytest.log": "test output", "sha256.txt": "checksum list" };

function gather(paths: readonly string[], texts: Record<string, string> = {}): Bundles {
	const bundles = new Bundles();
	for (const path of paths) {
		const name = path.slice(path.lastIndexOf("/") + 1);
		const file: BundleFile = { path, format: FORMATS[name] ?? "text", bytes: 10, sha256: "", modifiedAt: "2026-03-04T05:06:07.000Z", lines: 2 };
		bundles.add(file);
		if (texts[path] !== undefined) bundles.addText(path, texts[path]);
	}
	return bundles;
}

const found = (...paths: string[]) => gather(paths).find().map((row) => row.bundle);

test("a bundle is a folder with commands or an environment, and an outcome", () => {
	assert.deepEqual(found("a/commands.txt", "a/trace.log"), ["a"]);
	assert.deepEqual(found("a/env.json", "a/c_stdout.txt"), ["a"]);
	assert.deepEqual(found("a/env.txt", "a/metrics.json"), ["a"]);
	assert.deepEqual(found("a/run_metadata.json", "a/c/x.npy", "a/py/x.npy"), ["a"], "outcomes one folder further in");
	assert.deepEqual(found("a/commands.txt", "a/notes.txt"), [], "no outcome");
	assert.deepEqual(found("a/trace.log", "a/report.json"), [], "neither commands nor environment");
	assert.deepEqual(found("env.json", "report.json"), ["."], "the workspace is the folder of one run");
	assert.deepEqual(found("a/env.json", "a/20260101T000000Z/report.json"), [], "that is another run's");
});

test("under a folder of evidence, one that is named by a time of day needs an outcome only", () => {
	assert.deepEqual(found("bundles/x/20260101T101500Z/report.json", "evidence/fix_2026-01-01_10-15/x.npy"), ["bundles/x/20260101T101500Z", "evidence/fix_2026-01-01_10-15"]);
	assert.deepEqual(found("reports/20260101T101500Z/report.json", "bundles/20260101/report.json", "bundles/20260101T101500Z/notes.txt"), []);
});

test("files belong to the innermost bundle", () => {
	const bundles = gather(["a/commands.txt", "a/trace.log", "a/b/env.json", "a/b/report.json", "a/b/sub/x.txt", "c/x.txt"]);
	assert.deepEqual(bundles.find().map(({ bundle, files, bytes }) => [bundle, files, bytes]), [["a", 2, 20], ["a/b", 3, 30]]);
	assert.deepEqual(["a/x", "a/b/sub/y", "ab/x", "c/x.txt"].map((path) => bundles.of(path)), ["a", "a/b", null, null]);
});

test("what a bundle's files say: time, commit, exit code, environment", () => {
	const [row] = gather(["r/20260101T101500Z/env.json", "r/20260101T101500Z/run_metadata.json", "r/20260101T101500Z/commands.txt", "r/20260101T101500Z/exit_code.txt", "r/20260101T101500Z/report.json"], {
		"r/20260101T101500Z/env.json": '{"python": "3.12", "device": "cpu"}',
		"r/20260101T101500Z/run_metadata.json": '{"timestamp": "2026-01-01T10:16:00Z", "device": "cuda"}',
		"r/20260101T101500Z/commands.txt": "# Git SHA: 0badc0de\nmake parity\n",
		"r/20260101T101500Z/exit_code.txt": "0\n",
	}).find();
	assert.deepEqual({ ...row?.environment as object }, { python: "3.12", device: "cpu", timestamp: "2026-01-01T10:16:00Z", "device (run_metadata.json)": "cuda" });
	assert.deepEqual([row?.bundle_at, row?.bundle_at_from, row?.git_commit, row?.exit_code, row?.source, row?.line], [1767262560000000000n, "content", "0badc0de", 0, "r/20260101T101500Z/commands.txt", 1]);
	const [dated] = gather(["r/20260101T101500Z/commands.txt", "r/20260101T101500Z/trace.log"]).find();
	assert.deepEqual([dated?.bundle_at, dated?.bundle_at_from, dated?.exit_code, dated?.environment], [1767262500000000000n, "folder", null, null]);
	const [plain] = gather(["r/commands.txt", "r/trace.log"]).find();
	assert.equal(plain?.bundle_at_from, "file");
});
