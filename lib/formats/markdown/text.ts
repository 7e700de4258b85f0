const EMOJI = /(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[⚠✔✓✗✘✖☑☐☒⏱⏸])(?:\uFE0F|\u200D|\p{Emoji_Modifier})*/gu;

/** One line: runs of white space become one blank. */
export function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}

/** The text on one line without emoji and check marks. */
export function withoutEmoji(text: string): string {
	return oneLine(text.replace(EMOJI, " "));
}

/** The text of a source line without the marks of emphasis and code. */
export function withoutMarkup(text: string): string {
	return oneLine(text.replace(/\*\*|__|`/g, ""));
}

export interface CellNumber {
	number: number;
	unit: string | null;
}

const NUMBER = /^([-+\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(?:[eE]([-+]?\d{1,4})|\s?[×x]\s?10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})|\s?[×x]\s?10\^([-+]?\d{1,4}))?(?:\s?(%|‰|×|°[CF]?|[A-Za-zµμ]{1,12}(?:\/[A-Za-z]{1,8})?))?$/u;
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * The number that a whole cell is, with its unit: `1,234`, `12.5 %` (12.5, not 0.125), `3.2e-6`, `1.16×10⁵`, `37.79 px`.
 * Null for anything else, such as a bound, an approximation, a range or an ordinal.
 */
export function cellNumber(text: string): CellNumber | null {
	const cell = withoutEmoji(text);
	if (cell.length > 60) return null;
	const match = NUMBER.exec(cell);
	if (!match || !/\d/.test(match[1]!)) return null;
	const superscript = match[3]?.replace("⁻", "-").replace("⁺", "").replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, (digit) => String(SUPERSCRIPT.indexOf(digit)));
	const exponent = match[2] ?? superscript ?? match[4];
	const digits = match[1]!.replace(/,/g, "").replace("\u2212", "-");
	const number = Number(exponent === undefined ? digits : `${digits}e${exponent}`);
	const unit = match[5] ?? null;
	if (!Number.isFinite(number) || (unit !== null && /^(?:st|nd|rd|th|e|x)$/i.test(unit))) return null;
	return { number, unit };
}
