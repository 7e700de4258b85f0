/** `npm run unit [-- PART…]`: the unit tests, or those whose path holds one of the parts. Run from anywhere. */
import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inRoot, run, Stop, stopped } from "./setup/base.mjs";

function testFiles(folder) {
	return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) return testFiles(path);
		return entry.isFile() && /\.test\.tsx?$/.test(entry.name) ? [path] : [];
	});
}

const parts = process.argv.slice(2);
const files = ["lib", "components"].flatMap(testFiles).filter((path) => parts.length === 0 || parts.some((part) => path.includes(part))).sort();

async function unit() {
	if (files.length === 0) throw new Stop("No test file is named so.");
	const [major, minor] = process.versions.node.split(".").map(Number);
	// The option came with 20.10; without it Node takes one process less than there are cores.
	const width = major > 20 || minor >= 10 ? ["--test-concurrency=2"] : [];
	const { code } = await run(process.execPath, ["--import", "tsx", "--import", pathToFileURL(inRoot("lib", "cli", "setup", "seed.mjs")).href, "--test", "--test-reporter=spec", ...width, ...files], { show: true });
	return code;
}

process.exitCode = await unit().catch(stopped);
