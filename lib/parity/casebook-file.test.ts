import assert from "node:assert/strict";
import { test } from "node:test";
import { applyProbeRules, chosenReference, fits, renameCollisions } from "./casebook-apply";
import { NO_RULES, readCasebookFile } from "./casebook-file";

const TEXT = `{
	"casebook": 1,
	"probes": {
		"split": [{ "probe": "scaling/metrics.json", "path": "**/spec/**", "into": "scaling (spec)" }],
		"merge": [{ "probes": ["old/m.json", "new-*/m.json"], "into": "metrics" }],
		"rename": [{ "from": "metrics", "to": "Scaling factors" }, { "from": "scaling (spec)", "to": "Spec" }],
		"reference": [{ "probe": "hidden*", "producer": "LLAMA" }]
	}
}`;

test("split, merge, rename, each once and in this order", () => {
	const { file, problems } = readCasebookFile(TEXT);
	assert.deepEqual(problems, []);
	assert.equal(applyProbeRules(file, "scaling/metrics.json", "scaling/20251008/spec/metrics.json"), "Spec");
	assert.equal(applyProbeRules(file, "scaling/metrics.json", "scaling/20251008/metrics.json"), "scaling/metrics.json");
	assert.equal(applyProbeRules(file, "old/m.json", "old/m.json"), "Scaling factors");
	assert.equal(applyProbeRules(file, "new-7/m.json", "x"), "Scaling factors");
	assert.equal(applyProbeRules(file, "new-7/x/m.json", "x"), "new-7/x/m.json");
	assert.equal(applyProbeRules(NO_RULES, "old/m.json", "x"), "old/m.json");
	assert.deepEqual([chosenReference(file, "hidden-states"), chosenReference(file, "other")], ["LLAMA", null]);
});

test("rules cannot chase one another", () => {
	const { file } = readCasebookFile('{"casebook":1,"probes":{"rename":[{"from":"a","to":"b"},{"from":"b","to":"a"}]}}');
	assert.deepEqual([applyProbeRules(file, "a", ""), applyProbeRules(file, "b", "")], ["b", "a"]);
});

test("a file without rules, and an empty one", () => {
	assert.deepEqual(readCasebookFile('{"casebook":1}'), { file: NO_RULES, problems: [] });
	assert.deepEqual(readCasebookFile('\uFEFF{"casebook":1.0,"probes":{}}').problems, []);
	assert.deepEqual(readCasebookFile(""), { file: NO_RULES, problems: ["casebook.json:1:1: the text ends inside of it. The file is not used."] });
});

test("every fault names its line, what is wrong and what follows", () => {
	const problems = (text: string) => readCasebookFile(text).problems;
	assert.deepEqual(problems("[]"), ["casebook.json:1: the file is a list, not an object. The file is not used."]);
	assert.deepEqual(problems("{}"), ['casebook.json:1: "casebook": 1 is missing, which says what version of the file this is. The file is not used.']);
	assert.deepEqual(problems('{\n"casebook": 2}'), ['casebook.json:2: "casebook" is 2; only version 1 is known. The file is not used.']);
	assert.deepEqual(problems('{"casebook":1,\n\n"prob": {}}'), ['casebook.json:3: the key "prob" is not known (casebook, probes, pairs are). It is not used.']);
	assert.deepEqual(problems('{"casebook":1,"probes":[]}'), ['casebook.json:1: "probes" is a list, not an object. It is not used.']);
	assert.deepEqual(problems('{"casebook":1,"probes":{"merge":{}}}'), ['casebook.json:1: "merge" is an object, not a list of rules. It is not used.']);
	assert.deepEqual(problems('{"casebook":1,"probes":{"split":[{"probe":"a","into":"b"}]}}'), ['casebook.json:1: "path" is missing in a rule of "split" (it needs "probe", "path", "into"). The rule is left out.']);
	assert.deepEqual(problems('{"casebook":1,"probes":{"merge":[{"probes":[],"into":"b"},{"probes":["a",3],"into":"b"},"x"]}}'), ['casebook.json:1: "probes" is an empty list, not a list of probes. The rule is left out.', 'casebook.json:1: "probes" holds 3, which names no probe. The rule is left out.', 'casebook.json:1: a rule of "merge" is text, not an object. The rule is left out.']);
	assert.deepEqual(problems('{"casebook":1,"probes":{"rename":[{"from":"a","to":" ","why":"x"}]}}'), ['casebook.json:1: the key "why" is not known at /probes/rename/0 (from, to are). It is not used.', 'casebook.json:1: "to" is empty, not a name. The rule is left out.']);
	assert.match(problems('{"casebook":1,"probes":{"rename":[{"from":"a" "to":"b"}]}}')[0]!, /^casebook\.json:1:\d+: "," or the end of the object is missing\. The file is not used\.$/);
});

test("rules that contradict one another: the first holds, and it is said", () => {
	const merge = readCasebookFile('{"casebook":1,"probes":{"merge":[{"probes":["a","b"],"into":"x"},{"probes":["b","c"],"into":"y"}]}}');
	assert.deepEqual(["a", "b", "c"].map((id) => applyProbeRules(merge.file, id, "")), ["x", "x", "y"]);
	assert.deepEqual(merge.problems, ['casebook.json: the probe "b" is merged into "x" and into "y". The first rule holds.']);
	const rename = readCasebookFile('{"casebook":1,"probes":{"rename":[{"from":"a","to":"x"},{"from":"a","to":"y"},{"from":"b","to":"x"},{"from":"c*","to":"z"}]}}');
	assert.deepEqual(rename.file.rename, [{ from: "a", to: "x" }]);
	assert.equal(rename.problems.length, 3);
	assert.match(rename.problems[1]!, /renaming both "a" and "b" to "x" would merge them; write a rule under "merge" for that\. The rule is left out\./);
});

test("a rename onto another probe is said", () => {
	const { file } = readCasebookFile('{"casebook":1,"probes":{"rename":[{"from":"a","to":"b"},{"from":"c","to":"d"},{"from":"d","to":"e"}]}}');
	assert.deepEqual(renameCollisions(file, ["a", "b", "c", "d"]), ['casebook.json: "a" is renamed to "b", which is a probe already, so their runs are one history now. Write a rule under "merge" if that is meant, or choose another name.']);
	assert.deepEqual(renameCollisions(file, ["b", "c", "d"]), [], "nothing is named a here");
});

test("patterns", () => {
	for (const [pattern, name, expected] of [["a*c", "abc", true], ["a*c", "a/c", false], ["a**c", "a/b/c", true], ["*", "", true], ["*", "x/y", false], ["**", "x/y", true], ["a.c", "abc", false], ["", "", true], ["**/x", "a/b/x", true], ["**/x", "x", true], ["**/x", "ax", false], ["**/spec/**", "spec/m.json", true], ["a/**/b", "a/b", true], ["a/**/b", "a/x/y/b", true], ["a/**/b", "ab", false], ["*😀", "a😀", true]] as const) assert.equal(fits(pattern, name), expected, `${pattern} ${name}`);
	const start = performance.now();
	assert.equal(fits("*a".repeat(50), `${"a".repeat(2000)}b`), false);
	assert.ok(performance.now() - start < 1000);
});
