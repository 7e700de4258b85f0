import { createHash, timingSafeEqual } from "node:crypto";
import type { Own } from "./guard";

/**
 * The token of a server that others can reach: it comes in the printed address once, and in a cookie from then on.
 */

/** The cookie's name. Cookies do not tell ports apart, so that two servers of one host would take each other's. */
export function tokenCookie(port: string | null): string {
	return `casebook-token-${port}`;
}

/** The value of a cookie in a `Cookie` header, or null. */
export function cookieOf(header: string | null, name: string): string | null {
	for (const pair of (header ?? "").split(";")) {
		const at = pair.indexOf("=");
		if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
	}
	return null;
}

/** Whether a word is the token. The time that it takes does not depend on where they differ. */
export function isToken(word: string | null, token: string): boolean {
	return word !== null && timingSafeEqual(digest(word), digest(token));
}

function digest(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}

/**
 * The answer to a page's address that carries a token, for a request that `refusal` let through: the same address
 * without it, and the cookie. Null where the address carries none, or the server has none.
 */
export function withoutToken(asked: URL, origin: string, { token, port }: Own): Response | null {
	if (token === null || !asked.searchParams.has("token")) return null;
	const target = new URL(`/${asked.pathname.replace(/^\/+/, "")}`, origin);
	for (const [name, value] of asked.searchParams) if (name !== "token") target.searchParams.append(name, value);
	const headers = {
		Location: target.href,
		"Set-Cookie": `${tokenCookie(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`,
		"Cache-Control": "no-store",
	};
	return new Response(null, { status: 303, headers });
}

/**
 * What a person sees who comes without the token. The link is for one who follows a link of another site: a browser
 * keeps the cookie back then, and sends it when the link on this page is followed.
 */
export function lockedPage(message: string): string {
	const text = message.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Casebook</title><p>${text}</p><p>You have opened it here already? <a href="">Go on to this page</a></p>`;
}
