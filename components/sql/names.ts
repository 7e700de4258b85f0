/** How names are written into SQL. */

const RESERVED = new Set(
	"all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with".split(
		" ",
	),
);

/** A column, or a table of Casebook, in double quotes where it needs them. */
export function quoted(name: string): string {
	return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A file's view, as `FROM` takes it: `'logs/sessions.jsonl'`. */
export function quotedPath(path: string): string {
	return `'${path.replaceAll("'", "''")}'`;
}
