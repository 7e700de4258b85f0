import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { inRoot, writeWhole } from "./base.mjs";

/** V8 compiles every function of a script that begins with this line on another thread, while the script still arrives. */
const HINT = "//# allFunctionsCalledOnLoad\n";

/** Smaller scripts are compiled where they run: they arrive too quickly to be worth another thread. */
const LARGE = 20_000;

/**
 * Marks the large scripts of the pages for compiling beside the main thread. The bundler wraps each module in a function that is only
 * compiled when it is called, so the libraries would be compiled on the main thread, in tasks of 100 ms and more. Other browsers read a comment.
 */
export async function hintScripts(folder = inRoot(".next", "static", "chunks")) {
	const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
	await Promise.all(
		names.map(async (name) => {
			const file = path.join(folder, name);
			const text = await readFile(file, "utf8");
			if (text.length >= LARGE && !text.startsWith(HINT)) await writeWhole(file, HINT + text);
		}),
	);
}
