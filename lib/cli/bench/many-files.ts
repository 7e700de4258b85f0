import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Random } from "../sample/random";

/** Text whose figures may vary; everything else is copied as it is. */
const TEXT = /\.(md|txt|log|json|jsonl|csv|xml)$/;

/**
 * Writes at least `count` files below `to`: the files of `from` again and again, each copy in a folder of its own with dates and
 * last digits of its own. Returns how many they are and their bytes.
 */
export async function multiply(from: string, to: string, count: number): Promise<{ files: number; bytes: number }> {
	const names = (await readdir(from, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.relative(from, path.join(entry.parentPath, entry.name)));
	const contents = await Promise.all(names.sort().map(async (name) => ({ name, bytes: await readFile(path.join(from, name)) })));
	const made = new Set<string>();
	let files = 0;
	let bytes = 0;
	for (let copy = 0; files < count; copy++) {
		const random = new Random(`bench copy ${copy}`);
		const day = String(1 + (copy % 28)).padStart(2, "0");
		for (const { name, bytes: original } of contents) {
			const target = path.join(to, `investigation-${String(copy).padStart(4, "0")}`, name.replace(/(20\d\d)(1[0-2]|0\d)\d\d(?=T)/, `$1$2${day}`));
			const folder = path.dirname(target);
			if (!made.has(folder)) await mkdir(folder, { recursive: true });
			made.add(folder);
			const content = TEXT.test(name) ? varied(original.toString("latin1"), random, day) : original;
			await writeFile(target, content);
			bytes += content.length;
			files++;
		}
	}
	return { files, bytes };
}

/** Other last digits of decimals, and another day; bytes that are no ASCII stay as they are. */
function varied(text: string, random: Random, day: string): Buffer {
	const digits = text.replace(/(\d\.\d+)\d(?![\d.])/g, (_, head: string) => `${head}${random.int(1, 9)}`);
	return Buffer.from(digits.replace(/(20\d\d-\d\d-)\d\d(?=[T ])/g, `$1${day}`), "latin1");
}
