import { decodeLink, LinkProblem } from "@/lib/notebook/codec";
import { CasebookError } from "@/lib/model";
import { guarded, POSTS } from "@/lib/workspace/guard";
import { MAX_LINK_BYTES } from "@/lib/workspace/links";
import { bodyBytes, servedFolder } from "@/lib/workspace/served";

export const dynamic = "force-dynamic";

/** The text of a kept link, `id` its sha256. Its reader makes sure that it is. */
export const GET = guarded(async (request) => {
	const text = await servedFolder().keptLink(new URL(request.url).searchParams.get("id") ?? "");
	return new Response(text, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
});

/** Keeps a link: `{"link": "<what stands behind # of a long one>"}`; the answer is `{id}`. Only what opens as a notebook is kept. */
export const POST = guarded(async (request) => {
	const folder = servedFolder();
	folder.mustBeWritable();
	const body = await bodyBytes(request, MAX_LINK_BYTES, `A link that is kept has at most ${MAX_LINK_BYTES} bytes.`);
	return Response.json({ id: await folder.keepLink(linkOf(body.toString("utf8"))) });
}, POSTS["/api/workspace/links"]);

function linkOf(body: string): string {
	const bad = (message: string) => new CasebookError({ kind: "refused", rule: "link", message });
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		throw bad("The body is not JSON.");
	}
	const link = typeof value === "object" && value !== null && "link" in value ? value.link : null;
	if (typeof link !== "string") throw bad('The body must be {"link": text}.');
	try {
		decodeLink(link);
	} catch (error) {
		if (!(error instanceof LinkProblem)) throw error;
		throw bad(error.message);
	}
	return link.replace(/^#/, "");
}
