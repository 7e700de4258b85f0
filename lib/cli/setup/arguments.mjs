import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { createServer, isIPv6 } from "node:net";
import { resolve } from "node:path";
import { hostOf, listensOn } from "./host.mjs";
import { inRoot, Stop } from "./base.mjs";

export const DEFAULT_PORT = 4173;
const USAGE = "npm start -- [PATH] [--port N] [--host NAME] [--token T] [--include GLOB] [--write]";
/** As `lib/workspace/archive-list.ts` has it, which is not there before the packages are; a test holds them together. */
const ARCHIVE = /\.casebook ?(?:\(\d{1,4}\))?\.zip$/i;
/** What a cookie and an address hold as it is. */
const TOKEN = /^[\w.~-]{16,}$/;

/**
 * Reads `[PATH] [--port N] [--host NAME] [--token T] [--include GLOB]… [--write]` and makes sure that PATH is a folder, or an archive:
 * then `archive` is true. A relative PATH is meant from the folder in which the command was typed. `host` is null for this machine alone; `token` is null
 * where neither it nor a host is given, else 192 random bits unless it is given. Throws Stop with one line.
 */
export function startArguments(argv, env = process.env) {
	let path = null;
	let port = DEFAULT_PORT;
	let host = null;
	let token = null;
	const include = [];
	let write = false;
	for (let i = 0; i < argv.length; i++) {
		const [flag, given] = /^--[^=]+=/.test(argv[i]) ? split(argv[i]) : [argv[i], null];
		const value = () => {
			const text = given ?? argv[++i];
			if (text === undefined || text === "") throw new Stop(`${flag} needs a value: ${USAGE}`);
			return text;
		};
		if (flag === "--port") port = portOf(value());
		else if (flag === "--host") host = hostOf(value());
		else if (flag === "--token") token = tokenOf(value());
		else if (flag === "--include") include.push(value());
		else if (flag === "--write" && given === null) write = true;
		else if (flag === "--write") throw new Stop(`--write takes no value: ${USAGE}`);
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
	const archive = stats.isFile() && ARCHIVE.test(root);
	if (archive && write) throw new Stop(`${path} is an archive, which is served as it was packed: leave --write out, or unpack it into a folder and serve that.`);
	if (archive && include.length > 0) throw new Stop(`${path} is an archive, of which everything is served: leave --include out.`);
	if (!archive && !stats.isDirectory()) throw new Stop(`${path ?? root} is a file. Name the folder that holds it.`);
	if (host !== null) token ??= randomBytes(24).toString("base64url");
	return { root, archive, port, host, token, include, write };
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

function tokenOf(text) {
	if (!TOKEN.test(text)) throw new Stop("--token needs at least 16 characters, of letters, digits and . _ ~ - only. Leave it out, and a random one is made.");
	return text;
}

/**
 * The address to listen on for a host's name (null: this machine alone), once it is sure that the port is free there.
 * Throws Stop when something listens on it already, or it may not be used.
 */
export async function freeAddress(host, port) {
	const addresses = listensOn(host);
	for (const address of addresses) {
		const code = await tryPort(address, port);
		// A machine without IPv6 has no address of that kind.
		if (isIPv6(address) && addresses.length > 1 && (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL")) continue;
		check(code, host, port);
		return address;
	}
}

function tryPort(address, port) {
	return new Promise((done) => {
		const probe = createServer();
		probe.once("error", (error) => done(error.code));
		probe.listen({ host: address, port, exclusive: true }, () => probe.close(() => done(null)));
	});
}

function check(code, host, port) {
	if (host !== null && (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")) throw new Stop(`--host ${host}: that is no address of this machine.`);
	if (code === "EADDRINUSE") throw new Stop(`Port ${port} is taken. Stop what uses it, or choose another: npm start -- --port ${port === 65535 ? DEFAULT_PORT : port + 1}`);
	if (code !== null) throw new Stop(`Port ${port} cannot be used (${code}). Choose another: npm start -- --port ${DEFAULT_PORT}`);
}
