import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { openBrowser } from "./browser";
import type { Figure } from "./figure";
import { ROWS } from "./ingest";
import { writeSessions } from "./session-file";

/** What the tab holds for a loaded file: resident memory of its process (page and both workers), less that with an empty engine. */
export const memory: Figure = {
	name: "memory",
	describe: "resident memory of the tab at the end of a load, less that with an empty engine, over the file's bytes",
	async run(bench) {
		if (process.platform !== "linux") {
			bench.say("left out: the resident memory of a process is read from /proc, which only Linux has");
			return;
		}
		const file = path.join(bench.folder, "sessions.jsonl");
		bench.say(`writing ${ROWS.toLocaleString("en-US")} rows`);
		await writeSessions(file, ROWS);
		const { size } = await stat(file);
		const ratios: number[] = [];
		const peaks: number[] = [];
		for (let run = 0; run < Math.min(bench.runs, 3); run++) {
			const browser = await openBrowser(bench, bench.folder);
			try {
				await browser.call("open");
				const tab = await browser.tab();
				const empty = await memoryOf(tab);
				await browser.call("load");
				const loaded = await memoryOf(tab);
				ratios.push((loaded.now - empty.now) / size);
				peaks.push((loaded.peak - empty.now) / size);
				bench.say(`${(empty.now / 1e6).toFixed(0)} MB empty, ${(loaded.now / 1e6).toFixed(0)} MB loaded, ${(loaded.peak / 1e6).toFixed(0)} MB at most`);
			} finally {
				await browser.close();
			}
		}
		bench.report({ what: "at the end of the load", unit: "× the file's bytes", values: ratios, goal: 3 });
		bench.report({ what: "at most meanwhile", unit: "× the file's bytes", values: peaks });
	},
};

/** Resident bytes of a process now, and the most it ever had. */
async function memoryOf(pid: number): Promise<{ now: number; peak: number }> {
	const status = await readFile(`/proc/${pid}/status`, "utf8");
	const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
	return { now: field("VmRSS"), peak: field("VmHWM") };
}
