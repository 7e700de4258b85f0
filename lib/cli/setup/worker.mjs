import { existsSync } from "node:fs";
import { inRoot, kept, ROOT, Stop, textOf, writeWhole } from "./base.mjs";

/** What runs off the page's thread: the reader of files, what the engine's script is started with, and what turns arrays into images. */
const WORKERS = [
	{ entry: ["lib", "load", "parse-worker.ts"], target: ["public", "workers", "parse.js"], without: "no file can be read in the browser" },
	{ entry: ["lib", "engine", "engine-worker.ts"], target: ["public", "workers", "engine.js"], without: "the engine does not start" },
	{ entry: ["lib", "answer", "tensor-worker.ts"], target: ["public", "workers", "tensor.js"], without: "no array can be drawn" },
];

/** The scripts of the workers, as a static copy takes them. */
export const WORKER_FILES = WORKERS.map(({ target }) => ({ at: target.slice(1).join("/"), from: inRoot(...target) }));

/** Bundles each worker into one script of its own, where the sources (`hash`) changed since. */
export async function bundleWorker(hash) {
	const stamp = kept("worker");
	if (WORKER_FILES.every(({ from }) => existsSync(from)) && (await textOf(stamp)) === hash) return;
	for (const { entry, target, without } of WORKERS) {
		if (existsSync(inRoot(...entry))) await bundle(entry, target);
		else process.stderr.write(`${entry.join("/")} is missing, so that ${without}. Restore it and start again.\n`);
	}
	await writeWhole(stamp, hash);
}

async function bundle(entry, target) {
	const { build } = await import("esbuild");
	let result;
	try {
		result = await build({
			entryPoints: [inRoot(...entry)],
			bundle: true,
			write: false,
			minify: true,
			platform: "browser",
			// Some packages have a build for pages, which needs a document, and one for workers.
			conditions: ["worker"],
			format: "iife",
			target: "es2022",
			alias: { "@": ROOT },
			define: { "process.env.NODE_ENV": '"production"' },
			legalComments: "none",
			logLevel: "silent",
		});
	} catch (error) {
		throw new Stop(`${entry.join("/")} cannot be bundled.\n${error.message}`);
	}
	await writeWhole(inRoot(...target), result.outputFiles[0].contents);
}
