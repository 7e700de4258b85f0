import { CasebookError } from "@/lib/model";

/** Where the engine and the reader are served from. The engine's path carries its version, so that it can be kept for ever. */
export const ENGINE_VERSION = "1.32.0";

/** Whether this is a static copy, which has no server behind it (`casebook export-site`). Known when the app is built. */
export const IS_STATIC = process.env.CASEBOOK_STATIC === "1";

/** The path under which the app is hosted: empty, or such as `/casebook`. */
const BASE = process.env.CASEBOOK_BASE ?? "";
const root = typeof location === "undefined" ? "" : `${location.origin}${BASE}`;

/** The full address of something that lies beside the app: `/workspace`. */
export function beside(path: string): string {
	return `${root}${path}`;
}

/** A page's address as the browser's history takes it: `/session?id=1`. Links and the router add the base themselves. */
export function historyPath(href: string): string {
	return `${BASE}${href}`;
}

/** The page's path as `usePathname` and the links write it, from the address: without the base and without a slash at its end. */
export function pagePath(pathname: string): string {
	const path = pathname.startsWith(`${BASE}/`) || pathname === BASE ? pathname.slice(BASE.length) : pathname;
	return path.replace(/(?<=.)\/+$/, "") || "/";
}

/**
 * Runs before the engine's worker script on a plain host. Such a host may send WebAssembly as nameless bytes, which browsers
 * do not compile as they come, or not have it at all; the engine waits for ever in both cases. An error that is thrown
 * from a timer ends the worker, and the page hears of it.
 */
const PLAIN_HOST = `{
	const start = WebAssembly.instantiateStreaming;
	WebAssembly.instantiateStreaming = async (source, imports) => {
		try {
			const response = await source;
			if (!response.ok) throw new Error("the host answers " + response.status + " for the engine");
			return await start.call(WebAssembly, new Response(response.body, { headers: { "content-type": "application/wasm" } }), imports);
		} catch (error) {
			setTimeout(() => { throw error; });
			throw error;
		}
	};
}
`;

const worker = workerFrom([beside("/workers/engine.js"), beside(`/duckdb/${ENGINE_VERSION}/duckdb-browser-eh.worker.js`)], PLAIN_HOST);
const reader = workerFrom([beside("/workers/parse.js")]);
const drawer = workerFrom([beside("/workers/tensor.js")]);

/** The engine's two files. Rejects with a CasebookError where its worker cannot be fetched. */
export async function engineUrls(): Promise<{ worker: string; wasm: string }> {
	return { worker: await worker(), wasm: beside(`/duckdb/${ENGINE_VERSION}/duckdb-eh.wasm`) };
}

/** The script of the parse worker. Rejects with a CasebookError where it cannot be fetched. */
export const parseWorkerUrl: () => Promise<string> = reader;

/** The script of the worker that turns arrays into images. Rejects with a CasebookError where it cannot be fetched. */
export const tensorWorkerUrl: () => Promise<string> = drawer;

/**
 * A server gives worker scripts a policy of their own. A plain host gives none, and a worker with an address of its own
 * would run without one: from a blob it inherits the page's. A second script is loaded by the first from behind its `#`
 * (`lib/engine/engine-worker.ts`), or follows it in the blob.
 */
function workerFrom(urls: readonly string[], before = ""): () => Promise<string> {
	if (!IS_STATIC) return async () => urls.join("#");
	let made: Promise<string> | undefined;
	return () => {
		made ??= blobOf(urls, before);
		made.catch(() => {
			made = undefined;
		});
		return made;
	};
}

async function blobOf(urls: readonly string[], before: string): Promise<string> {
	const scripts = await Promise.all(urls.map(scriptOf));
	return URL.createObjectURL(new Blob([before, ...scripts], { type: "text/javascript" }));
}

async function scriptOf(url: string): Promise<ArrayBuffer> {
	try {
		const response = await fetch(url);
		if (!response.ok) throw new Error(`the host answers ${response.status}`);
		return await response.arrayBuffer();
	} catch (cause) {
		throw new CasebookError({ kind: "source", path: url, message: `${url} cannot be fetched (${cause instanceof Error ? cause.message : String(cause)}). Reload the page; if that does not help, copy the export to the host again.` }, cause);
	}
}
