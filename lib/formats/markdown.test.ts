import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { addsUp, type ParserEnd, rowsOf, type Value } from "@/lib/model";
import { markdown } from "./markdown";

const fixtures = path.resolve(process.cwd(), "lib/formats/fixtures/markdown");
const seeds = path.resolve(process.cwd(), "../shared/seeds");
const noSeeds = { skip: existsSync(seeds) ? false : "the folder ../shared/seeds is not there" };

function read(input: Uint8Array | string, name = "docs/page.md", step = 4096): ParserEnd {
	const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
	const parser = markdown(name);
	for (let at = 0; at < bytes.length; at += step) assert.deepEqual(parser.push(bytes.subarray(at, at + step)), []);
	const end = parser.end();
	assert.ok(addsUp(end.account), JSON.stringify(end.account));
	for (const batch of end.batches) {
		assert.ok(batch.numRows > 0);
		for (const column of batch.columns) assert.equal(column.length, batch.numRows);
	}
	return end;
}

function fixture(name: string): ParserEnd {
	return read(readFileSync(path.join(fixtures, name)), `docs/${name}`, 5);
}

/** The rows of a table as lists of the named columns, int64 as numbers. */
function rows(end: ParserEnd, table: string, ...columns: string[]): Value[][] {
	return end.batches
		.filter((batch) => batch.table === table)
		.flatMap((batch) => [...rowsOf(batch)])
		.map((row) => columns.map((column) => {
			assert.ok(column in row, `${table} has no column ${column}`);
			const value = row[column];
			return typeof value === "bigint" && value < 1_000_000_000n ? Number(value) : value;
		}));
}

function ns(iso: string): bigint {
	return BigInt(Date.parse(iso)) * 1_000_000n;
}

test("a status page", () => {
	const end = fixture("status-page.md");
	assert.deepEqual(rows(end, "docs", "title", "kind", "doc_date", "status", "team", "repaired", "source", "line"), [["Decoder port - TEAM HERON", "status page", ns("2026-02-03T09:30Z"), "Waiting on the driver update", "HERON", false, "docs/status-page.md", 1]]);
	assert.deepEqual(rows(end, "team_pages", "team", "state", "state_words", "since", "blocker", "next_step", "done", "open", "blocked", "last_activity", "line"), [
		["HERON", "blocked", "Waiting on the driver update", ns("2026-02-03T09:30Z"), "Driver 535 crashes on load", "Update the driver", 2, 2, 2, ns("2026-02-05T00:00Z"), 9],
	]);
	assert.deepEqual(rows(end, "doc_items", "section", "state", "text", "line"), [
		["Completed", "done", "Loader reads both layouts", 13],
		["Completed", "done", "Tokenizer", 14],
		["Completed", "done", "merges compared", 15],
		["Completed", "failed", "special tokens differ", 16],
		["Blockers", "blocked", "Driver 535 crashes on load", 20],
		["Blockers", "blocked", "none of the spare machines has memory enough", 21],
		["Next steps", "open", "Update the driver (2 hours)", 24],
		["Next steps", "open", "Compare again (1 day)", 29],
		["Next steps", "open", "both layouts", 30],
		["Available", "unknown", "heron_logits.npy - reference", 35],
		["Available", "unknown", "plain_notes.txt: by hand", 36],
		["Available", "open", "heron_candidate.npy", 37],
		["Success criteria", "done", "All merges equal", 43],
		["Success criteria", "open", "Logits within 1e-4", 44],
		["Success criteria", "open", "not ours", 47],
	]);
	assert.deepEqual(rows(end, "blockers", "title", "problem", "root_cause", "fix", "line"), [
		["Driver 535 crashes on load", null, null, null, 20],
		["none of the spare machines has memory enough", null, null, null, 21],
	]);
	assert.deepEqual(rows(end, "artifacts", "path", "said", "line"), [
		["heron_logits.npy", "ready", 35],
		["plain_notes.txt", "ready", 36],
		["heron_candidate.npy", "pending", 37],
	]);
	assert.deepEqual(rows(end, "criteria", "text", "said"), [["All merges equal", "done"], ["Logits within 1e-4", "open"]]);
	assert.deepEqual(rows(end, "next_steps", "position", "title", "duration", "command"), [
		[1, "Update the driver", "2 hours", "# as administrator\nupdate-driver --to 550"],
		[2, "Compare again", "1 day", null],
	]);
	// front matter is other; the quoted heading is no section
	assert.deepEqual([end.account.lines, end.account.records, end.account.blanks, end.account.other], [49, 33, 12, 4]);
	assert.deepEqual(rows(end, "doc_sections", "title").at(-1), ["Success criteria"]);
});

