import { isNotebook } from "@/lib/notebook/parse";
import { CasebookError } from "@/lib/model";
import { guarded, POSTS } from "@/lib/workspace/guard";
import { bodyBytes, servedFolder } from "@/lib/workspace/served";
import { expectedOf, MAX_NOTEBOOK_BYTES } from "@/lib/workspace/write-path";

export const dynamic = "force-dynamic";

/** Whether anything can be saved: `{"write": true}` on a server that was started with `--write`. */
export const GET = guarded(async () => Response.json({ write: servedFolder().writable }));

/**
 * Saves a notebook: the body is the whole file, `path` where it goes. `If-Match: "<sha256>"` names the version that it replaces, `If-None-Match: *`
 * says that there is none. 412 where the file is another; the answer is `{error, sha256, text}` of what is there, null where nothing is.
 */
export const POST = guarded(async (request) => {
	const folder = servedFolder();
	folder.mustBeWritable();
	const expected = expectedOf(request.headers);
	if (expected === null || expected === "unclear") {
		throw new CasebookError({ kind: "refused", rule: expected === null ? "which version" : "save", message: 'Say which version is replaced: If-Match: "<sha256 of the file>", or If-None-Match: * for a new file, one of the two.' });
	}
	const path = new URL(request.url).searchParams.get("path") ?? "";
	const bytes = await bodyBytes(request, MAX_NOTEBOOK_BYTES, `A notebook that is saved has at most ${MAX_NOTEBOOK_BYTES} bytes.`);
	const saved = await folder.save({ path, bytes, expected, isNotebook });
	if (saved.state === "saved") return Response.json({ sha256: saved.sha256 }, { status: saved.isNew ? 201 : 200, headers: { ETag: `"${saved.sha256}"` } });
	const error = saved.text === null ? `${path} is not in the folder any more.` : `${path} in the folder is not the version that was opened.`;
	return Response.json({ error, sha256: saved.sha256, text: saved.text }, { status: 412 });
}, POSTS["/api/workspace/save"]);
