import { statSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { inRoot, Stop } from "./base.mjs";

export const DEFAULT_PORT = 4173;
const USAGE = "npm start -- [PATH] [--port N] [--include GLOB]";

/**
 * Reads `[PATH] [--port N] [--include GLOB]…` and makes sure that the folder is one. A relative PATH is meant from the
 * folder in which the command was typed. Throws Stop with one line.
 */
export function startArguments(argv, env = process.env) {
	let path = null;
	let port = DEFAULT_PORT;
	const include = [];
	for (let i = 0; i < argv.length; i++) {
		const [flag, given] = /^--[^=]+=/.test(argv[i]) ? split(argv[i]) : [argv[i], null];
		const value = () => {
			const text = given ?? argv[++i];
			if (text === undefined || text === "") throw new Stop(`${flag} needs a value: ${USAGE}`);
			return text;
		};
		if (flag === "--port") port = portOf(value());
		else if (flag === "--include") include.push(value());
		else if (flag.startsWith("-")) throw new Stop(`${flag} is not known: ${USAGE}`);
		else if (path !== null) throw new Stop(`Name one folder, not two (${path} and ${flag}): ${USAGE}`);
		else path = flag;
	}
	// npm runs a script in the package's folder and keeps the caller's in INIT_CWD; what a script starts inherits both.
	const script = env.npm_lifecycle_event === "start" || env.npm_lifecycle_event === "casebook";
	const from = script && env.INIT_CWD ? env.INIT_CWD : process.cwd();
	const root = path === null ? inRoot("data") : resolve(from, path);
	const stats = statSync(root, { throwIfNoEntry: false });
	if (stats === undefined) throw new Stop(`${path ?? root}: there is no such folder.`);
	if (!stats.isDirectory()) throw new Stop(`${path ?? root} is a file. Name the folder that holds it.`);
	return { root, port, include };
}

function split(argument) {
	const at = argument.indexOf("=");
	return [argument.slice(0, at), argument.slice(at + 1)];
}

function portOf(text) {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	if (port < 1 || port > 65535) throw new Stop(`--port ${text}: a port is a whole number from 1 to 65535.`);
	return port;
}

/** Throws Stop when something listens on the port already, or it may not be used. */
export async function portIsFree(port) {
	const code = await new Promise((done) => {
		const probe = createServer();
		probe.once("error", (error) => done(error.code));
		probe.listen({ host: "127.0.0.1", port, exclusive: true }, () => probe.close(() => done(null)));
	});
	if (code === "EADDRINUSE") throw new Stop(`Port ${port} is taken. Stop what uses it, or choose another: npm start -- --port ${port === 65535 ? DEFAULT_PORT : port + 1}`);
	if (code !== null) throw new Stop(`Port ${port} cannot be used (${code}). Choose another: npm start -- --port ${DEFAULT_PORT}`);
}
