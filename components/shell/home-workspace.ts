import type { ReadFrom } from "@/lib/load/worker-protocol";
import { beside, IS_STATIC } from "./asset-urls";

/** The workspace that the app comes with: the folder behind the server, or the files beside a static copy. */
export function homeWorkspace(): ReadFrom {
	return IS_STATIC ? { kind: "static", base: beside("/workspace") } : { kind: "served", origin: location.origin };
}

/** Where it comes from, in words for its title. */
export const HOME_WORDS = IS_STATIC ? "static copy" : "served folder";
