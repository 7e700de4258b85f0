import { isIP, isIPv4, isIPv6 } from "node:net";
import { Stop } from "./base.mjs";

const LABEL = /^(?!-)[a-z\d_-]{1,63}(?<!-)$/;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The name of `--host` as a browser writes it in `Host`: lower case, an IPv6 address in brackets and in its short form.
 * Throws Stop with one line for what no browser can be sent to.
 */
export function hostOf(text) {
	const bare = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
	if (["0.0.0.0", "::", "*"].includes(bare)) throw new Stop(`--host ${text}: give the name or the address that others will open, such as the name of this machine; Casebook then listens for it.`);
	if (isIPv4(bare)) return bare;
	if (isIPv6(bare) && !bare.includes("%")) return new URL(`http://[${bare}]/`).hostname;
	const labels = bare.split(".");
	// `127.1` and `0x7f000001` are addresses to a browser, which sends them as something else.
	if (bare.length > 253 || !labels.every((label) => LABEL.test(label)) || /^(\d+|0x[\da-f]*)$/.test(labels.at(-1))) {
		throw new Stop(`--host ${text}: a host is a name or an address alone, such as lab-3.example or 192.168.0.7; the port goes into --port.`);
	}
	return bare;
}

/** The addresses to try to listen on, for a host as `hostOf` gives it; null is this machine alone. */
export function listensOn(host) {
	if (host === null || host === "localhost") return ["127.0.0.1"];
	const bare = host.replace(/^\[(.*)\]$/, "$1");
	// A name may lead to any of the machine's addresses, of both kinds where it has both.
	return isIP(bare) === 0 ? ["::", "0.0.0.0"] : [bare];
}

/** Where the server is asked from this machine, given what it listens on. */
export function askedAt(address) {
	return address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address;
}

/** Whether a host is this machine alone. */
export function isLoopback(host) {
	return host === null || LOOPBACK.includes(host);
}
