/** `npm run bench [-- NAME…]`: prints each figure beside its peer, both measured in this run; without a name all of them. */
import { existsSync } from "node:fs";
import { inRoot, ROOT, Stop, stopped } from "./setup/base.mjs";
import { chromium } from "./setup/chromium.mjs";

async function bench() {
	if (!existsSync(inRoot("node_modules", "tsx"))) throw new Stop("The packages are not installed. Run npm ci in Casebook's folder first.");
	const { register } = await import("tsx/esm/api");
	register({ tsconfig: inRoot("tsconfig.json") });
	const { main } = await import("./bench/main.ts");
	return main(process.argv.slice(2), { root: ROOT, chromium });
}

process.exitCode = await bench().catch(stopped);
