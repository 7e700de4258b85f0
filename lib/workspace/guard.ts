import { failureOf } from "@/lib/model";

/**
 * Who may ask. The server listens on this machine only, but every page that a browser has open can send requests
 * there: a foreign name that resolves to 127.0.0.1 is seen in `Host`, a foreign page in `Origin` or `Sec-Fetch-Site`.
 * Used twice: by `proxy.ts` for every request, and by `guarded` around each route handler.
 */

/** What `refusal` looks at. */
export interface Asked {
	method: string;
	headers: { get(name: string): string | null };
}

/** What is expected. */
export interface Expected {
	/** the port that the server listens on; null where nobody said, and then everything is refused */
	port: string | null;
	/** answers data, so that other sites may not even cause the request */
	api: boolean;
	/** takes POST */
	post: boolean;
}

export interface Refusal {
	status: 403 | 405 | 415;
	/** one line for the reader */
	message: string;
}

/** Why a request is refused, or null. */
export function refusal(asked: Asked, expected: Expected): Refusal | null {
	const { headers } = asked;
	const host = headers.get("host")?.toLowerCase() ?? "";
	if (expected.port === null) return forbidden("The server does not know its own port. Start it with npm start.");
	if (!ownHosts(expected.port).includes(host)) return forbidden(`This server answers to localhost:${expected.port} and 127.0.0.1:${expected.port} only.`);
	const origin = headers.get("origin");
	if (origin !== null && origin.toLowerCase() !== `http://${host}`) return forbidden("A page of another origin may not ask here.");
	const site = headers.get("sec-fetch-site");
	if (expected.api && site !== null && site !== "same-origin" && site !== "none") return forbidden("A page of another site may not ask here.");
	switch (asked.method) {
		case "GET":
		case "HEAD":
			return null;
		case "POST":
			if (!expected.post) break;
			if (/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) return null;
			return { status: 415, message: "Send application/json." };
	}
	return { status: 405, message: `${asked.method} is not answered here.` };
}

function ownHosts(port: string): string[] {
	const names = ["localhost", "127.0.0.1", "[::1]"];
	const hosts = names.map((name) => `${name}:${port}`);
	return port === "80" ? [...hosts, ...names] : hosts;
}

function forbidden(message: string): Refusal {
	return { status: 403, message };
}

/** The server's own port: `npm start` says it in CASEBOOK_PORT. */
export function ownPort(env: Record<string, string | undefined>): string | null {
	const port = env.CASEBOOK_PORT;
	return port !== undefined && /^\d{1,5}$/.test(port) ? port : null;
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

export function refused({ status, message }: Refusal): Response {
	return new Response(`${message}\n`, { status, headers: { ...DATA_HEADERS, "Content-Type": "text/plain; charset=utf-8" } });
}

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
 * without a body, and turns a CasebookError into `{error}` with 404, 413 or 400. Every exported method of every
 * `route.ts` goes through it; a test asks each.
 */
export function guarded(handler: Handler, options: { post?: boolean } = {}): Handler {
	return async (request) => {
		const no = refusal(request, { port: ownPort(process.env), api: true, post: options.post ?? false });
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
			return rule === "only files of the workspace" ? 404 : 400;
		case "query":
		case "engine-lost":
		case "cancelled":
			return 500;
	}
}

/** `Content-Disposition` of a download: a plain name for old readers, the exact one as RFC 5987 writes it. */
export function attachment(name: string): string {
	const plain = name.replace(/[^\w.\- ]/g, "_");
	const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
	return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
