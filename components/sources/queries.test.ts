import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";
import * as sessions from "@/lib/tables/sessions";
import * as sources from "@/lib/tables/sources";
import * as teams from "@/lib/tables/teams";
import { folderWorkspace } from "@/lib/workspace/folder";

const ANY = { daemon: null, verdict: null, kind: null, model: null, after: null, before: null, q: null };
const EVERY = { format: null, state: null, q: null };

let engine: Engine;
before(async () => {
	engine = await openNodeEngine();
	await load(folderWorkspace(path.resolve(process.cwd(), "data")), engine);
});
after(() => engine.close());

/** The rows of a query, after running its twin, whose rows it counts too. */
async function both<P extends Params, R>(query: NamedQuery<P, R>, params: P): Promise<{ rows: R[]; lines: number }> {
	const { rows } = await ask(engine, query, params);
	const twin = await engine.query(bind(query.rows, params), { role: "page" });
	await twin.complete;
	assert.deepEqual(
		twin.columns.slice(0, 2).map((column) => column.name),
		["source", "line"],
		query.name,
	);
	return { rows, lines: twin.numRows };
}

test("sessions: list, counts, one by id and by line, in every order", async () => {
	const total = (await both(sessions.sessionCount, ANY)).rows[0]!;
	assert.ok(total.sessions > 100);
	const newest = await both(sessions.sessionListSorted, { ...ANY, sort: "newest" });
	assert.equal(newest.rows.length, total.sessions);
	assert.equal(newest.lines, total.sessions);
	const times = newest.rows.map((row) => row.timestamp ?? "");
	assert.deepEqual(times, [...times].sort().reverse());
	const oldest = (await both(sessions.sessionListSorted, { ...ANY, sort: "oldest" })).rows.map((row) => row.timestamp ?? "");
	assert.deepEqual(oldest, [...times].sort());
	const slowest = (await both(sessions.sessionListSorted, { ...ANY, sort: "slowest" })).rows.map((row) => row.durationMs ?? -1);
	assert.deepEqual(slowest, [...slowest].sort((a, b) => b - a));
	const most = (await both(sessions.sessionListSorted, { ...ANY, sort: "attempts" })).rows.map((row) => row.attemptVerdicts.length);
	assert.deepEqual(most, [...most].sort((a, b) => b - a));

	const accepted = await both(sessions.sessionCount, { ...ANY, verdict: "accepted" });
	assert.equal(accepted.lines, accepted.rows[0]!.sessions);
	assert.equal(accepted.rows[0]!.sessions, accepted.rows[0]!.accepted);

	const one = newest.rows.find((row) => row.attemptVerdicts.length > 1 && row.sessionId !== null)!;
	const byId = (await both(sessions.sessionById, { id: one.sessionId! })).rows;
	const byLine = (await both(sessions.sessionOfLine, { source: one.source, line: one.line })).rows;
	assert.deepEqual(byLine, byId);
	assert.equal(byId[0]!.attempts.length, one.attemptVerdicts.length);
	assert.equal((await both(sessions.sessionById, { id: "unified-check-001" })).rows.length, 2);
	assert.equal((await both(sessions.sessionById, { id: "no'such" })).rows.length, 0);
});

test("sessions: rejects of session logs are those under rejects", async () => {
	const { rows, lines } = await both(sessions.sessionRejects, {});
	assert.equal(rows[0]!.rejects, lines);
	const listed = (await both(sources.rejectList, { source: rows[0]!.first })).rows;
	assert.equal(listed.length, rows[0]!.rejects);
});

test("sources: one file, the totals, and lines that add up", async () => {
	const list = await both(sources.sourceList, EVERY);
	const totals = (await both(sources.sourceTotals, EVERY)).rows[0]!;
	assert.equal(totals.files, list.rows.length);
	assert.equal(totals.bytes, list.rows.reduce((sum, row) => sum + row.bytes, 0));
	assert.equal(totals.lines, totals.records + totals.rejects + totals.blanks + totals.comments + totals.other + totals.pending);
	for (const row of list.rows) assert.deepEqual((await ask(engine, sources.sourceAt, { path: row.path })).rows, [row]);
	const facets = (await both(sources.sourceFacets, {})).rows;
	assert.equal(
		facets.reduce((sum, row) => sum + row.files, 0),
		list.rows.length,
	);
});

test("teams: every part of every page", async () => {
	const board = (await both(teams.teamBoard, {})).rows;
	assert.ok(board.length >= 4);
	assert.equal(board[0]!.state, "blocked");
	for (const { team, source } of board) {
		assert.equal((await both(teams.teamDoc, { source })).rows.length, 1);
		const pages = (await both(teams.teamPages, { team })).rows;
		assert.equal(pages[0]!.source, source);
		for (const part of [teams.teamItems, teams.teamCriteria, teams.teamSteps, teams.teamBlockers, teams.teamArtifacts] as NamedQuery<{ source: string }, unknown>[]) {
			const { rows, lines } = await both(part, { source });
			assert.equal(rows.length, lines, `${part.name} of ${source}`);
		}
	}
	const blockers = (await both(teams.teamBlockers, { source: board[0]!.source })).rows;
	assert.ok(blockers.length > 0);
	const parts = await both(teams.teamArtifacts, { source: board[0]!.source });
	assert.ok(parts.rows.length > 0);
});
