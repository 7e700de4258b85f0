import { createHash } from "node:crypto";

/** The cookie of components/shell/theme-cookie.ts, which this room may not import; a test compares them. */
const THEME_COOKIE = "casebook-theme";
/** Sets the theme that the reader chose before anything is painted; the served app does it on the server. */
const EARLY_THEME = `{const m=/(?:^|; )${THEME_COOKIE}=(light|dark)(?:;|$)/.exec(document.cookie);if(m)document.documentElement.dataset.theme=m[1]}`;

const INLINE = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * A page of the static copy with its policy: a plain host sends none, so it stands in the page, before all that it is
 * for. It lets in the inline scripts of this page by their hashes. Workers come from blobs alone and inherit the policy;
 * one with an address of its own would have none. Throws an Error for what is no page of Next.
 */
export function withPolicy(html: string, nonce: string): string {
	const head = /<head>/.exec(html);
	if (head === null) throw new Error("a page of the build has no <head>");
	const page = `<script>${EARLY_THEME}</script>${html.slice(head.index + head[0].length)}`;
	const hashes = [...new Set([...page.matchAll(INLINE)].map(([, text]) => `'sha256-${createHash("sha256").update(text ?? "").digest("base64")}'`))];
	const policy = [
		"default-src 'none'",
		`script-src 'self' ${hashes.join(" ")} 'wasm-unsafe-eval'`,
		`style-src-elem 'self' 'nonce-${nonce}'`,
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src blob:",
		"form-action 'self'",
		"base-uri 'none'",
	].join("; ");
	return `${html.slice(0, head.index)}<head><meta http-equiv="Content-Security-Policy" content="${policy}">${page}`;
}
