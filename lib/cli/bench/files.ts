import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { folderWorkspace } from "@/lib/workspace/folder";
import { openBrowser } from "./browser";
import { type Bench, type Figure, timed } from "./figure";
import { multiply } from "./many-files";

const FEW = 3000;
const MANY = 30_000;

/** Many small files of all formats, cold: from opening the engine to the last row. */
export const files: Figure = {
	name: "files",
	describe: `${FEW.toLocaleString("en-US")} and ${MANY.toLocaleString("en-US")} small files of real investigations, cold, from opening the engine to the last row`,
	async run(bench) {
		// Real files of investigations lie beside the repository and not in it.
		const real = path.resolve(bench.root, "../shared/real");
		const from = existsSync(real) ? real : path.join(bench.root, "data");
		bench.say(from === real ? "copies of ../shared/real" : "../shared/real is not there: copies of the sample workspace");
		const few = await measured(bench, from, FEW, Math.min(bench.runs, 3));
		bench.report({ what: `${few.files} files, Chromium`, unit: "s", values: few.browser, goal: 10, note: `${(few.bytes / 1e6).toFixed(0)} MB` });
		bench.report({ what: `${few.files} files, one thread of Node`, unit: "s", values: few.node });
		const many = await measured(bench, from, MANY, 1);
		const each = (times: readonly number[], count: number) => times.map((time) => (time * 1000) / count);
		bench.report({ what: `a file of ${many.files}, Chromium`, unit: "ms", values: each(many.browser, many.files), peer: { what: `a file of ${few.files}`, values: each(few.browser, few.files) }, goal: 1.3 });
		bench.report({ what: `a file of ${many.files}, Node`, unit: "ms", values: each(many.node, many.files), peer: { what: `a file of ${few.files}`, values: each(few.node, few.files) }, goal: 1.3 });
	},
};

interface Measured {
	files: number;
	bytes: number;
	/** seconds */
	node: number[];
	browser: number[];
}

async function measured(bench: Bench, from: string, count: number, runs: number): Promise<Measured> {
	const folder = path.join(bench.folder, String(count));
	bench.say(`writing ${count.toLocaleString("en-US")} files`);
	const made = await multiply(from, folder, count);
	const node: number[] = [];
	const browser: number[] = [];
	for (let run = 0; run < runs; run++) {
		browser.push((await inBrowser(bench, folder, made.files)) / 1000);
		node.push((await inNode(folder, made.files)) / 1000);
		bench.say(`${browser[run]!.toFixed(1)} s in Chromium, ${node[run]!.toFixed(1)} s in Node`);
	}
	await rm(folder, { recursive: true });
	return { ...made, node, browser };
}

async function inNode(folder: string, expected: number): Promise<number> {
	let done = 0;
	const time = await timed(async () => {
		const engine = await openNodeEngine();
		done = (await load(folderWorkspace(folder, { include: [] }), engine)).progress.filesDone;
		await engine.close();
	});
	if (done !== expected) throw new Error(`${done} of ${expected} files were read.`);
	return time;
}

async function inBrowser(bench: Bench, folder: string, expected: number): Promise<number> {
	const browser = await openBrowser(bench, folder);
	try {
		const time = await timed(() => browser.call("cold"));
		const done = Number(await browser.call("ask", "SELECT count(*) FROM sources WHERE state <> 'left out'"));
		if (done !== expected) throw new Error(`${done} of ${expected} files were read.`);
		return time;
	} finally {
		await browser.close();
	}
}
