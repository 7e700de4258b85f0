import { defineQuery } from "./query";

/** Documents whose front matter says that they are notebooks. */
export const notebookList = defineQuery<Record<never, never>, { path: string; title: string | null; sections: number; sha256: string | null }>({
	name: "notebook-list",
	describe: "the notebooks of this workspace",
	sql: `SELECT d.source AS path, d.title, (SELECT count(*) FROM doc_sections s WHERE s.source = d.source) AS sections, f.sha256
FROM docs d JOIN sources f ON f.path = d.source WHERE d.kind = 'notebook' ORDER BY d.source`,
	rows: "SELECT source, line FROM docs WHERE kind = 'notebook' ORDER BY source",
	read: (row) => ({ path: row.text("path"), title: row.textOrNull("title"), sections: row.number("sections"), sha256: row.textOrNull("sha256") }),
});

/** The hash of every source that was read, to hold pins against. */
export const sourceHashes = defineQuery<Record<never, never>, { path: string; sha256: string | null }>({
	name: "source-hashes",
	describe: "sha256 of each source",
	sql: "SELECT path, sha256 FROM sources WHERE state <> 'left out' ORDER BY path",
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources WHERE state <> 'left out' ORDER BY path",
	read: (row) => ({ path: row.text("path"), sha256: row.textOrNull("sha256") }),
});
