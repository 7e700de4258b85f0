/** A figure in prose: `{{ cell.column }}`, or `{{ cell.column[2] }}` for the third row. */
export interface FigureReference {
	cell: string;
	column: string;
	/** 0-based row */
	row: number;
	/** as it stands in the text */
	raw: string;
	start: number;
	end: number;
}

const FIGURE = /\{\{\s*([A-Za-z_]\w{0,62})\.([A-Za-z_]\w{0,62}|"[^"{}\n]{1,200}")(?:\[(\d{1,6})\])?\s*\}\}/g;

/** The figures of a text, in order. Braces that are no figure are text. */
export function figuresOf(text: string): FigureReference[] {
	return [...text.matchAll(FIGURE)].map((match) => ({ cell: match[1]!, column: match[2]!.replaceAll('"', ""), row: Number(match[3] ?? 0), raw: match[0], start: match.index, end: match.index + match[0].length }));
}
