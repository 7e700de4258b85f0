import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { alone } from "./lock.mjs";
import { inRoot, kept, must, ROOT, textOf, writeWhole } from "./base.mjs";
import { nextEnvironment, prepareAlone } from "./build.mjs";
import { engineFiles } from "./engine.mjs";
import { hintScripts } from "./hints.mjs";
import { checkNode } from "./install.mjs";
import { isSource } from "./sources.mjs";
import { WORKER_FILES } from "./worker.mjs";

/** What the app without a server consists of. `proxy.ts` and `app/api` need one. */
const PARTS = ["app", "components", "lib", "next.config.mjs", "package.json", "tsconfig.json"];

/**
 * Builds the app as static files for the path `base` (empty, or such as `/casebook`), where it was not built for it
 * already. It is built from a copy: Next writes an export through `.next`, where the served app lies.
 * Returns the folder of the files, the files that belong beside them (`at`, from the root; `from`), and the nonce of its
 * styles.
 */
export async function buildSite(base) {
	checkNode();
	return alone(async () => {
		const hash = await prepareAlone();
		const copy = kept("site");
		const stamp = `${copy}.json`;
		const files = join(copy, "out");
		const known = JSON.parse((await textOf(stamp)) ?? "null");
		if (known?.hash === hash && known.base === base && existsSync(files)) return { files, beside: beside(), nonce: known.nonce };
		await rm(stamp, { force: true });
		await rm(copy, { recursive: true, force: true });
		for (const part of PARTS) await cp(inRoot(part), join(copy, part), { recursive: true, filter: (path) => wanted(path.slice(ROOT.length + 1).replaceAll("\\", "/")) });
		process.stderr.write("Building the static copy …\n");
		const nonce = randomBytes(18).toString("base64");
		const env = nextEnvironment({ CASEBOOK_SITE: JSON.stringify({ base, nonce, root: ROOT }) });
		await must("The build of the static copy", process.execPath, [inRoot("node_modules", "next", "dist", "bin", "next"), "build", copy], { env });
		await hintScripts(join(files, "_next", "static", "chunks"));
		await writeWhole(stamp, JSON.stringify({ hash, base, nonce }));
		return { files, beside: beside(), nonce };
	});
}

/**
 * A plain host sends the engine as it is. One that looks for a compressed neighbour (nginx `gzip_static`, Caddy
 * `precompressed br gzip`) sends a fifth of it.
 */
function beside() {
	const engine = engineFiles().flatMap(({ at, whole, brotli, gzip }) => [{ at, from: whole }, { at: `${at}.br`, from: brotli }, { at: `${at}.gz`, from: gzip }]);
	return [...engine, ...WORKER_FILES];
}

function wanted(path) {
	return path === "package.json" || (isSource(path) && path !== "app/api");
}
