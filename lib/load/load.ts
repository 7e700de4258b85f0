import type { Engine } from "@/lib/engine/engine";
import type { Workspace } from "@/lib/workspace/types";
import type { LoadProgress } from "./events";
import { Loader } from "./loader";
import { readWorkspace } from "./read-workspace";
import type { SourceInfo } from "./source-text";

export interface Loaded {
	name: string;
	progress: LoadProgress;
	infos: Map<string, SourceInfo>;
	loader: Loader;
}

/** Loads a workspace into an engine in one thread: the command line and the tests. Throws CasebookError. */
export async function load(workspace: Workspace, engine: Engine, signal?: AbortSignal): Promise<Loaded> {
	const loader = await Loader.prepare(engine);
	const infos = new Map<string, SourceInfo>();
	let name = workspace.name;
	let progress: LoadProgress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, records: 0, rejects: 0, rejectFiles: 0, current: null };
	await readWorkspace(
		workspace,
		async (event) => {
			if (event.type === "manifest") name = event.name;
			else if (event.type === "progress") progress = event.progress;
			else if (event.type === "sources") for (const info of event.infos) infos.set(info.path, info);
			return loader.take(event);
		},
		signal,
	);
	return { name, progress, infos, loader };
}
