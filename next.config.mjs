/** Scripts that run as workers carry a policy of their own: the page's does not reach into them. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const FOR_EVER = "public, max-age=31536000, immutable";

const workerPolicy = { key: "Content-Security-Policy", value: WORKER_POLICY };
const takesBrotli = [{ type: "header", key: "accept-encoding", value: "(.*,)?\\s*br\\s*([;,].*)?" }];

/** @type {import("next").NextConfig} */
const common = {
	poweredByHeader: false,
	reactStrictMode: true,
	images: { unoptimized: true },
	// `npm test` checks the types; a start does not do it again.
	typescript: { ignoreBuildErrors: true },
};

/** @type {import("next").NextConfig} */
const served = {
	...common,
	env: { CASEBOOK_STATIC: "", CASEBOOK_BASE: "", CASEBOOK_NONCE: "" },
	// Next would redirect before proxy.ts has looked at the request; proxy.ts does it itself.
	skipTrailingSlashRedirect: true,
	async headers() {
		return [
			{ source: "/_next/static/:path*", headers: [workerPolicy] },
			{ source: "/workers/:path*", headers: [workerPolicy, { key: "Cache-Control", value: "no-cache" }] },
			// lib/cli/setup/engine.mjs keeps these compressed, under the engine's version; proxy.ts chooses which by the same rule.
			{ source: "/duckdb/:path*", has: takesBrotli, headers: [{ key: "Content-Encoding", value: "br" }] },
			{ source: "/duckdb/:path*", missing: takesBrotli, headers: [{ key: "Content-Encoding", value: "gzip" }] },
			{ source: "/duckdb/:path*", headers: [workerPolicy, { key: "Cache-Control", value: FOR_EVER }, { key: "Vary", value: "Accept-Encoding" }] },
			{ source: "/duckdb/:path*.wasm", headers: [{ key: "Content-Type", value: "application/wasm" }] },
			{ source: "/duckdb/:path*.js", headers: [{ key: "Content-Type", value: "text/javascript; charset=utf-8" }] },
		];
	},
};

/**
 * The app as files, for `casebook export-site` (lib/cli/setup/site.mjs), which builds a copy of the sources without
 * proxy.ts and app/api. A plain host finds `/parity/index.html` for `/parity/`, hence the slash.
 * @returns {import("next").NextConfig}
 */
function asFiles({ base, nonce, root }) {
	return {
		...common,
		output: "export",
		basePath: base,
		trailingSlash: true,
		env: { CASEBOOK_STATIC: "1", CASEBOOK_BASE: base, CASEBOOK_NONCE: nonce },
		turbopack: { root },
	};
}

export default process.env.CASEBOOK_SITE ? asFiles(JSON.parse(process.env.CASEBOOK_SITE)) : served;
