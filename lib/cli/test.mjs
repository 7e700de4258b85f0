/** `npm test`: everything that has to hold, in a real browser too. Ends at the first step that fails. */
import { inRoot, run, Stop, stopped } from "./setup/base.mjs";
import { nextEnvironment, prepare, prepareAndBuild } from "./setup/build.mjs";
import { chromium } from "./setup/chromium.mjs";

const times = [];
const sum = { passed: 0, failed: 0, skipped: 0 };

async function step(name, work) {
	process.stdout.write(`\n== ${name}\n`);
	const began = performance.now();
	try {
		return await work();
	} finally {
		times.push([name, (performance.now() - began) / 1000]);
	}
}

/** Runs a program of the repository with its output shown. Its last summary is added up whether it passes or not. */
async function shown(name, args, env = process.env) {
	const { code, output } = await run(process.execPath, args, { env, show: true });
	count(output);
	if (code !== 0) throw new Stop(`${name} failed (exit ${code}).`);
}

/** Reads the summaries of Node's test runner (`ℹ pass 12`) and of Playwright (`12 passed (3s)`). */
function count(output) {
	const words = { pass: "passed", passed: "passed", fail: "failed", failed: "failed", skipped: "skipped" };
	const found = [...output.matchAll(/^(?:ℹ|#) (pass|fail|skipped) (\d+)$/gmu)].map(([, word, n]) => [word, n]);
	found.push(...[...output.matchAll(/^ {2}(\d+) (passed|failed|skipped)(?: \(.*\))?$/gmu)].map(([, n, word]) => [word, n]));
	for (const [word, n] of found) sum[words[word]] += Number(n);
}

function bin(...path) {
	return inRoot("node_modules", ...path);
}

async function test() {
	const env = nextEnvironment();
	await step("packages, engine, parse worker", prepare);
	const browser = await step("Chromium", async () => {
		const path = await chromium();
		process.stdout.write(`${path}\n`);
		return path;
	});
	await step("lint", () => shown("Lint", [bin("@biomejs", "biome", "bin", "biome"), "check", "."]));
	await step("types", async () => {
		await shown("The types of routes", [bin("next", "dist", "bin", "next"), "typegen"], env);
		await shown("The type check", [bin("typescript", "bin", "tsc"), "--noEmit"]);
	});
	await step("unit tests", () => shown("A unit test", [inRoot("lib", "cli", "unit.mjs")]));
	await step("notebooks of the sample", () => shown("A check of a notebook", [inRoot("lib", "cli", "casebook.mjs"), "check", "data"]));
	await step("build", prepareAndBuild);
	await step("end-to-end tests", () => shown("An end-to-end test", [bin("playwright", "cli.js"), "test"], { ...env, CASEBOOK_CHROMIUM: browser }));
	return 0;
}

const code = await test().catch((error) => {
	if (sum.failed === 0) sum.failed = 1;
	return stopped(error);
});
process.stdout.write(`\n${times.map(([name, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${name}`).join("\n")}\n`);
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped === 0 ? "" : `, ${sum.skipped} skipped`}\n`);
process.exitCode = code;
