import { stat } from "node:fs/promises";
import path from "node:path";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { folderWorkspace } from "@/lib/workspace/folder";
import { openBrowser } from "./browser";
import { type Bench, type Figure, timed } from "./figure";
import { nativeLoad, nativeVersion } from "./native";
import { writeSessions } from "./session-file";

export const ROWS = 300_000;

/** 200 MB of session log into the engine, in a real browser with its two workers, against native DuckDB on one thread. */
export const ingest: Figure = {
	name: "ingest",
	describe: "300,000 nested session rows from the server into the browser's engine, against native DuckDB's read_json_auto on one thread",
	async run(bench) {
		const file = path.join(bench.folder, "sessions.jsonl");
		bench.say(`writing ${ROWS.toLocaleString("en-US")} rows`);
		await writeSessions(file, ROWS);
		const megabytes = (await stat(file)).size / 1e6;
		bench.say(`${megabytes.toFixed(0)} MB; native DuckDB ${await nativeVersion()}`);
		const native = await nativeLoad(file, bench.runs);
		const own = await inBrowser(bench);
		if (own.rows !== ROWS || native.rows !== ROWS) throw new Error(`${own.rows} rows arrived, ${native.rows} natively, of ${ROWS}.`);
		// The machine may have grown slower or faster meanwhile: the peer is measured on both sides of ours.
		const after = await nativeLoad(file, bench.runs);
		bench.report({ what: `warm, ${megabytes.toFixed(0)} MB`, unit: "s", values: own.warm.map(seconds), peer: { what: "native", values: [...native.warm, ...after.warm].map(seconds) }, goal: 1 });
		bench.report({ what: "cold", unit: "s", values: [seconds(own.cold)], peer: { what: "native", values: [native.cold, after.cold].map(seconds) } });
		bench.say("the same in one thread of Node");
		bench.report({ what: "in one thread of Node, warm", unit: "s", values: (await inNode(bench)).map(seconds), peer: { what: "native", values: [...native.warm, ...after.warm].map(seconds) } });
	},
};

async function inBrowser(bench: Bench): Promise<{ cold: number; warm: number[]; rows: number }> {
	const browser = await openBrowser(bench, bench.folder);
	try {
		bench.say(`Chromium ${browser.version}`);
		await browser.call("open");
		const cold = await browser.call("load");
		const warm: number[] = [];
		for (let run = 0; run < bench.runs; run++) {
			await browser.call("drop");
			warm.push(await browser.call("load"));
			bench.say(`${seconds(warm[run]!).toFixed(2)} s`);
		}
		return { cold, warm, rows: Number(await browser.call("ask", "SELECT count(*) FROM sessions")) };
	} finally {
		await browser.close();
	}
}

async function inNode(bench: Bench): Promise<number[]> {
	const engine = await openNodeEngine();
	const times: number[] = [];
	try {
		for (let run = 0; run <= Math.min(bench.runs, 3); run++) {
			times.push(await timed(() => load(folderWorkspace(bench.folder, { include: [] }), engine)));
			await engine.define("DROP VIEW ws.main.attempts; DROP VIEW ws.main.sessions; DROP TABLE ws.main._sessions_1; DELETE FROM ws.main.sources; DELETE FROM ws.main.json_values;");
		}
	} finally {
		await engine.close();
	}
	return times.slice(1);
}

function seconds(milliseconds: number): number {
	return milliseconds / 1000;
}
