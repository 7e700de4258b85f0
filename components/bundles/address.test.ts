import assert from "node:assert/strict";
import { test } from "node:test";
import { bundleHref, bundleOf, filterBundles, readFilter } from "./address";
import { checksumSays, exitSays, inside } from "./words";

const ROWS = [
	{ bundle: "reports/a/20251009T013046Z", gitCommit: "4e394585", bundleAt: "2025-10-09 01:30:46" },
	{ bundle: "reports/b", gitCommit: null, bundleAt: null },
	{ bundle: "out/A", gitCommit: "99", bundleAt: "2025-10-10 00:00:00" },
];
const kept = (query: string) => filterBundles(ROWS, readFilter(new URLSearchParams(query))).map((row) => row.bundle);

test("bundles are found by words of folder and commit, and by time", () => {
	assert.equal(kept("").length, 3);
	assert.deepEqual(kept("q=REPORTS 4e39"), ["reports/a/20251009T013046Z"]);
	assert.deepEqual(kept("after=2025-10-10"), ["out/A"]);
	assert.deepEqual(kept("before=2025-10-10"), ["reports/a/20251009T013046Z"]);
	assert.deepEqual(readFilter(new URLSearchParams("after=soon")).bad, [{ name: "after", value: "soon" }]);
	assert.equal(kept("after=soon").length, 3);
});

test("the address of a bundle leads back to it", () => {
	for (const bundle of ["reports/a b&c", ".", "x"]) assert.equal(new URL(bundleHref(bundle), "http://localhost").searchParams.get("path"), bundle);
	assert.deepEqual(["reports/a/", "./reports/a", "", "/", "."].map(bundleOf), ["reports/a", "reports/a", ".", ".", "."]);
	assert.deepEqual([inside("a", "a/b.txt"), inside(".", "a/b.txt"), inside("a", "ab/c")], ["b.txt", "a/b.txt", "ab/c"]);
});

test("zero, another code and none are three things; so are the states of a checksum", () => {
	assert.deepEqual([0, 1, -9, null].map((code) => exitSays(code).word), ["0", "1", "−9", "not recorded"]);
	assert.deepEqual([0, 1, null].map((code) => exitSays(code).mark), ["pass", "fail", "skipped"]);
	assert.deepEqual((["match", "differs", "missing", "itself", null] as const).map((state) => checksumSays(state).mark), ["pass", "fail", "unmatched", "skipped", "incomparable"]);
});
