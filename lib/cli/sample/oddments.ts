import { type SampleFile, textFile } from "./file";
import { Random } from "./random";

/** The upper half of Mac Roman, from 0x80. */
const MAC_ROMAN =
	"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/** The same file after an editor took its UTF-8 for Mac Roman and saved what it saw. */
export function misdecoded(file: SampleFile): SampleFile {
	return textFile(file.path, Array.from(file.bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : MAC_ROMAN[byte - 0x80]!)).join(""));
}

/** Files that nothing reads, and what a workspace leaves out. */
export function oddments(): SampleFile[] {
	const random = new Random("oddments");
	const text = new TextEncoder();
	// A pickled list of floats, as a plotting script leaves it: protocol 2, each float as G and eight bytes.
	const pickle = [0x80, 2, 0x5d, 0x71, 0, 0x28];
	const view = new DataView(new ArrayBuffer(8));
	for (let i = 0; i < 256; i++) {
		view.setFloat64(0, random.int(0, 100_000) / 1000);
		pickle.push(0x47, ...new Uint8Array(view.buffer));
	}
	pickle.push(0x65, 0x2e);
	// What a merge tool left: two drafts of a note, glued with its own record marks.
	const notes = [...text.encode("ORIG"), 0, 0, 1, 0x1f, ...text.encode("ask the coordinators which fills were wrong"), 0, 0, 0xff, 0xfe, 0x0b, ...text.encode("fence scanner: compare with the commit before"), 0, 0, 0, 0];
	return [
		{ path: "heatmap.pkl", bytes: Uint8Array.from(pickle) },
		{ path: "notes.orig", bytes: Uint8Array.from(notes) },
		textFile(".gitignore", "# tried out and thrown away\nscratch/\n"),
		textFile("scratch/ignored.log", "2026-05-04T09:58:12Z trying the fence scanner on one output\n2026-05-04T10:02:40Z same output, old scanner: finds the object\n"),
	];
}
