import { failureOf } from "@/lib/model";
import { cookieOf, isToken, lockedPage, tokenCookie } from "./guard-token";

/**
 * Who may ask. The server listens on this machine only, unless `--host` says otherwise, but every page that a browser
 * has open can send requests there: a foreign name that resolves to its address is seen in `Host`, a foreign page in
 * `Origin` or `Sec-Fetch-Site`. A server with a token answers nobody who does not bring it.
 * Used twice: by `proxy.ts` for every request, and by `guarded` around each route handler.
 */

/** What the server was started with. */
export interface Own {
	/** the port that it listens on; null where nobody said, and then everything is refused */
	port: string | null;
	/** the name that was given with `--host`, in lower case as a browser writes it in `Host`; null is this machine alone */
	host: string | null;
	/** what everybody has to bring; null where the server listens on this machine alone */
	token: string | null;
}

/** What `refusal` looks at. `url` matters for its `token` parameter alone. */
export interface Asked {
	method: string;
	url: string;
	headers: { get(name: string): string | null };
}

/** What is expected. */
export interface Expected extends Own {
	/** answers data, so that other sites may not even cause the request */
	api: boolean;
	/** takes POST */
	post: boolean;
	/** the type of what is posted; application/json unless given */
	type?: string;
	/** a POST changes the folder: it has to say that it comes from a page of this server, which only a browser's own word or a program can */
	write?: boolean;
}

export interface Refusal {
	status: 401 | 403 | 405 | 415;
	/** one line for the reader */
	message: string;
}

/** Why a request is refused, or null. */
export function refusal(asked: Asked, expected: Expected): Refusal | null {
	const { headers } = asked;
	const host = headers.get("host")?.toLowerCase() ?? "";
	if (expected.port === null) return forbidden("The server does not know its own port. Start it with npm start.");
	const own = ownHosts(expected.host, expected.port);
	if (!own.includes(host)) return forbidden(`This server answers to ${own.slice(0, 2).join(" and ")} only.`);
	const origin = headers.get("origin");
	if (origin !== null && origin.toLowerCase() !== `http://${host}`) return forbidden("A page of another origin may not ask here.");
	const site = headers.get("sec-fetch-site");
	if (expected.api && site !== null && site !== "same-origin" && site !== "none") return forbidden("A page of another site may not ask here.");
	if (!hasToken(asked, expected)) return { status: 401, message: "This Casebook answers only to those who open it with the address that it printed when it started, the one that ends in ?token=…. Open that address in this browser once." };
	switch (asked.method) {
		case "GET":
		case "HEAD":
			return null;
		case "POST":
			return expected.post ? refusedPost(asked, expected) : noMethod(asked);
	}
	return noMethod(asked);
}

function noMethod({ method }: Asked): Refusal {
	return { status: 405, message: `${method} is not answered here.` };
}

