/**
 * Repairs text that was UTF-8 once and was decoded as Mac Roman or Windows-1252, which turns a check mark into
 * three unrelated characters.
 */

/** What bytes 0x80 to 0xFF mean in Mac Roman. */
const MAC_ROMAN =
	"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü" +
	"†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
	"¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›\ufb01\ufb02" +
	"‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/** What bytes 0x80 to 0xFF mean in Windows-1252; the five bytes without a meaning are the C1 controls, as decoders read them. */
const WINDOWS_1252 =
	"€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ" +
	"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿" +
	"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß" +
	"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

export type MisreadAs = "Mac Roman" | "Windows-1252";

export interface Repair {
	/** the repaired text, or the text as it was given */
	text: string;
	repaired: boolean;
	/** as which encoding the text had been read; only where it was repaired */
	from?: MisreadAs;
	/** how many runs of non-ASCII characters were replaced; 0 where nothing was repaired */
	runs: number;
}

const ENCODINGS: readonly { name: MisreadAs; bytes: ReadonlyMap<string, number> }[] = [
	{ name: "Mac Roman", bytes: byteTable(MAC_ROMAN) },
	{ name: "Windows-1252", bytes: byteTable(WINDOWS_1252) },
];

const NON_ASCII_RUN = /[^\x00-\x7f]+/g;

/**
 * Repairs a whole document or leaves it alone, never run by run: a good document may hold a token that happens to
 * read as UTF-8, and a document about broken text quotes it. It is repaired only where every run of non-ASCII
 * characters is valid UTF-8 once it is written back in one and the same encoding, and at least one run comes out
 * as something that people write. Lines keep their numbers.
 */
export function repairText(text: string): Repair {
	const runs = text.match(NON_ASCII_RUN);
	if (runs === null) return { text, repaired: false, runs: 0 };
	const distinct = new Set(runs);
	for (const encoding of ENCODINGS) {
		const decoded = decodeAll(distinct, encoding.bytes);
		if (decoded === null) continue;
		return { text: text.replace(NON_ASCII_RUN, (run) => decoded.get(run) ?? run), repaired: true, from: encoding.name, runs: runs.length };
	}
	return { text, repaired: false, runs: 0 };
}

/** What each run reads as, or null where one does not read or none makes sense. */
function decodeAll(runs: ReadonlySet<string>, bytes: ReadonlyMap<string, number>): Map<string, string> | null {
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	const decoded = new Map<string, string>();
	let sensible = false;
	for (const run of runs) {
		const raw = new Uint8Array(run.length);
		for (let i = 0; i < run.length; i++) {
			const byte = bytes.get(run.charAt(i));
			if (byte === undefined) return null;
			raw[i] = byte;
		}
		let read: string;
		try {
			read = decoder.decode(raw);
		} catch {
			return null;
		}
		// nobody writes control characters or non-characters; text that decodes to them was not UTF-8
		if (/[\u0080-\u009f\ufffe\uffff]/.test(read)) return null;
		decoded.set(run, read);
		sensible ||= isSensible(read);
	}
	return sensible ? decoded : null;
}

/**
 * Two-byte sequences arise by chance in good text (a unit with an exponent reads as a rare letter), so one of them
 * only counts where it is a common Latin letter or sign. Three or more bytes, or three letters in a row, do not arise by chance.
 */
function isSensible(read: string): boolean {
	return /[\u00a0-\u00ff]/.test(read) || /[\u2000-\ud7ff\uf900-\ufffd]|[\ud800-\udbff][\udc00-\udfff]/.test(read) || /\p{L}{3}/u.test(read);
}

function byteTable(characters: string): ReadonlyMap<string, number> {
	return new Map(Array.from(characters, (character, i) => [character, 0x80 + i]));
}
