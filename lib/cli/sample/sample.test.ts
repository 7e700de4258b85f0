import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { CasebookError } from "@/lib/model";
import { SAMPLE_ANSWERS } from "./answers";
import { buildSample } from "./build";
import { writeSample } from "./index";

const DATA = path.resolve(process.cwd(), "data");

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), "casebook-sample-"));
	try {
		await body(folder);
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function tree(folder: string): Promise<string[]> {
	const names = await readdir(folder, { recursive: true });
	const files = await Promise.all(names.map(async (name) => ((await stat(path.join(folder, name))).isDirectory() ? [] : [name.split(path.sep).join("/")])));
	return files.flat().sort();
}

test("a fresh sample is data/, byte for byte", async () => {
	await withFolder(async (folder) => {
		const written = await writeSample(folder);
		const names = await tree(folder);
		assert.equal(names.length, written.files);
		assert.deepEqual(await tree(DATA), names, "data/ holds exactly the sample's files; write it anew with: npx casebook sample data");
		for (const name of names) {
			const [fresh, kept] = await Promise.all([readFile(path.join(folder, name)), readFile(path.join(DATA, name))]);
			assert.ok(fresh.equals(kept), `${name} differs from a fresh sample`);
		}
	});
});

test("the size is what a first download can bear", () => {
	assert.ok(SAMPLE_ANSWERS.bytes > 1_000_000 && SAMPLE_ANSWERS.bytes < 3_000_000, String(SAMPLE_ANSWERS.bytes));
});

test("an earlier sample is written over, anything else is refused before a byte is written", async () => {
	await withFolder(async (folder) => {
		await writeSample(folder);
		await writeFile(path.join(folder, "heatmap.pkl"), "changed");
		await writeSample(folder);
		assert.notEqual((await readFile(path.join(folder, "heatmap.pkl"))).length, 7);
	});
	await withFolder(async (folder) => {
		await writeFile(path.join(folder, "mine.txt"), "keep");
		await assert.rejects(writeSample(folder), (error) => error instanceof CasebookError && error.failure.kind === "refused" && error.message.includes("mine.txt"));
		assert.deepEqual(await tree(folder), ["mine.txt"]);
		await assert.rejects(writeSample(path.join(folder, "mine.txt")), /is a file/);
	});
});

const { files } = buildSample();
const textOf = (name: string) => new TextDecoder("utf-8", { fatal: true }).decode(files.find((file) => file.path === name)!.bytes);

test("the answers on sessions are those of the lines themselves", () => {
	const { sessions } = SAMPLE_ANSWERS;
	const lines = textOf(sessions.path).split("\n").slice(0, -1);
	assert.equal(lines.length, sessions.lines);
	assert.equal(lines.length, sessions.rows + 2);
	assert.throws(() => JSON.parse(lines[sessions.collidedLine - 1]!));
	assert.match(lines[sessions.yesterdayLine - 1]!, /"timestamp":"yesterday"/);
	const broken = new Set([sessions.collidedLine, sessions.yesterdayLine]);
	const rows = lines.filter((_, index) => !broken.has(index + 1)).map((line) => JSON.parse(line) as { daemon: string; final_verdict: string; timestamp: string; attempts: { verdict: string }[]; iterations: number });
	for (const daemon of ["gateway", "validatord"] as const) {
		const own = rows.filter((row) => row.daemon === daemon);
		assert.equal(own.length, sessions.byDaemon[daemon]);
		for (const verdict of ["accepted", "max_iter_exhausted", "infra_error"] as const) {
			assert.equal(own.filter((row) => row.final_verdict === verdict).length, sessions.byDaemonAndVerdict[daemon][verdict]);
		}
	}
	assert.ok(rows.every((row) => row.attempts.length === row.iterations));
	assert.equal(rows.reduce((sum, row) => sum + row.attempts.length, 0), sessions.attempts);
	assert.ok(rows.filter((row) => row.daemon === "gateway").every((row) => /\.\d{9}Z$/.test(row.timestamp)));
	assert.ok(rows.filter((row) => row.daemon === "validatord").every((row) => !/\.\d*0Z$/.test(row.timestamp)));
	assert.ok(rows.some((row) => row.daemon === "validatord" && !row.timestamp.includes(".")));
	assert.ok(rows.filter((row) => row.final_verdict === "accepted").length / rows.length > 0.75);
	for (const line of sessions.shared.lines) assert.match(lines[line - 1]!, new RegExp(`"session_id":"${sessions.shared.id}"`));
	assert.equal(new Set(sessions.shared.lines.map((line) => /"daemon":"(\w+)"/.exec(lines[line - 1]!)?.[1])).size, 2);
});

test("the answers on probes are those of the payloads", () => {
	for (const probe of SAMPLE_ANSWERS.probes) {
		for (const run of probe.runs) {
			const report = JSON.parse(textOf(run.path)) as { probe: string; ran_at: string; cases: { case: string; verdict: string; value?: number; reference?: unknown; candidate?: unknown }[] };
			assert.equal(report.probe, probe.probe);
			assert.equal(report.ran_at, run.ranAt);
			assert.equal(report.cases.length, run.total);
			const fails = report.cases.filter((entry) => entry.reference !== undefined && entry.candidate !== undefined && JSON.stringify(entry.reference) !== JSON.stringify(entry.candidate));
			assert.equal(fails.length, run.failed, run.path);
			assert.equal(fails[0]?.case ?? null, run.firstDivergence);
			if (probe.tolerance !== null) assert.ok(report.cases.every((entry) => entry.value === undefined || entry.value >= probe.tolerance!));
			const lies = fails.filter((entry) => ["pass", "MATCH"].includes(entry.verdict)).map((entry) => entry.case);
			assert.deepEqual(lies, probe.disagreements.filter((one) => one.path === run.path).map((one) => one.case));
		}
	}
	assert.deepEqual(SAMPLE_ANSWERS.lastRuns.failing, ["extract_json"]);
	assert.equal(SAMPLE_ANSWERS.probes.find((probe) => probe.probe === "extract_json")!.brokenSince, SAMPLE_ANSWERS.probes[1]!.runs[10]!.ranAt);
});

test("the mis-decoded page is the one that says so, and reads again when it is encoded back", () => {
	const page = textOf(SAMPLE_ANSWERS.repaired);
	assert.match(page, /\*\*Status:\*\* \uf8ffüü° BLOCKED/);
	assert.match(page, /‚úÖ/);
	for (const team of SAMPLE_ANSWERS.teams.slice(1)) assert.doesNotMatch(textOf(team.path), /‚úÖ/);
});

test("the tensors are NPY 1.0 and their figures are those of the metrics", () => {
	for (const side of ["c", "py"]) {
		const { bytes } = files.find((file) => file.path === `tensors/detector_${side}.npy`)!;
		assert.equal(bytes.length, 128 + 32 * 32 * 4);
		assert.equal(String.fromCharCode(...bytes.slice(1, 6)), "NUMPY");
	}
	const metrics = JSON.parse(textOf("tensors/detector_metrics.json")) as { c_sum: number; py_sum: number; sum_ratio: number; correlation: number };
	assert.equal(metrics.sum_ratio, metrics.py_sum / metrics.c_sum);
	assert.ok(metrics.correlation > 0 && metrics.correlation < 0.9995);
});

test("no file of the sample names a machine", () => {
	for (const file of files) assert.doesNotMatch(new TextDecoder("latin1").decode(file.bytes), /\/(?:home|root|work|Users|tmp)\//, file.path);
});
