import assert from "node:assert/strict";
import { test } from "node:test";
import { readCasebookFile } from "./casebook-file";
import { pairPaths } from "./casebook-pairs";

const read = (pairs: string) => readCasebookFile(`{"casebook":1,\n"pairs": ${pairs}}`);
const one = (reference: string, candidate: string) => read(JSON.stringify([{ reference, candidate }])).file.pairs[0]!;

test("a pair with all of its keys, and one with the two that it needs", () => {
	const { file, problems } = read('[{"reference":"./a/x.json","candidate":"b/","probe":" wire ","tolerance":"rel:1e-6","ignore":["timestamp","/meta/host"]},\n{"reference":"a","candidate":"b"}]');
	assert.deepEqual(problems, []);
	assert.deepEqual(file.pairs, [
		{ reference: "a/x.json", candidate: "b", probe: "wire", tolerance: { kind: "rel", value: 1e-6 }, ignore: ["timestamp", "/meta/host"], line: 2 },
		{ reference: "a", candidate: "b", probe: null, tolerance: null, ignore: [], line: 3 },
	]);
});

test("every fault names its line and what to write, and the other pairs hold", () => {
	const said = (pair: string) => {
		const { file, problems } = read(`[${pair},\n{"reference":"a","candidate":"b"}]`);
		assert.equal(file.pairs.length, 1, pair);
		return problems;
	};
	assert.deepEqual(said('{"reference":"a"}'), ['casebook.json:2: "candidate" is missing in a pair (it needs "reference" and "candidate"). The pair is left out.']);
	assert.deepEqual(said('{"reference":"a","candidate":3}'), ['casebook.json:2: "candidate" is a number, not a path. The pair is left out.']);
	assert.deepEqual(said('{"reference":"/a","candidate":"b"}'), ['casebook.json:2: "reference" is "/a", not a path inside the workspace, such as "logs/run1.jsonl". The pair is left out.']);
	for (const path of ["../a", "a//b", "a\\\\b", "C:/a", ".", "a/./b"]) assert.match(said(`{"reference":"${path}","candidate":"b"}`)[0]!, /not a path inside the workspace/, path);
	assert.deepEqual(said('{"reference":"a/","candidate":"a"}'), ['casebook.json:2: "reference" and "candidate" are both "a", which compares nothing. The pair is left out.']);
	assert.match(said('{"reference":"**/a","candidate":"b"}')[0]!, /"reference" has "\*\*"; in a pair only "\*" stands/);
	assert.match(said('{"reference":"r*","candidate":"b"}')[0]!, /"reference" has 1 "\*" and "candidate" 0; .* equally many, or none in "reference"/);
	assert.match(said('{"reference":"r","candidate":"*/*/*/*"}')[0]!, /"candidate" has 4 "\*", and at most 3 are read/);
	assert.match(said('{"reference":"a","candidate":"b","tolerance":"1e-6"}')[0]!, /"tolerance": "1e-6" is no tolerance; write abs:0\.01 or rel:1e-6\. The pair/);
	assert.match(said('{"reference":"a","candidate":"b","tolerance":"ulp:4"}')[0]!, /in ULP, which raw files are not compared in; write abs:0\.01 or rel:1e-6/);
	assert.match(said('{"reference":"a","candidate":"b","ignore":"x"}')[0]!, /"ignore" is not a list/);
	assert.match(said('{"reference":"a","candidate":"b","ignore":[""]}')[0]!, /"ignore" holds something that is no key name/);
	assert.match(said("[]")[0]!, /a pair is a list, not an object/);
	assert.deepEqual(read("{}").problems, ['casebook.json:2: "pairs" is an object, not a list of pairs. It is not used.']);
	const strange = read('[{"reference":"a","candidate":"b","why":1}]');
	assert.deepEqual([strange.problems, strange.file.pairs.length], [['casebook.json:2: the key "why" is not known at /pairs/0 (reference, candidate, probe, tolerance, ignore are). It is not used.'], 1]);
});

test("two files, two folders, and what only one of them has", () => {
	assert.deepEqual(pairPaths(one("r/a.json", "c/b.json"), ["r/a.json", "c/b.json"]), { found: [{ reference: "r/a.json", candidate: "c/b.json", isFolder: false, files: [{ name: "", reference: "r/a.json", candidate: "c/b.json" }] }], missing: [] });
	assert.deepEqual(pairPaths(one("r", "c"), ["c/x/2", "c/1", "r/1", "r/3", "cc/1"]).found[0]!.files, [
		{ name: "1", reference: "r/1", candidate: "c/1" },
		{ name: "3", reference: "r/3", candidate: null },
		{ name: "x/2", reference: null, candidate: "c/x/2" },
	]);
});

test("a folder inside the other one is of its own side only", () => {
	const files = (reference: string, candidate: string) => pairPaths(one(reference, candidate), ["logs/x", "logs/y", "logs/old/x"]).found.map((pair) => pair.files);
	assert.deepEqual(files("logs/old", "logs"), [[{ name: "x", reference: "logs/old/x", candidate: "logs/x" }, { name: "y", reference: null, candidate: "logs/y" }]]);
	assert.deepEqual(files("logs", "logs/old"), [[{ name: "x", reference: "logs/x", candidate: "logs/old/x" }, { name: "y", reference: "logs/y", candidate: null }]]);
});

test("a star stands for the same text on both sides, or one reference stands for all", () => {
	const paths = ["runs/1/go.json", "runs/1/rust.json", "runs/2/go.json", "runs/2/rust.json", "runs/a.b/x/go.json"];
	assert.deepEqual(pairPaths(one("runs/*/rust.json", "runs/*/go.json"), paths).found.map((pair) => [pair.reference, pair.candidate]), [["runs/1/rust.json", "runs/1/go.json"], ["runs/2/rust.json", "runs/2/go.json"]]);
	assert.deepEqual(pairPaths(one("golden.json", "runs/*/go.json"), [...paths, "golden.json"]).found.map((pair) => pair.candidate), ["runs/1/go.json", "runs/2/go.json"]);
	assert.deepEqual(pairPaths(one("r/*.json", "c/*.json"), ["r/a+(1).json", "c/a+(1).json", "c/aXjson"]).found.length, 1, "other signs are no pattern");
});

test("what is not in the workspace is said, with what may be meant", () => {
	const missing = (reference: string, candidate: string, paths: string[]) => pairPaths(one(reference, candidate), paths).missing;
	assert.deepEqual(missing("r/a.json", "c/a.json", ["c/a.json", "old/A.json"]), ['"reference" names "r/a.json", which is not in the workspace ("c/a.json" is)']);
	assert.deepEqual(missing("r/a.json", "c/b.json", ["r/a.json"]), ['"candidate" names "c/b.json", which is not in the workspace']);
	assert.deepEqual(missing("r/*", "c/*", ["r/a.json"]), ['"candidate" names "c/*", which fits no file in the workspace']);
	assert.deepEqual(missing("r", "c", ["r", "c/1"]), ['"reference" names "r", which is a file, while "c" is a folder']);
	assert.deepEqual(missing("r", "c", ["r/1", "c"]), ['"reference" names "r", which is a folder, while "c" is a file']);
	assert.deepEqual(missing("r/*.json", "c/*.json", ["r/1.json", "c/1.json", "c/2.json"]), ['"reference" names "r/2.json", which is not in the workspace ("c/2.json" is)']);
});