/** No type that is taken is one that a form of another site can send. */
function refusedPost({ headers }: Asked, { type = "application/json", write = false }: Expected): Refusal | null {
	if (write && headers.get("origin") === null && headers.get("sec-fetch-site") !== "same-origin") return forbidden("The folder is changed from Casebook's own page only: the request names no Origin.");
	const sent = (headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
	return sent === type ? null : { status: 415, message: `Send ${type}.` };
}

/** The routes that take POST, and what they take. The proxy and the routes themselves ask for the same. */
export const POSTS: { readonly [path: string]: { post: true; type?: string; write?: boolean } } = {
	"/api/workspace/batch": { post: true },
	"/api/workspace/save": { post: true, type: "text/markdown", write: true },
	"/api/workspace/links": { post: true, write: true },
};

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

function ownHosts(name: string | null, port: string): string[] {
	const names = name === null || LOOPBACK.includes(name) ? LOOPBACK : [name];
	const hosts = names.map((known) => `${known}:${port}`);
	return port === "80" ? [...names, ...hosts] : hosts;
}

/** Whether somebody may ask as far as the token goes: there is none, or the cookie or the address brings it. */
function hasToken(asked: Asked, { token, port }: Expected): boolean {
	if (token === null) return true;
	return isToken(cookieOf(asked.headers.get("cookie"), tokenCookie(port)), token) || isToken(tokenInAddress(asked.url), token);
}

function tokenInAddress(url: string): string | null {
	return new URL(url, "http://localhost").searchParams.get("token");
}

function forbidden(message: string): Refusal {
	return { status: 403, message };
}

/**
 * What `npm start` says in CASEBOOK_PORT, CASEBOOK_HOST and CASEBOOK_TOKEN. A host beyond this machine without a token
 * would be open to everybody: then the port counts as unknown, and everything is refused.
 */
export function ownAddress(env: Record<string, string | undefined>): Own {
	const port = env.CASEBOOK_PORT;
	const host = env.CASEBOOK_HOST?.toLowerCase() || null;
	const token = env.CASEBOOK_TOKEN || null;
	const known = port !== undefined && /^\d{1,5}$/.test(port) && (token !== null || host === null);
	return { port: known ? port : null, host, token };
}

/** On every answer of the server. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
};

/** On every answer of a route handler: data, never a document of this origin. */
export const DATA_HEADERS: Readonly<Record<string, string>> = {
	...SECURITY_HEADERS,
	"Content-Security-Policy": "sandbox; default-src 'none'",
	"Cache-Control": "no-store",
};

/** `page` is whether a person would see the answer in a tab. */
export function refused({ status, message }: Refusal, page = false): Response {
	if (status === 401 && page) {
		const headers = { ...SECURITY_HEADERS, "Content-Security-Policy": LOCKED_POLICY, "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8" };
		return new Response(lockedPage(message), { status, headers });
	}
	return new Response(`${message}\n`, { status, headers: { ...DATA_HEADERS, "Content-Type": "text/plain; charset=utf-8" } });
}

/** No sandbox: what a page without an origin of its own leads to is another site's request, and gets no cookie. */
const LOCKED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The policy of pages, for one request's nonce (base64). */
export function pagePolicy(nonce: string): string {
	return [
		"default-src 'none'",
		`script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
		`style-src-elem 'self' 'nonce-${nonce}'`,
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join("; ");
}

export type Handler = (request: Request) => Promise<Response>;

/**
 * A route handler that is safe by itself: it refuses what `refusal` refuses, carries the headers of data, answers HEAD
 * without a body, and turns a CasebookError into `{error}` with the status of its kind and rule. Every exported method of every
 * `route.ts` goes through it; a test asks each.
 */
export function guarded(handler: Handler, options: { post?: boolean; type?: string; write?: boolean } = {}): Handler {
	return async (request) => {
		const no = refusal(request, { ...ownAddress(process.env), api: true, post: false, ...options });
		if (no !== null) return refused(no);
		const response = await answer(handler, request);
		for (const [name, value] of Object.entries(DATA_HEADERS)) response.headers.set(name, value);
		if (request.method !== "HEAD") return response;
		await response.body?.cancel();
		return new Response(null, { status: response.status, headers: response.headers });
	};
}

async function answer(handler: Handler, request: Request): Promise<Response> {
	try {
		return await handler(request);
	} catch (error) {
		const failure = failureOf(error);
		return Response.json({ error: failure.message }, { status: statusOf(failure.kind, failure.kind === "refused" ? failure.rule : "") });
	}
}

function statusOf(kind: ReturnType<typeof failureOf>["kind"], rule: string): number {
	switch (kind) {
		case "limit":
			return 413;
		case "source":
			return 404;
		case "refused":
			return STATUS_OF_RULE[rule] ?? 400;
		case "query":
		case "engine-lost":
		case "cancelled":
			return 500;
	}
}

const STATUS_OF_RULE: { readonly [rule: string]: number } = { "only files of the workspace": 404, "--write": 403, "not saved over": 409, "which version": 428, "no place to save": 507 };

/** `Content-Disposition` of a download: a plain name for old readers, the exact one as RFC 5987 writes it. */
export function attachment(name: string): string {
	const plain = name.replace(/[^\w.\- ]/g, "_");
	const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
	return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
