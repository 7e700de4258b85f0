import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, Stop } from "./base.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = ["/usr/bin/chromium", "/usr/lib/chromium/chromium", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const ADVICE = "No Chromium was found. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or name it in CASEBOOK_CHROMIUM.";

/** Path of a Chromium: the one that is named, the one that is there, Playwright's own, Debian's package. Throws Stop. */
export async function chromium(env = process.env) {
	const named = env.CASEBOOK_CHROMIUM;
	if (named) {
		if (isProgram(named)) return named;
		throw new Stop(`CASEBOOK_CHROMIUM=${named}: there is no such program.`);
	}
	return present(env) ?? (await ownOfPlaywright()) ?? (await installed(env)) ?? advise();
}

function present(env) {
	const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
	return candidates.find(isProgram) ?? null;
}

async function ownOfPlaywright() {
	const { chromium: browser } = await import("playwright");
	const path = browser.executablePath();
	return path && isProgram(path) ? path : null;
}

/** Debian's package, where this process may install it. */
async function installed(env) {
	if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version") || !existsSync("/usr/bin/apt-get")) return null;
	process.stderr.write("Installing Chromium (apt-get install chromium) …\n");
	const quiet = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
	const updated = await run("apt-get", ["update"], quiet);
	const { code, output } = await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], quiet);
	if (code !== 0) process.stderr.write(`${updated.code === 0 ? "" : updated.output}${output}`);
	return present(env);
}

function advise() {
	throw new Stop(ADVICE);
}

function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
