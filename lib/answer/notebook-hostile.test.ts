import assert from "node:assert/strict";
import { test } from "node:test";
import path from "node:path";
import { openNodeEngine } from "@/lib/engine/open-node";
import { load } from "@/lib/load/load";
import { HOSTILE_CELLS } from "@/lib/notebook/hostile/cells";
import { COSTLY_SQL, HOSTILE_SQL } from "@/lib/notebook/hostile/sql";
import { hostileText } from "@/lib/notebook/hostile/types";
import { parseNotebook } from "@/lib/notebook/parse";
import { folderWorkspace } from "@/lib/workspace/folder";
import { runNotebook } from "./notebook";
import { chartsOf } from "./notebook-chart";
import { inputValues, readyInputs } from "./notebook-inputs";

/** Too many statements for a test on the slow engine of Node; the browser's opens it. */
const OPENED_ONLY = ["ten thousand cells"];

test("hostile cells fail with a reason or have a harmless result, and the workspace is what it was", { timeout: 240_000 }, async () => {
	const engine = await openNodeEngine();
	try {
		await load(folderWorkspace(path.resolve("data"), { include: ["notebooks/**", "logs/**"] }), engine);
		const state = async () => {
			const result = await engine.query("SELECT (SELECT count(*) FROM sources) AS sources, (SELECT count(*) FROM sessions) AS sessions, (SELECT count(*) FROM duckdb_settings() WHERE name IN ('enable_external_access', 'lock_configuration') AND value = 'true') AS settings");
			await result.complete;
			return [0, 1, 2].map((column) => result.text(0, column)).join();
		};
		const before = await state();
		for (const hostile of [...HOSTILE_SQL, ...HOSTILE_CELLS, ...COSTLY_SQL]) {
			if (OPENED_ONLY.includes(hostile.idea)) continue;
			const notebook = parseNotebook(hostileText(hostile));
			const run = await runNotebook(engine, notebook, inputValues(await readyInputs(engine, notebook, {})));
			const failed = [...run.cells.values()].filter((cell) => cell.state !== "ok");
			if (hostile.refused) assert.deepEqual(failed.map((cell) => cell.cell.name), hostile.refused, hostile.idea);
			for (const cell of failed) assert.ok((cell.failure?.message ?? "").length > 10, hostile.idea);
			const charts = await chartsOf(engine, notebook, run);
			for (const { svg } of charts.values()) assert.doesNotMatch(svg ?? "", /<(script|image|foreignObject|a)\b|href|javascript:|example\.invalid|\son[a-z]+=/i, hostile.idea);
		}
		assert.equal(await state(), before);
	} finally {
		await engine.close();
	}
});