test("a parity report becomes a run with its cases", () => {
	const end = fixture("parity-report.md");
	assert.deepEqual(rows(end, "recorded_runs", "run_no", "title", "ran_at", "git_commit", "measure", "reference", "line"), [[0, "Scheduler parity", ns("2026-03-04T05:06:07.5Z"), "abc1234def", null, null, 3]]);
	assert.deepEqual(rows(end, "recorded_cases", "position", "case_name", "recorded_verdict", "note", "value", "line"), [
		[0, "warm up", "PASS", null, null, 7],
		[1, "cool down", "✅", null, null, 8],
		[2, "|Δ|of steps", "DIVERGENT", "❌ DIVERGENT", null, 9],
		[3, "restart", "MISSING", null, null, 10],
		[4, "alpha", "pass", "8/8", null, 16],
		[5, "beta", "fail", "5/6", null, 17],
		[6, "gamma", null, "0/0", null, 18],
	]);
	assert.deepEqual(end.notes, ['line 9: a table row has 6 cells under 4 columns (an unescaped "|"); its numbers are not read']);
	assert.deepEqual(rows(end, "team_pages", "team"), []);
});

test("table cells: numbers, units, and a header that is no header", () => {
	const end = fixture("pipes.md");
	assert.match(end.notes.join(), /^line 3: a table's header has an unescaped "\|"/);
	assert.deepEqual(rows(end, "doc_tables", "table_no", "row_no", "column_no", "column_name", "text", "number", "unit", "line").filter((row) => row[2] === 1), [
		[0, 0, 1, "value", "value", null, null, 7],
		[0, 1, 1, "value", "4.25e3", 4250, null, 9],
		[0, 2, 1, "value", "~5", null, null, 10],
		[0, 3, 1, "value", "2nd", null, null, 11],
		[0, 4, 1, "value", "-1,234,567.5 KB", -1234567.5, "KB", 12],
		[0, 5, 1, "value", "7f3e9aa", null, null, 13],
	]);
});

test("plan, resolution, work order and commit log", () => {
	const plan = fixture("plan.md");
	assert.deepEqual(rows(plan, "docs", "title", "kind"), [["Migration ledger", "plan"]]);
	assert.deepEqual(rows(plan, "doc_items", "state", "text").map(([state]) => state), ["done", "partial", "open", "partial", "blocked", "done", "failed", "partial", "unknown"]);
	const resolution = fixture("team_otter_retry.md");
	assert.deepEqual(rows(resolution, "docs", "kind", "doc_date", "status", "team"), [["resolution", ns("2026-01-02T08:04:05Z"), "CLOSED", "OTTER"]]);
	assert.deepEqual(rows(resolution, "team_pages", "team"), []);
	const order = fixture("work-order.txt");
	assert.deepEqual(rows(order, "docs", "title", "kind", "doc_date"), [["Compare the two samplers", "work order", null]]);
	assert.deepEqual(rows(order, "doc_items", "section", "line"), [["Mapped tests", 6], ["Artifacts", 8], ["Artifacts", 9], ["Success Criteria", 11]]);
	const log = fixture("commit-log.txt");
	assert.deepEqual(rows(log, "docs", "title", "kind", "status"), [["2 Commits", "commit log", null]]);
	assert.deepEqual(rows(log, "doc_items", "text"), [["seed moved"]]);
});

test("what makes a status page, and what does not", () => {
	const kind = (text: string, name?: string) => rows(read(text, name), "docs", "kind", "team")[0];
	assert.deepEqual(kind("# Notes\n\n**Team**: Blue Heron Team\n**Status**: ok\n"), ["status page", "Blue Heron"]);
	assert.deepEqual(kind("# Anything\n", "pages/TEAM_WREN_STATUS.md"), ["status page", "WREN"]);
	assert.deepEqual(kind("# Gateway cutover - status\n"), ["status page", "Gateway cutover"]);
	assert.deepEqual(kind("# Status codes\n\nall of them\n"), ["other", null]);
	assert.deepEqual(kind("# Findings of TEAM-007\n"), ["other", "TEAM-007"]);
	assert.deepEqual(kind("# Checklist\n\n| Criterion | Status |\n|---|---|\n| a | ✅ |\n"), ["other", null]);
	// a head directly above a rule is no heading
	assert.deepEqual(rows(read("# T\n\nTeam: X\nStatus: IN PROGRESS\n---\n"), "team_pages", "team", "state"), [["X", "active"]]);
});

test("undecodable bytes are one reject that names the byte", () => {
	const end = read(Uint8Array.of(0x61, 0x0a, 0x0a, 0x62, 0xc3, 0x28, 0x0a));
	assert.deepEqual(end.batches, []);
	assert.deepEqual([end.rejects.length, end.rejects[0]?.line, end.rejects[0]?.byteOffset], [1, 3, 4]);
	assert.match(end.rejects[0]?.reason ?? "", /not valid UTF-8: byte 0xc3 at byte offset 4/);
	assert.deepEqual([end.account.lines, end.account.rejects, end.account.blanks], [3, 2, 1]);
});

test("UTF-16, a byte order mark, CRLF, an empty file", () => {
	const text = "# Größe\r\n\r\n- a\r\n";
	for (const bytes of [Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]), Uint8Array.from([0xef, 0xbb, 0xbf, ...Buffer.from(text)])]) {
		const end = read(bytes);
		assert.deepEqual(rows(end, "doc_sections", "title"), [["Größe"]]);
		assert.deepEqual(rows(end, "doc_items", "line"), [[3]]);
		assert.deepEqual([end.account.lines, end.account.records, end.account.blanks], [3, 2, 1]);
	}
	assert.deepEqual([read("").batches, read("").account.lines], [[], 0]);
});

