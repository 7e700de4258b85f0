import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { CasebookError } from "@/lib/model";
import { errorCode, openInside } from "./open";
import { type Before, DISK, type Disk, folderInside, notSaved, putWhole } from "./write-atomic";

/** Short links: what stands behind `#` of a long one, kept in the folder under its own sha256. The walk leaves `.casebook` out. */

/** Where they lie in the folder. */
export const LINKS_FOLDER = [".casebook", "links"] as const;
/** The longest text of a link that is kept. What it unpacks to has a limit of its own. */
export const MAX_LINK_BYTES = 8 * 1024 * 1024;
/** A name that others write to more often meanwhile is left alone. */
const LOOKS = 5;
const ID = /^[0-9a-f]{64}$/;

/** Keeps the text of a link; the same text has the same id. Throws CasebookError (`refused`). */
export async function keepLink(folder: string, text: string, disk: Disk = DISK): Promise<string> {
	const bytes = Buffer.from(text, "utf8");
	const id = createHash("sha256").update(bytes).digest("hex");
	const name = `${id}.txt`;
	try {
		const root = await realpath(folder);
		const place = await folderInside(root, LINKS_FOLDER);
		try {
			for (let look = 0; look < LOOKS; look++) {
				const there = await keptAt(join(place.folder, name));
				if (there?.text === text) return id;
				// Something else under this name is broken, whoever wrote it.
				if (await putWhole(root, place.folder, name, bytes, there, disk)) return id;
			}
		} catch (error) {
			await place.undo();
			throw error;
		}
		throw new CasebookError({ kind: "refused", rule: "no place to save", message: "The link was not kept: another program writes into .casebook/links. Try again." });
	} catch (error) {
		throw notSaved("The link", error);
	}
}

async function keptAt(file: string): Promise<(Before & { text: string }) | null> {
	const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
		if (errorCode(error) === "ENOENT") return null;
		throw error;
	});
	if (handle === null) return null;
	try {
		const stats = await handle.stat({ bigint: true });
		if (!stats.isFile()) throw new CasebookError({ kind: "refused", rule: "save", message: "The link was not kept: its name in .casebook/links is no file." });
		return { stats, text: stats.size > MAX_LINK_BYTES ? "" : await handle.readFile("utf8") };
	} finally {
		await handle.close();
	}
}

/**
 * The text of a kept link. Throws CasebookError (`refused`) for what is no id and for an id that the folder does not have. Whether the text is
 * what the id says is for its reader to find out.
 */
export async function keptLink(folder: string, id: string): Promise<string> {
	if (!ID.test(id)) throw new CasebookError({ kind: "refused", rule: "link", message: "This is no id of a short link: it has 64 digits of 0–9 and a–f. Copy the address again, from start to end." });
	const absent = (cause?: unknown) => new CasebookError({ kind: "refused", rule: "only files of the workspace", message: `This workspace keeps no link whose id begins with ${id.slice(0, 12)}. Ask who sent it for a file, or open it where it was made.` }, cause);
	const root = await realpath(folder, "buffer");
	const absolute = Buffer.from(join(root.toString(), ...LINKS_FOLDER, `${id}.txt`));
	const { handle, stats } = await openInside(root, { absolute, link: false }).catch((error: unknown) => {
		throw absent(error);
	});
	try {
		if (stats.size > MAX_LINK_BYTES) throw absent();
		return await handle.readFile("utf8");
	} finally {
		await handle.close();
	}
}
