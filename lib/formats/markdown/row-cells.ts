/** What a table inside a quote or a list has before its rows. */
const CONTAINER = /^\s*(?:>\s?|(?:[-*+]|\d{1,9}[.)])\s+)*/;

/** The cells of a table's row by the rules of GitHub Markdown: each `|` that is not escaped ends one, also in code. */
export function rowCells(line: string): string[] {
	const text = line.replace(CONTAINER, "").trim();
	const cells: string[] = [];
	let from = text.startsWith("|") ? 1 : 0;
	for (let i = from; i < text.length; i++) {
		if (text[i] === "\\") i++;
		else if (text[i] === "|") {
			cells.push(text.slice(from, i));
			from = i + 1;
		}
	}
	if (from < text.length || cells.length === 0) cells.push(text.slice(from));
	return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}
