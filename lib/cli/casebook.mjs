#!/usr/bin/env node
/** `npx casebook …`: `serve` is `npm start`; everything else is lib/cli/main.ts, run as it is. */
import { existsSync } from "node:fs";
import { inRoot, stopped } from "./setup/base.mjs";

const argv = process.argv.slice(2);

async function main() {
	if (argv[0] === "serve") return (await import("./start.mjs")).start(argv.slice(1));
	if (!existsSync(inRoot("node_modules", "tsx"))) {
		process.stderr.write("The packages are not installed. Run npm ci in Casebook's folder first.\n");
		return 1;
	}
	const { register } = await import("tsx/esm/api");
	register({ tsconfig: inRoot("tsconfig.json") });
	const { main: run } = await import("./main.ts");
	return run(argv);
}

process.exitCode = await main().catch(stopped);
