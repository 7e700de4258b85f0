import assert from "node:assert/strict";
import { test } from "node:test";
import { detect } from "./detect";

function name(path: string, head: string | readonly number[]): string {
	const found = detect(path, typeof head === "string" ? new TextEncoder().encode(head) : Uint8Array.from(head));
	return found.kind === "read" ? found.format : found.kind === "known" ? `known: ${found.name}` : "unrecognised";
}

const SESSION = '{"schema":"session.iterate.v1","session_id":"s"}\n';
const LONG = "x".repeat(80_000);

const CASES: [path: string, head: string | readonly number[], format: string][] = [
	["logs/sessions.jsonl", SESSION, "session log"],
	["logs/sessions.log", SESSION, "session log"],
	["a.jsonl", `broken\n${SESSION}${SESSION}`, "session log"],
	["a.jsonl", `{"schema":"session.iterate.v1","prompt":"${LONG}"}\n`.slice(0, 65_536), "session log"],
	["a.jsonl", '{"schema":"other.v1"}\n', "jsonl"],
	["a.jsonl", "nothing of JSON\n", "jsonl"],
	["a.ndjson", '{"a":1}\n', "jsonl"],
	["a.json", '{"a":1}\n{"a":2}\n', "jsonl"],
	["x/audit_baselines.jsonl", '{"p2_rows":1}\n', "audit baselines"],
	["b.jsonl", '{"git_sha":"a","metrics":{"n":1}}\n', "audit baselines"],
	["b.jsonl", '{"metrics":{"n":1}}\n', "jsonl"],
	["b.jsonl", '{"git_sha":"a","metrics":{"n":"1"}}\n', "jsonl"],
	["c.jsonl", '{"checkpoint":"logits","values":[1]}\n', "checkpoint log"],
	["c.jsonl", '{"checkpoint":"logits","values":[NaN,-Infinity]}\n', "checkpoint log"],
	["c.jsonl", `{"checkpoint":"logits","values":[${"0.25,".repeat(20_000)}`.slice(0, 65_536), "checkpoint log"],
	["c.jsonl", '{"checkpoint":"logits","other":[NaN]}\n', "jsonl"],
	["c.jsonl", '{"schema":"subject_audit.v1","seq":1}\n', "subject audit log"],
	["c.jsonl", '{"schema":"replay_run.v1"}\n', "replay runs"],
	["c.jsonl", '{"provenance":{}}\n', "evidence rows"],
	["r.json", '{"schema":"parity.report.v1","cases":[]}', "parity report (json)"],
	["r.json", `{"schema":"parity.report.v1","cases":[{"case":"${LONG}`.slice(0, 65_536), "parity report (json)"],
	["m.json", '{"factors":{},"first_divergence":null}', "factor comparison"],
	["m.json", '{"correlation":1,"sum_ratio":1}', "image comparison"],
	["m.json", '{"TC-1":{"correlation":1,"sum_ratio":1}}', "image comparison"],
	["m.json", '{"x":{"comparison":{"correlation":1,"sum_ratio":1}}}', "image comparison"],
	["m.json", '{"tc_1_correlation":1,"tc_1_sum_ratio":1}', "image comparison"],
	["m.json", '[{"size":4096,"c_time":0.7}]', "benchmark results"],
	["m.json", '{"results":[{"size":1,"py_time_warm":2}]}', "benchmark results"],
	["t.json", '{"traceEvents":[]}', "chrome trace"],
	["t.json", '[{"ph":"M","name":"process_name"},{"ph":"X","ts":1.5,"dur":2,"name":"a"}]', "chrome trace"],
	["t.json", '[{"ph":"X","name":"a"}]', "json"],
	["trace_py.json", '{"per_phi_entries":[{"phi_tic":0,"k":1.5},{"phi_tic":1,"k":1.25}]}', "keyed rows (json)"],
	["r.json", '{"entries":[{"phi_tic":0,"k":1.5},{"phi_tic":0,"k":1.25}]}', "json"],
	["r.json", '{"rows":[{"id":0,"k":1.5},{"id":1,"k":1.25}]}', "json"],
	["r.json", '{"steps":[{"step":0,"name":"a"},{"step":1,"name":"b"}]}', "json"],
	["e.json", '{"python":"3"}', "json"],
	["e.json", "$(date)", "json"],
	["e", '{"python":"3"}', "json"],
	["p.csv", "# title\n#\ntoken_idx,max_abs_diff,mean_abs_diff\n", "parity report (csv)"],
	["p.txt", "token_idx,max_abs_diff\n1,2\n", "parity report (csv)"],
	["p.csv", "a,b\n", "csv"],
	["p.tsv", "a\tb\n", "tsv"],
	["README.md", "# Hi", "markdown"],
	["junit.xml", '<?xml version="1.0"?><testsuites/>', "junit"],
	["x.xml", "<testsuite name='a'>", "junit"],
	["x.xml", "<other/>", "text"],
	["trace.log", "hello\nTRACE_C: x 1\n", "trace log"],
	["trace.log", "TRACE_C_PHI phi_tic=0 k=1\n", "trace log"],
	["sha256.txt", `${"a".repeat(64)}  file.txt\n`, "checksum list"],
	["x.sha256", "anything\n", "checksum list"],
	["pytest.log", "==== test session starts ====\n", "test output"],
	["out.txt", "tests/a.py::test_b PASSED\n", "test output"],
	["out.txt", "running 1 test\ntest a::b ... ok\n\ntest result: ok. 1 passed; 0 failed;\n", "test output"],
	["out.txt", "--- FAIL: TestX (0.00s)\n", "test output"],
	["out.txt", "ok  \tpkg/a\t0.1s\n", "test output"],
	["collect.log", "a.py::test_b\n\n2 tests collected in 0.78s\n", "test output"],
	["go.json", '{"Time":"t","Action":"run","Package":"p","Test":"T"}\n{"Time":"t","Action":"pass","Package":"p"}\n', "test output (json)"],
	["ci.log", "building\n\u001b[32m3 passed\u001b[0m in 0.20s\n", "test output"],
	["out.log", "FAIL\texample.test/a [build failed]\n", "test output"],
	["out.log", "ok so far 0.1s\n3 files passed the check in 2.0s\n= 3 apples in 2s =\n", "text"],
	["test_a.py", "# tests/a.py::test_b PASSED\ntests/a.py::test_b PASSED\n", "text"],
	["hashes", `# made here\nSHA256 (a.txt) = ${"b".repeat(64)}\n`, "checksum list"],
	["hashes.txt", `${"a".repeat(64)}  file.txt\nand more\n`, "text"],
	["m.json", '{"correlation":1}', "json"],
	["m.json", '[{"size":4096,"colour":"red"}]', "json"],
	["commands.txt", "# step\nexport A=1\n", "text"],
	["main.py", "print(1)\n", "text"],
	["Makefile", "all:\n", "text"],
	["note.log", "[info] started\n", "text"],
	["empty.json", "", "text"],
	["x.npy", [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0], "tensor"],
	["x.parquet", [0x50, 0x41, 0x52, 0x31, 0], "parquet"],
	["x.jsonl.gz", [0x1f, 0x8b, 8], "unrecognised"],
	["x.bin", [0, 1, 2, 3], "unrecognised"],
	["x.bin", [0xff, 0xd8, 0xff, 0xe0], "unrecognised"],
	["x.txt", [0xff, 0xd8, 0xff, 0xe0], "unrecognised"],
	["x.txt", [0x61, 0x62, 0x0a, 0xff, 0x0a, 0x63], "text"],
	["x.log", [0x61, 0x62, 0x0a, 0xff, 0x0a, 0], "unrecognised"],
	["x.log", [...Array<number>(9).fill(0xff), ...Array<number>(100).fill(0x61)], "unrecognised"],
	["x", [0xff, 0xfe, 0x61, 0, 0x0a, 0], "text"],
	["x.jsonl", [0x00, 0x0a], "jsonl"],
];

for (const [path, head, format] of CASES) {
	test(`${path} with ${JSON.stringify(head).slice(0, 60)} is ${format}`, () => assert.equal(name(path, head), format));
}

test("a character that the head cuts is no broken byte", () => {
	assert.equal(name("Makefile", `${"a".repeat(65_534)}ü`), "text");
	const cut = new TextEncoder().encode(`${"a".repeat(65_535)}ü`).subarray(0, 65_536);
	assert.equal(name("Makefile", [...cut]), "text");
});
