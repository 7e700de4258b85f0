#!/usr/bin/env node
/** `npm start [-- PATH] [--port N] [--host NAME] [--token T] [--include GLOB] [--write]`: installs and builds what is missing, then serves a folder or an archive. */
import { spawn } from "node:child_process";
import { realpathSync, rmSync } from "node:fs";
import { request } from "node:http";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freeAddress, startArguments } from "./setup/arguments.mjs";
import { inRoot, ROOT, Stop, stopped } from "./setup/base.mjs";
import { nextEnvironment, prepareAndBuild } from "./setup/build.mjs";
import { askedAt, isLoopback } from "./setup/host.mjs";

const READY_MS = 60_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const OPEN_TO_OTHERS = `Whoever has this address can read the folder, and whoever can listen on the network can read along: it is plain http.
A browser gives such an address no clipboard and no folder picker; the page says so where it matters.
`;

/** Serves until it is stopped. Returns the exit code. */
export async function start(argv) {
	const wanted = startArguments(argv);
	const address = await freeAddress(wanted.host, wanted.port);
	await prepareAndBuild();
	if (!wanted.archive) return serve({ ...wanted, address });
	// Everything in an archive was packed on purpose: no rule of a folder leaves any of it out.
	return serve({ ...wanted, root: await laidOut(wanted.root), include: ["*"], address });
}

/** The folder that an archive was unpacked into; it goes when this process ends. */
async function laidOut(archive) {
	const { register } = await import("tsx/esm/api");
	register({ tsconfig: inRoot("tsconfig.json") });
	const { unpackArchive } = await import("./unpack-archive.ts");
	const end = () => process.exit(1);
	for (const signal of SIGNALS) process.on(signal, end);
	let folder = null;
	process.on("exit", () => folder !== null && rmSync(folder, { recursive: true, force: true }));
	try {
		return await unpackArchive(archive, (made) => {
			folder = made;
		});
	} catch (error) {
		throw new Stop(error instanceof Error ? error.message : String(error));
	} finally {
		for (const signal of SIGNALS) process.off(signal, end);
	}
}

async function serve({ root, port, host, token, include, write, address }) {
	const own = `${host ?? "127.0.0.1"}:${port}`;
	const env = nextEnvironment({ CASEBOOK_ROOT: root, CASEBOOK_INCLUDE: JSON.stringify(include), CASEBOOK_PORT: String(port), CASEBOOK_HOST: host ?? "", CASEBOOK_TOKEN: token ?? "", CASEBOOK_WRITE: write ? "1" : "" });
	const args = [inRoot("node_modules", "next", "dist", "bin", "next"), "start", "--hostname", address, "--port", String(port)];
	const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
	const said = [];
	let ready = false;
	let asked = false;
	const ended = new Promise((done) => child.once("close", (code) => done(code ?? 0)));
	const show = (piece) => (ready ? process.stderr.write(piece) : said.push(piece));
	child.stdout.on("data", show);
	child.stderr.on("data", show);
	const stop = () => {
		asked = true;
		child.kill("SIGTERM");
	};
	for (const signal of SIGNALS) process.on(signal, stop);
	process.on("exit", () => child.kill("SIGKILL"));
	const outcome = await Promise.race([ended, manifest({ address, port, own, token }, child)]);
	if (typeof outcome === "object") {
		ready = true;
		process.stdout.write(`Casebook: http://${own}/${token === null ? "" : `?token=${token}`} (${summary(root, outcome)}${write ? ", notebooks can be saved" : ""})\n`);
		if (!isLoopback(host)) process.stderr.write(write ? `${OPEN_TO_OTHERS}They can save notebooks and short links into the folder, too.\n` : OPEN_TO_OTHERS);
	}
	const code = await ended;
	if (asked) return 0;
	if (!ready) process.stderr.write(Buffer.concat(said));
	throw new Stop(ready ? `The server ended (exit ${code}).` : `The server did not start (exit ${code}); its output is above.`);
}

/** The list of files, as soon as the server answers. A refusal is thrown: it would not change by waiting. */
async function manifest(server, child) {
	for (const end = Date.now() + READY_MS; Date.now() < end; await wait(50)) {
		if (child.exitCode !== null || child.signalCode !== null) return 1;
		const answer = await get(server).catch(() => null);
		if (answer === null) continue;
		if (answer.status !== 200) {
			child.kill("SIGTERM");
			throw new Stop(`The folder cannot be served: ${answer.text}`);
		}
		return JSON.parse(answer.text);
	}
	child.kill("SIGTERM");
	throw new Stop(`The server did not answer within ${READY_MS / 1000} seconds.`);
}

function get({ address, port, own, token }) {
	const headers = { host: own, ...(token === null ? {} : { cookie: `casebook-token-${port}=${token}` }) };
	return new Promise((done, failed) => {
		const asking = request({ host: askedAt(address), port, path: "/api/workspace", headers }, (response) => {
			const pieces = [];
			response.on("data", (piece) => pieces.push(piece));
			response.on("error", failed);
			response.on("end", () => done({ status: response.statusCode, text: Buffer.concat(pieces).toString("utf8") }));
		});
		asking.on("error", failed);
		asking.end();
	});
}

function summary(root, { files }) {
	const served = files.filter((file) => file.state === "served").length;
	const leftOut = files.length - served;
	return `${basename(root) || root}, ${served} ${served === 1 ? "file" : "files"}${leftOut === 0 ? "" : `, ${leftOut} left out`}`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
	process.exitCode = await start(process.argv.slice(2)).catch(stopped);
	process.exit();
}
