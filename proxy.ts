import { type NextRequest, NextResponse } from "next/server";
import { ownPort, pagePolicy, refusal, refused, SECURITY_HEADERS } from "@/lib/workspace/guard";

/** Answered with their own policy: data by `guarded`, scripts and workers by `headers()` in next.config.mjs. */
const NO_PAGE = /^\/(api|_next|duckdb|workers)(\/|$)/;

/** Stands before every request, static files too: there is no matcher on purpose. */
export function proxy(request: NextRequest): Response {
	const { pathname } = request.nextUrl;
	const no = refusal(request, {
		port: ownPort(process.env),
		api: pathname.startsWith("/api/") || pathname === "/api",
		post: pathname === "/api/workspace/batch",
	});
	if (no !== null) return refused(no);
	const asked = new URL(request.url);
	if (/.\/$/.test(asked.pathname)) return secured(NextResponse.redirect(withoutEnd(asked), 308));
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

function secured(response: NextResponse): NextResponse {
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
	return response;
}

/** The same page without slashes at its end; two at its start would name another host. */
function withoutEnd({ pathname, search, origin }: URL): URL {
	return new URL(`/${pathname.replace(/^\/+|\/+$/g, "")}${search}`, origin);
}