test("HTML is text and never more", () => {
	const end = read("# <img src=x onerror=alert(1)>\n\n- <b>bold</b> item\n");
	assert.deepEqual(rows(end, "doc_sections", "title"), [["<img src=x onerror=alert(1)>"]]);
	assert.deepEqual(rows(end, "doc_items", "text"), [["<b>bold</b> item"]]);
});

test("long lists, tables and fences are cut for the parser and read as one", () => {
	const list = Array.from({ length: 600 }, (_, i) => `- item ${i}\n`).join("");
	const table = `| n | v |\n|---|---|\n${Array.from({ length: 600 }, (_, i) => `| r${i} | ${i} |\n`).join("")}`;
	const end = read(`# A\n\n${list}\n\`\`\`\n${"# not a heading\n".repeat(300)}\`\`\`\n\n${table}`);
	assert.deepEqual(rows(end, "doc_items", "line").map(([line]) => line), Array.from({ length: 600 }, (_, i) => i + 3));
	assert.equal(rows(end, "doc_sections", "line").length, 1);
	const cells = rows(end, "doc_tables", "table_no", "row_no", "column_no", "number", "line").filter((row) => row[2] === 1);
	assert.deepEqual(cells.slice(1), Array.from({ length: 600 }, (_, i) => [0, i + 1, 1, i, 909 + i]));
});

test("texts that Markdown parsers choke on end quickly", () => {
	for (const text of [">".repeat(200_000), "- ".repeat(100_000), "*a".repeat(50_000), "[".repeat(100_000), `${"|a".repeat(50_000)}\n${"|-".repeat(50_000)}\n`, "\n".repeat(100_000), " ".repeat(100_000)]) {
		const end = read(text, "x.md", 65_536);
		assert.ok(end.notes.length > 0);
	}
});

test("500 mutated documents are read without a crash and add up", () => {
	let state = 20_260_203;
	const random = (below: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state % below;
	};
	const bases = readdirSync(fixtures).map((name) => readFileSync(path.join(fixtures, name)));
	const splices = ["`", "```\n", "|", "|---|\n", "**", "\n", "\r", "> ", "- [ ] ", "  ", "#", "---\n", "<!--", "\0", "[a](", "~~~", "✅", "1. ", "Team: ", "\ufeff", "\\"].map((text) => new TextEncoder().encode(text));
	for (let round = 0; round < 500; round++) {
		let bytes: Uint8Array = bases[random(bases.length)]!;
		for (let i = 0; i <= random(12); i++) {
			const at = random(bytes.length + 1);
			const cut = random(4) === 0 ? random(40) : 0;
			const extra = random(10) === 0 ? Uint8Array.of(random(256)) : splices[random(splices.length)]!;
			bytes = Uint8Array.from([...bytes.subarray(0, at), ...extra, ...bytes.subarray(at + cut)]);
		}
		const end = read(bytes);
		const last = end.account.lines;
		for (const batch of end.batches) for (const row of rowsOf(batch)) assert.ok(row.line !== null && Number(row.line) >= 1 && Number(row.line) <= last, `${batch.table} line ${row.line} of ${last}`);
		assert.ok(end.rejects.length === 1 ? end.batches.length === 0 : end.rejects.length === 0);
	}
});

function seed(number: string): ParserEnd {
	const name = readdirSync(seeds).find((file) => file.startsWith(number)) ?? assert.fail(`no seed ${number}`);
	return read(readFileSync(path.join(seeds, name)), `seeds/${name}`);
}

