import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { alone } from "./lock.mjs";
import { inRoot, must, textOf, writeWhole } from "./base.mjs";
import { provideEngine } from "./engine.mjs";
import { hintScripts } from "./hints.mjs";
import { checkNode, install } from "./install.mjs";
import { sourceHash } from "./sources.mjs";
import { bundleWorker } from "./worker.mjs";

/** Packages, the engine's files and the parse worker, each only where it is not there already. */
export async function prepare() {
	checkNode();
	await alone(prepareAlone);
}

/** `prepare`, and the application where one of its sources changed since it was built. */
export async function prepareAndBuild() {
	checkNode();
	await alone(async () => {
		const hash = await prepareAlone();
		await build(hash);
	});
}

/** The same for who has the lock already. Returns the hash of the sources. */
export async function prepareAlone() {
	await install();
	const hash = await sourceHash();
	await provideEngine();
	await bundleWorker(hash);
	return hash;
}

async function build(hash) {
	const stamp = inRoot(".next", "casebook-build");
	if (existsSync(inRoot(".next", "BUILD_ID")) && (await textOf(stamp)) === hash) return;
	await rm(stamp, { force: true });
	process.stderr.write("Building …\n");
	await must("The build", process.execPath, [inRoot("node_modules", "next", "dist", "bin", "next"), "build"], { env: nextEnvironment() });
	await hintScripts();
	await writeWhole(stamp, hash);
}

/** For Next, which chooses NODE_ENV itself, and reports home unless it is told not to. */
export function nextEnvironment(more = {}) {
	const env = { ...process.env, ...more, NEXT_TELEMETRY_DISABLED: "1" };
	delete env.NODE_ENV;
	return env;
}
