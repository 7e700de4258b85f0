import { guarded } from "@/lib/workspace/guard";
import { bodyText, servedFolder } from "@/lib/workspace/served";

export const dynamic = "force-dynamic";

/** The bytes of up to 500 files as one stream of frames (`lib/workspace/frames.ts`). Body: `{"paths": […]}`. */
export const POST = guarded(
	async (request) => new Response(await servedFolder().batch(await bodyText(request)), { headers: { "Content-Type": "application/octet-stream" } }),
	{ post: true },
);
