import assert from "node:assert/strict";
import { test } from "node:test";
import { FileFinder } from "./checksums";

const A = "a".repeat(64);
const B = "b".repeat(64);
const finder = new FileFinder([
	{ path: "runs/one/a.bin", sha256: A },
	{ path: "runs/one/sub/c.bin", sha256: B },
	{ path: "runs/one/sha256.txt", sha256: B },
	{ path: "runs/two/a.bin", sha256: B },
	{ path: "top.bin", sha256: A },
	{ path: "runs/one/large.bin", sha256: null },
	{ path: "runs/one/ignored/", sha256: null },
]);
const LIST = "runs/one/sha256.txt";
const state = (written: string, sha256 = A, list = LIST) => {
	const { state: came, found } = finder.check(list, written, sha256);
	return [came, found];
};

test("a path is one from the list's folder, from the workspace, from a repository or from another machine", () => {
	assert.deepEqual(state("a.bin"), ["match", "runs/one/a.bin"]);
	assert.deepEqual(state("./sub/../a.bin", B), ["differs", "runs/one/a.bin"]);
	assert.deepEqual(state("sub\\c.bin", B), ["match", "runs/one/sub/c.bin"]);
	assert.deepEqual(state("runs/two/a.bin", B), ["match", "runs/two/a.bin"]);
	assert.deepEqual(state("top.bin"), ["match", "top.bin"]);
	assert.deepEqual(state("project/runs/one/sub/c.bin", A), ["differs", "runs/one/sub/c.bin"]);
	assert.deepEqual(state("/srv/somebody/runs/two/a.bin", B), ["match", "runs/two/a.bin"]);
	assert.deepEqual(state("C:\\work\\one\\a.bin"), ["match", "runs/one/a.bin"]);
});

test("a bare name says nothing about a file elsewhere, and one common part nothing at all", () => {
	assert.deepEqual(state("c.bin", B), ["missing", null]);
	assert.deepEqual(state("/srv/other/c.bin", B), ["missing", null]);
	assert.deepEqual(state("/srv/other/a.bin", A), ["match", "runs/one/a.bin"], "beside the list, with those bytes");
	assert.deepEqual(state("/srv/other/a.bin", "c".repeat(64)), ["missing", null]);
	assert.deepEqual(state("../../../a.bin"), ["missing", null]);
});

test("of several files the one with the longest common tail counts, then the one with those bytes, then the nearer", () => {
	const two = new FileFinder([{ path: "x/run/a.bin", sha256: A }, { path: "y/run/a.bin", sha256: B }]);
	assert.equal(two.check("y/run/sha256.txt", "/srv/run/a.bin", A).found, "x/run/a.bin");
	assert.equal(two.check("y/run/sha256.txt", "/srv/run/a.bin", "c".repeat(64)).found, "y/run/a.bin");
	assert.equal(two.check("z/sha256.txt", "/srv/x/run/a.bin", B).found, "x/run/a.bin");
});

test("a list that names itself is no fault, and a file that was not read is not missing", () => {
	assert.deepEqual(state("sha256.txt"), ["itself", LIST]);
	assert.deepEqual(state("/srv/runs/one/sha256.txt"), ["itself", LIST]);
	assert.deepEqual(state("large.bin"), [null, "runs/one/large.bin"]);
	assert.deepEqual(state("ignored/x.bin"), [null, "runs/one/ignored/x.bin"]);
});
