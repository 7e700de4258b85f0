import { type NextRequest, NextResponse } from "next/server";
import { ownAddress, pagePolicy, POSTS, refusal, refused, SECURITY_HEADERS } from "@/lib/workspace/guard";
import { withoutToken } from "@/lib/workspace/guard-token";

/** Answered with their own policy: data by `guarded`, scripts and workers by `headers()` in next.config.mjs. */
const NO_PAGE = /^\/(api|_next|duckdb|workers)(\/|$)/;

/** A file of the engine under its version. */
const ENGINE = /^\/duckdb\/(\d[\d.]*)\/([\w.-]+)$/;

/** Stands before every request, static files too: there is no matcher on purpose. */
export function proxy(request: NextRequest): Response {
	const { pathname } = request.nextUrl;
	const own = ownAddress(process.env);
	const api = pathname.startsWith("/api/") || pathname === "/api";
	const no = refusal(request, { ...own, api, post: false, ...(Object.hasOwn(POSTS, pathname) ? POSTS[pathname] : null) });
	if (no !== null) return refused(no, !api && (request.headers.get("accept") ?? "").includes("text/html"));
	const asked = new URL(request.url);
	if (!api) {
		const redirect = withoutToken(asked, `http://${request.headers.get("host")}`, own);
		if (redirect !== null) return secured(redirect);
	}
	if (/.\/$/.test(asked.pathname)) return secured(NextResponse.redirect(withoutEnd(asked, `http://${request.headers.get("host")}`), 308));
	if (ENGINE.test(pathname) && !takesBrotli(request)) return secured(asGzip(request));
	if (NO_PAGE.test(pathname)) return secured(NextResponse.next());
	const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
	const policy = pagePolicy(nonce);
	// Next reads the nonce from the request's policy and stamps its own scripts with it.
	const headers = new Headers(request.headers);
	headers.set("content-security-policy", policy);
	headers.set("x-nonce", nonce);
	const response = NextResponse.next({ request: { headers } });
	response.headers.set("Content-Security-Policy", policy);
	return secured(response);
}

/** Over plain http to another host a browser does not, and would take the bytes for the script. */
function takesBrotli(request: NextRequest): boolean {
	return /(^|,)\s*br\s*(;|,|$)/.test(request.headers.get("accept-encoding") ?? "");
}

/** The engine's file as `lib/cli/setup/engine.mjs` keeps it for those; next.config.mjs names its encoding. */
function asGzip(request: NextRequest): NextResponse {
	const url = request.nextUrl.clone();
	url.pathname = url.pathname.replace(ENGINE, "/duckdb/$1/gzip/$2");
	return NextResponse.rewrite(url);
}

function secured<R extends Response>(response: R): R {
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
	return response;
}

/** The same page without slashes at its end; two at its start would name another host. */
function withoutEnd({ pathname, search }: URL, origin: string): URL {
	return new URL(`/${pathname.replace(/^\/+|\/+$/g, "")}${search}`, origin);
}
