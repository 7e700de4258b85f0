import { guarded } from "@/lib/workspace/guard";
import { servedFolder } from "@/lib/workspace/served";

export const dynamic = "force-dynamic";

/** Bytes `[from, to)` of one file, at most 8 MiB; its whole size and time are in headers. */
export const GET = guarded(async (request) => {
	const asked = new URL(request.url).searchParams;
	const { bytes, modifiedAt, size } = await servedFolder().range(asked.get("path") ?? "", whole(asked.get("from")), whole(asked.get("to")));
	const headers = { "Content-Type": "application/octet-stream", "x-casebook-modified": modifiedAt, "x-casebook-bytes": String(size) };
	return new Response(bytes.slice(), { headers });
});

function whole(text: string | null): number {
	return text !== null && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
}
