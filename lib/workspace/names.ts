/**
 * File names are bytes; a manifest is text. A name that is no UTF-8, or that holds characters which a terminal or a
 * page would act on instead of showing, is written with escapes. The file is found by its bytes all the same.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** C0, DEL, C1, line separators, and the marks that turn the direction of text */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** One name (no `/` in it) as it stands in a manifest path; `escaped` says that it differs from the file's own. */
export function printableName(name: Uint8Array): { text: string; escaped: boolean } {
	let text: string;
	let escaped = false;
	try {
		text = strict.decode(name);
	} catch {
		escaped = true;
		text = "";
		for (let i = 0; i < name.length; ) {
			const size = sequenceLength(name, i);
			if (size === 0) {
				text += `\\x${name[i]!.toString(16).padStart(2, "0")}`;
				i++;
			} else {
				text += strict.decode(name.subarray(i, i + size));
				i += size;
			}
		}
	}
	const shown = text.replace(UNPRINTABLE, (character) => {
		const code = character.charCodeAt(0);
		return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
	});
	return { text: shown, escaped: escaped || shown !== text };
}

/** Length of the valid UTF-8 sequence at `at`, 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
	for (let size = 1; size <= 4 && at + size <= bytes.length; size++) {
		try {
			strict.decode(bytes.subarray(at, at + size));
			return size;
		} catch {
			// longer sequences are tried next
		}
	}
	return 0;
}