test("seed 000: a blocked team's page", noSeeds, () => {
	const end = seed("000");
	const date = ns("2025-10-07T17:17Z");
	assert.deepEqual(rows(end, "docs", "kind", "doc_date", "status", "team", "repaired"), [["status page", date, "BLOCKED on HTTP infrastructure fix", "PICASSO", true]]);
	assert.deepEqual(rows(end, "team_pages", "team", "state", "since", "blocker", "next_step", "done", "open", "blocked"), [["PICASSO", "blocked", date, "HTTP Infrastructure Issue", "Apply HTTP fix", 11, 6, 3]]);
	const [blocker, ...more] = rows(end, "blockers", "title", "problem", "root_cause", "fix", "line");
	assert.equal(more.length, 0);
	assert.match(String(blocker?.[1]), /IncompleteMessage/);
	assert.match(String(blocker?.[2]), /async context/);
	assert.match(String(blocker?.[3]), /block_in_place/);
	assert.equal(blocker?.[4], 36);
	assert.deepEqual(rows(end, "next_steps", "position", "title", "duration"), [
		[1, "Apply HTTP fix", "5 minutes"],
		[2, "Rebuild", "2 minutes"],
		[3, "Run test", "10 seconds"],
		[4, "Verify JSONL", "1 second"],
		[5, "Copy to parity directory", "1 second"],
		[6, "Run comparison", "1 second"],
	]);
	for (const [command] of rows(end, "next_steps", "command")) assert.ok(String(command).length > 20);
	assert.deepEqual(rows(end, "artifacts", "said").map(([said]) => said), ["ready", "ready", "ready", "ready", "pending", "pending"]);
	assert.equal(rows(end, "criteria", "text").length, 5);
	assert.deepEqual(rows(end, "doc_items", "section", "state").filter(([section]) => section === "Blocked").map(([, state]) => state), ["blocked", "blocked", "blocked", "blocked"]);
});

test("the other seeds: a resolution, two commit logs, a work order", noSeeds, () => {
	assert.deepEqual(["001", "002", "003", "004"].map((number) => rows(seed(number), "docs", "kind", "team", "repaired")[0]), [
		["commit log", null, false],
		["resolution", "TEAM-001", true],
		["commit log", null, false],
		["work order", null, false],
	]);
	const resolution = seed("002");
	assert.deepEqual(rows(resolution, "docs", "doc_date", "status"), [[ns("2025-10-08T00:00Z"), "RESOLVED"]]);
	assert.deepEqual(rows(resolution, "doc_tables", "text", "number", "unit").filter(([, number]) => number !== null).map(([, number, unit]) => [number, unit]), [[40, "%"], [100, "%"]]);
	assert.deepEqual(resolution.batches.map((batch) => batch.table), ["docs", "doc_sections", "doc_items", "doc_tables"]);
	assert.equal(rows(seed("004"), "doc_items", "section").filter(([section]) => section === "Artifacts").length, 12);
});

test("every named row of a table of verdicts is a case, compared or not", () => {
	const table = ["# Parity", "", "| case | verdict |", "|---|---|", "| a | PASS |", "| b | SKIPPED |", "| c | N/A |", "| d | - |", "| e | PASS, FAIL |", "| f | ✅ → ❌ |", "| g | PASS 7/9 |", "| h | ✅ 9/9 |", "| i | Diff 0.0 |", "| j | not ok |", "| k | |", "| | |", "| l | PASS (diff 0.0) |", ""].join("\n");
	assert.deepEqual(rows(read(table), "recorded_cases", "case_name", "recorded_verdict", "note"), [
		["a", "PASS", null],
		["b", "SKIPPED", null],
		["c", "N/A", null],
		["d", "-", null],
		["e", "PASS, FAIL", null],
		["f", "✅ → ❌", null],
		["g", "fail (7/9)", "PASS 7/9"],
		["h", "✅", "✅ 9/9"],
		["i", null, "Diff 0.0"],
		["j", null, "not ok"],
		["k", null, null],
		["l", "PASS", "PASS (diff 0.0)"],
	]);
});

test("a notebook is a notebook, whatever its title says", () => {
	const end = read("---\ncasebook: 1\ntitle: \"Status of all probes\"\n---\n# Team WREN status\n\n**Status:** BLOCKED\n\n| probe | verdict |\n|---|---|\n| a | PASS |\n", "notebooks/status.md");
	assert.deepEqual(rows(end, "docs", "kind", "title"), [["notebook", "Status of all probes"]]);
	// Also one whose pins name many files.
	const sources = Array.from({ length: 5000 }, (_, i) => `      "logs/${i}.jsonl": ${"0".repeat(64)}\n`).join("");
	const pinned = read(`---\ncasebook: 1\ntitle: Pinned\npins:\n  a:\n    sources:\n${sources}---\n# Team WREN status\n\n**Status:** BLOCKED\n`, "notebooks/status.md");
	assert.deepEqual(rows(pinned, "docs", "kind", "title"), [["notebook", "Pinned"]]);
	assert.deepEqual(end.batches.map((batch) => batch.table).filter((table) => ["team_pages", "recorded_runs"].includes(table)), []);
});
