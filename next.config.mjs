/** Scripts that run as workers carry a policy of their own: the page's does not reach into them. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const FOR_EVER = "public, max-age=31536000, immutable";

const workerPolicy = { key: "Content-Security-Policy", value: WORKER_POLICY };
const compressed = { key: "Content-Encoding", value: "br" };

/** @type {import("next").NextConfig} */
export default {
	poweredByHeader: false,
	reactStrictMode: true,
	images: { unoptimized: true },
	// Next would redirect before proxy.ts has looked at the request; proxy.ts does it itself.
	skipTrailingSlashRedirect: true,
	// `npm test` checks the types; a start does not do it again.
	typescript: { ignoreBuildErrors: true },
	async headers() {
		return [
			{ source: "/_next/static/:path*", headers: [workerPolicy] },
			{ source: "/workers/:path*", headers: [workerPolicy, { key: "Cache-Control", value: "no-cache" }] },
			// lib/cli/setup/engine.mjs keeps these compressed, under the engine's version.
			{ source: "/duckdb/:path*", headers: [workerPolicy, compressed, { key: "Cache-Control", value: FOR_EVER }] },
			{ source: "/duckdb/:path*.wasm", headers: [{ key: "Content-Type", value: "application/wasm" }] },
			{ source: "/duckdb/:path*.js", headers: [{ key: "Content-Type", value: "text/javascript; charset=utf-8" }] },
		];
	},
};
