import { existsSync } from "node:fs";
import { inRoot, kept, ROOT, Stop, textOf, writeWhole } from "./base.mjs";

/** The worker that parses files off the page's thread. */
const ENTRY = ["lib", "load", "parse-worker.ts"];
const TARGET = ["public", "workers", "parse.js"];

/** Bundles the parse worker into one script of its own, where the sources (`hash`) changed since. */
export async function bundleWorker(hash) {
	const stamp = kept("worker");
	if (existsSync(inRoot(...TARGET)) && (await textOf(stamp)) === hash) return;
	if (!existsSync(inRoot(...ENTRY))) {
		process.stderr.write(`${ENTRY.join("/")} is missing, so that no file can be read in the browser. Restore it and start again.\n`);
		return;
	}
	const { build } = await import("esbuild");
	let result;
	try {
		result = await build({
			entryPoints: [inRoot(...ENTRY)],
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
		throw new Stop(`The parse worker cannot be bundled.\n${error.message}`);
	}
	await writeWhole(inRoot(...TARGET), result.outputFiles[0].contents);
	await writeWhole(stamp, hash);
}
