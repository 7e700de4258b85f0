import { existsSync } from "node:fs";
import { inRoot, must, Stop, sha256Of, textOf, writeWhole } from "./base.mjs";

/** Oldest Node that Next runs on. */
const NODE = [20, 9];

export function checkNode() {
	const [major, minor] = process.versions.node.split(".").map(Number);
	if (major < NODE[0] || (major === NODE[0] && minor < NODE[1])) throw new Stop(`Casebook needs Node ${NODE.join(".")} or later; this is ${process.versions.node}.`);
}

/** `npm ci` when node_modules is absent or is not what package-lock.json says. Installs nothing else. */
export async function install() {
	const stamp = inRoot("node_modules", ".casebook-lock");
	const wanted = await sha256Of(inRoot("package-lock.json"));
	if ((await textOf(stamp))?.trim() === wanted) return;
	if (!(await isInstalled())) {
		process.stderr.write("Installing packages (npm ci) …\n");
		const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
		const npm = process.env.npm_execpath;
		if (npm?.endsWith(".js")) await must("npm ci", process.execPath, [npm, ...args]);
		else await must("npm ci", "npm", args);
	}
	await writeWhole(stamp, `${wanted}\n`);
}

/**
 * Whether npm's own note of what it installed agrees with the lock file, as it does after somebody's own `npm ci`.
 * Packages for other systems are not installed, and optional ones need not be.
 */
async function isInstalled() {
	const [wanted, present] = await Promise.all([packages("package-lock.json"), packages("node_modules", ".package-lock.json")]);
	if (wanted === null || present === null) return false;
	for (const [path, entry] of Object.entries(wanted)) {
		if (path === "") continue;
		const has = present[path];
		if (has === undefined ? !entry.optional : has.version !== entry.version || has.integrity !== entry.integrity) return false;
		if (has !== undefined && !existsSync(inRoot(path, "package.json"))) return false;
	}
	return Object.keys(present).every((path) => path in wanted);
}

async function packages(...path) {
	const text = await textOf(inRoot(...path));
	if (text === null) return null;
	return JSON.parse(text).packages ?? null;
}
