import type { BigIntStats } from "node:fs";
import { lstat } from "node:fs/promises";
import { printableName } from "./names";
import { errorCode, probe } from "./open";

/** What the system says of a name; `problem` is why it, or the file's content, cannot be read. */
export interface Look {
	stats: BigIntStats | null;
	problem: string | null;
}

export async function look(path: Buffer): Promise<Look> {
	try {
		const stats = await lstat(path, { bigint: true });
		return { stats, problem: stats.isFile() ? await probe(path) : null };
	} catch (error) {
		return { stats: null, problem: errorCode(error) };
	}
}

/** What a file that is no file is called. */
export function kindOf(stats: BigIntStats): string {
	if (stats.isFIFO()) return "a named pipe";
	if (stats.isSocket()) return "a socket";
	return "a device";
}

export function joined(folder: Buffer, name: Buffer): Buffer {
	return folder.length === 1 && folder[0] === 0x2f ? Buffer.concat([Buffer.from("/"), name]) : Buffer.concat([folder, Buffer.from("/"), name]);
}

/** A path inside the workspace (`/` between names) as the manifest writes it. */
export function printablePath(path: Buffer): string {
	return path.toString("latin1").split("/").map((name) => printableName(Buffer.from(name, "latin1")).text).join("/");
}
