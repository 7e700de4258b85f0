import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { openBrowser } from "./browser";
import type { Bench, Figure } from "./figure";

const LINES = 1_000_000;
const KEYS = 40;
const PART = 20_000;

/** A trace of 1,000,000 lines, alone and against the other side's, from the server into the browser's engine. */
export const trace: Figure = {
	name: "trace",
	describe: "a trace log of 1,000,000 lines from the server into the browser's engine, and two of them with their comparison",
	async run(bench) {
		const one = path.join(bench.folder, "one");
		const two = path.join(bench.folder, "two");
		bench.say("writing the logs");
		await Promise.all([one, two].map((folder) => mkdir(folder)));
		await writeTrace(path.join(one, "c_trace.log"), "C", 0);
		await writeTrace(path.join(two, "c_trace.log"), "C", 0);
		await writeTrace(path.join(two, "py_trace.log"), "PY", 1e-9);
		bench.report({ what: "one trace, warm", unit: "s", values: await times(bench, one, LINES), goal: 3 });
		bench.report({ what: "two traces, compared value by value, warm", unit: "s", values: await times(bench, two, 2 * LINES) });
	},
};

async function times(bench: Bench, folder: string, rows: number): Promise<number[]> {
	const browser = await openBrowser(bench, folder);
	try {
		const values: number[] = [];
		for (let run = 0; run <= bench.runs; run++) {
			await browser.call("open");
			const took = (await browser.call("load")) / 1000;
			const found = Number(await browser.call("ask", "SELECT count(*) FROM trace_values"));
			if (found !== rows) throw new Error(`${found} of ${rows} values arrived.`);
			bench.say(`${took.toFixed(2)} s${run === 0 ? ", cold" : ""}`);
			if (run > 0) values.push(took);
		}
		return values;
	} finally {
		await browser.close();
	}
}

/** One value a line; every 40th is a vector. The same for the same numbers. */
async function writeTrace(file: string, side: string, epsilon: number): Promise<void> {
	const handle = await open(file, "w");
	try {
		for (let from = 0; from < LINES; from += PART) {
			const lines = Array.from({ length: PART }, (_, i) => {
				const at = from + i;
				const value = (((at * 0.37) % 1000) + 0.125) * (1 + epsilon);
				return `TRACE_${side}: factor_${at % KEYS} ${value}${at % KEYS === 7 ? ` ${value * 2} ${value * 3}` : ""}`;
			});
			await handle.write(`${lines.join("\n")}\n`);
		}
	} finally {
		await handle.close();
	}
}
