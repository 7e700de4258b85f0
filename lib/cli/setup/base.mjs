import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that package.json is in. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** What a helper throws when the user has to do something: one line, no stack. */
export class Stop extends Error {}

export function inRoot(...parts) {
	return join(ROOT, ...parts);
}

/** Where the outcomes of earlier starts are kept; `next build` leaves this folder alone. */
export function kept(name) {
	return inRoot(".next", "cache", `casebook-${name}`);
}

export async function sha256Of(path) {
	const hash = createHash("sha256");
	for await (const chunk of createReadStream(path)) hash.update(chunk);
	return hash.digest("hex");
}

/** The text of a file, or null where there is none. */
export async function textOf(path) {
	try {
		return await readFile(path, "utf8");
	} catch {
		return null;
	}
}

/** Writes a file so that nobody sees half of it. */
export async function writeWhole(path, content) {
	await mkdir(dirname(path), { recursive: true });
	const part = `${path}.${process.pid}.part`;
	await writeFile(part, content);
	await rename(part, path);
}

/**
 * Runs a program in the repository and waits. Its output is kept back and shown only when it fails, unless `show`
 * is set. Returns {code, output}.
 */
export function run(command, args, { env = process.env, show = false } = {}) {
	return new Promise((done, failed) => {
		const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" && !command.endsWith(".exe") });
		const pieces = [];
		const keep = (stream) => (piece) => {
			pieces.push(piece);
			if (show) stream.write(piece);
		};
		child.stdout.on("data", keep(process.stdout));
		child.stderr.on("data", keep(process.stderr));
		const pass = (signal) => child.kill(signal);
		process.once("SIGINT", pass).once("SIGTERM", pass);
		child.on("error", failed);
		child.on("close", (code) => {
			process.off("SIGINT", pass).off("SIGTERM", pass);
			done({ code: code ?? 1, output: Buffer.concat(pieces).toString("utf8") });
		});
	});
}

/** `run` for a step that has to succeed: else its output is shown and the error names the step. */
export async function must(step, command, args, options) {
	const { code, output } = await run(command, args, options);
	if (code === 0) return;
	process.stderr.write(output);
	throw new Stop(`${step} failed (exit ${code}); its output is above.`);
}

/** Prints what stopped a command and says how it ends. */
export function stopped(error) {
	process.stderr.write(error instanceof Stop ? `${error.message}\n` : `${error?.stack ?? error}\n`);
	return 1;
}
