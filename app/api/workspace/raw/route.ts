import { attachment, guarded } from "@/lib/workspace/guard";
import { servedFolder } from "@/lib/workspace/served";

export const dynamic = "force-dynamic";

/** One file to keep: always a download, never shown on this origin. */
export const GET = guarded(async (request) => {
	const path = new URL(request.url).searchParams.get("path") ?? "";
	const { stream, size, modifiedAt } = await servedFolder().whole(path);
	const headers = {
		"Content-Type": "application/octet-stream",
		"Content-Length": String(size),
		"Content-Disposition": attachment(path.slice(path.lastIndexOf("/") + 1)),
		"x-casebook-modified": modifiedAt,
	};
	return new Response(stream, { headers });
});
