import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProbeRow, SinceRow } from "@/lib/tables/board";
import { boardRows, filterBoard, groupBoard } from "./board-rows";

function probe(name: string, status: ProbeRow["status"], passed: number, compared: number): ProbeRow {
	return { probe: name, title: null, reference: "left", candidate: "right", measure: "exact", tolerance: null, status, passed, compared, total: compared, unmatched: 0, incomparable: 0, skipped: 0, firstDivergence: null, firstValue: null, disagreements: 0, lastRun: "1", lastRanAt: null, runs: 1, brokenSince: null, brokenRuns: null, sameAs: null };
}

const since = (name: string, ranAt: string | null): SinceRow => ({ probe: name, run: "1", ranAt, ranAtFrom: null, runsAgo: 0, firstRun: true });

const PROBES = [probe("a", "pass", 2, 2), probe("b", "fail", 1, 2), probe("c", "not compared", 0, 0), probe("d", "fail", 0, 3), probe("e", "incomplete", 1, 1)];
const SINCE = [since("a", "2026-05-01 00:00:00"), since("b", "2026-05-02 00:00:00"), since("d", "2026-05-03 00:00:00"), since("e", null)];
const order = (sort: Parameters<typeof boardRows>[3]) => boardRows(PROBES, SINCE, [], sort).map((row) => row.probe).join("");

test("failing first, then by time of change; what was not compared is no pass", () => {
	assert.equal(order("status"), "dbeca");
});

test("other orders", () => {
	assert.equal(order("name"), "abcde");
	assert.equal(order("pass"), "dbaec");
	assert.equal(order("since"), "dbace");
});

test("a filter needs every word and the status", () => {
	const rows = boardRows(PROBES, SINCE, []);
	assert.deepEqual(filterBoard(rows, "fail", null).map((row) => row.probe), ["d", "b"]);
	assert.deepEqual(filterBoard(rows, null, "RIGHT b").map((row) => row.probe), ["b"]);
	assert.deepEqual(filterBoard(rows, "pass", "b"), []);
	assert.deepEqual(filterBoard(rows.map((row) => ({ ...row, disagreements: row.probe === "a" ? 2 : 0 })), "disagrees", null).map((row) => row.probe), ["a"]);
});

test("runs go to their probe, in order", () => {
	const run = (name: string, id: string) => ({ probe: name, run: id, verdict: "pass" as const, depth: null, total: 1 });
	const rows = boardRows(PROBES, SINCE, [run("a", "1"), run("b", "1"), run("a", "2")], "name");
	assert.deepEqual(rows[0]!.history.map((one) => one.run), ["1", "2"]);
});

test("groups by folder, sides and measure keep the order of their rows; what states nothing comes last", () => {
	const rows = boardRows([{ ...probe("a/x/t.json", "pass", 1, 1), measure: null }, probe("a/t.json", "fail", 0, 1), { ...probe("named", "fail", 0, 1), lastRun: "a/20260101T000000Z/named.json", reference: null }, { ...probe("loose.json", "pass", 1, 1), lastRun: "loose.json", reference: null, candidate: null }], [], []);
	const names = (by: "folder" | "sides" | "measure") => groupBoard(rows, by).map((group) => [group.name, ...group.rows.map((row) => row.probe)]);
	assert.deepEqual(names("folder"), [["a", "a/t.json", "named"], ["a/x", "a/x/t.json"], [null, "loose.json"]]);
	assert.deepEqual(names("sides"), [["left → right", "a/t.json", "a/x/t.json"], ["not stated → right", "named"], [null, "loose.json"]]);
	assert.deepEqual(names("measure"), [["exact", "a/t.json", "named", "loose.json"], [null, "a/x/t.json"]]);
});
