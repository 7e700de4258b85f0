import { guarded } from "@/lib/workspace/guard";
import { servedFolder } from "@/lib/workspace/served";

export const dynamic = "force-dynamic";

/** The manifest: every file of the folder, served or left out and why. */
export const GET = guarded(async () => Response.json(await servedFolder().manifest()));
