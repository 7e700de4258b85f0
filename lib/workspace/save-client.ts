import { CasebookError } from "@/lib/model";
import { sha256 } from "./local-hash";

/** The page's side of saving and of short links; `baseUrl` is the origin of a served Casebook. */

export type SaveOutcome =
	| { state: "saved" }
	/** the folder's file is another than the one that was opened; its text, null where there is none any more */
	| { state: "other version"; text: string | null };

/** Whether the server was started with `--write`; null where it does not answer. */
export async function mayWrite(baseUrl: string, fetch: typeof globalThis.fetch): Promise<boolean | null> {
	const answer = await fetch(`${baseUrl}/api/workspace/save`, { cache: "no-store" }).catch(() => null);
	const said = answer?.ok ? ((await answer.json().catch(() => null)) as { write?: unknown } | null) : null;
	return typeof said?.write === "boolean" ? said.write : null;
}

/**
 * Saves a notebook over the version that was opened (`base`: its text, null for a file that is not there yet). Throws CasebookError with a
 * sentence where the server refuses or does not answer.
 */
export async function saveNotebook(baseUrl: string, fetch: typeof globalThis.fetch, { path, text, base }: { path: string; text: string; base: string | null }): Promise<SaveOutcome> {
	const version: Record<string, string> = base === null ? { "if-none-match": "*" } : { "if-match": `"${await hashOf(base)}"` };
	const answer = await asked(fetch, `${baseUrl}/api/workspace/save?${new URLSearchParams({ path })}`, { method: "POST", headers: { "content-type": "text/markdown", ...version }, body: text });
	if (answer.ok) return { state: "saved" };
	const said = (await answer.json().catch(() => null)) as { text?: unknown; error?: unknown } | null;
	if (answer.status === 412 && said !== null && (said.text === null || typeof said.text === "string")) return { state: "other version", text: said.text };
	throw refused(answer, said);
}

/** Keeps the text of a link on the server; the id of its short link. Throws CasebookError. */
export async function keepLink(baseUrl: string, fetch: typeof globalThis.fetch, link: string): Promise<string> {
	const answer = await asked(fetch, `${baseUrl}/api/workspace/links`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ link }) });
	const said = (await answer.json().catch(() => null)) as { id?: unknown; error?: unknown } | null;
	if (!answer.ok || typeof said?.id !== "string") throw refused(answer, said);
	return said.id;
}

/** The text of a kept link, which is what its id says. Throws CasebookError with a sentence. */
export async function fetchLink(baseUrl: string, fetch: typeof globalThis.fetch, id: string, signal?: AbortSignal): Promise<string> {
	const answer = await asked(fetch, `${baseUrl}/api/workspace/links?${new URLSearchParams({ id })}`, { signal: signal ?? null });
	if (!answer.ok) throw refused(answer, (await answer.json().catch(() => null)) as { error?: unknown } | null);
	const text = await answer.text();
	if ((await hashOf(text)) !== id) throw new CasebookError({ kind: "refused", rule: "link", message: "The link that the server keeps is not what its id says: it was changed or cut since it was made. Ask who sent it for another." });
	return text;
}

/** Not by the platform: over plain http to another host it hashes nothing. */
async function hashOf(text: string): Promise<string> {
	const hash = await sha256();
	hash.init();
	hash.update(new TextEncoder().encode(text));
	return hash.digest();
}

async function asked(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(url, { ...init, cache: "no-store" });
	} catch (cause) {
		if (init.signal?.aborted) throw new CasebookError({ kind: "cancelled", message: "Cancelled." }, cause);
		throw new CasebookError({ kind: "source", path: "", message: "The server does not answer. Start it again (npm start) and try once more; nothing is lost here." }, cause);
	}
}

function refused(answer: Response, said: { error?: unknown } | null): CasebookError {
	return new CasebookError({ kind: "refused", rule: `HTTP ${answer.status}`, message: typeof said?.error === "string" ? said.error : `The server answered ${answer.status}.` });
}
