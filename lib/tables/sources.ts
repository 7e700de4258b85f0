import type { SourceState } from "@/lib/model";
import { defineQuery, type RowReader } from "./query";

export interface SourceRow {
	path: string;
	format: string | null;
	bytes: number;
	sha256: string | null;
	modifiedAt: string | null;
	lines: number | null;
	records: number | null;
	rejects: number;
	blanks: number | null;
	comments: number | null;
	other: number | null;
	pending: number | null;
	rows: number;
	state: SourceState;
	note: string | null;
}

const readSource = (row: RowReader): SourceRow => ({
	path: row.text("path"),
	format: row.textOrNull("format"),
	bytes: row.number("bytes"),
	sha256: row.textOrNull("sha256"),
	modifiedAt: row.textOrNull("modified_at"),
	lines: row.numberOrNull("lines"),
	records: row.numberOrNull("records"),
	rejects: row.number("rejects"),
	blanks: row.numberOrNull("blanks"),
	comments: row.numberOrNull("comments"),
	other: row.numberOrNull("other"),
	pending: row.numberOrNull("pending"),
	rows: row.number("rows"),
	state: row.text("state") as SourceState,
	note: row.textOrNull("note"),
});

/** Every file of the workspace; null filters mean any. */
export const sourceList = defineQuery<{ format: string | null; state: string | null; q: string | null }, SourceRow>({
	name: "source-list",
	describe: "the files of the workspace",
	sql: `SELECT * FROM sources WHERE ($format IS NULL OR format = $format) AND ($state IS NULL OR state = $state) AND ($q IS NULL OR contains(lower(path), lower($q))) ORDER BY path`,
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources WHERE ($format IS NULL OR format = $format) AND ($state IS NULL OR state = $state) AND ($q IS NULL OR contains(lower(path), lower($q)))",
	read: readSource,
});

/** One file of the workspace. */
export const sourceAt = defineQuery<{ path: string }, SourceRow>({
	name: "source",
	describe: "this file",
	sql: "SELECT * FROM sources WHERE path = $path",
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources WHERE path = $path",
	read: readSource,
});

export interface SourceTotals {
	files: number;
	bytes: number;
	lines: number;
	records: number;
	rejects: number;
	blanks: number;
	comments: number;
	other: number;
	pending: number;
}

/** How the lines of the files that match add up. Files without lines count for none. */
export const sourceTotals = defineQuery<{ format: string | null; state: string | null; q: string | null }, SourceTotals>({
	name: "source-totals",
	describe: "the lines of these files, and what became of them",
	sql: `SELECT count(*) AS files, coalesce(sum(bytes), 0)::BIGINT AS bytes, coalesce(sum(lines), 0)::BIGINT AS lines,
  coalesce(sum(records) FILTER (WHERE lines IS NOT NULL), 0)::BIGINT AS records, coalesce(sum(rejects) FILTER (WHERE lines IS NOT NULL), 0)::BIGINT AS rejects,
  coalesce(sum(blanks), 0)::BIGINT AS blanks, coalesce(sum(comments), 0)::BIGINT AS comments, coalesce(sum(other), 0)::BIGINT AS other, coalesce(sum(pending), 0)::BIGINT AS pending
FROM sources WHERE ($format IS NULL OR format = $format) AND ($state IS NULL OR state = $state) AND ($q IS NULL OR contains(lower(path), lower($q)))`,
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources WHERE ($format IS NULL OR format = $format) AND ($state IS NULL OR state = $state) AND ($q IS NULL OR contains(lower(path), lower($q)))",
	read: (row) => ({
		files: row.number("files"),
		bytes: row.number("bytes"),
		lines: row.number("lines"),
		records: row.number("records"),
		rejects: row.number("rejects"),
		blanks: row.number("blanks"),
		comments: row.number("comments"),
		other: row.number("other"),
		pending: row.number("pending"),
	}),
});

/** How many files there are of each format and state. */
export const sourceFacets = defineQuery<Record<string, never>, { format: string | null; state: SourceState; files: number }>({
	name: "source-facets",
	describe: "files by format and state",
	sql: "SELECT format, state, count(*) AS files FROM sources GROUP BY ALL ORDER BY files DESC, format, state",
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources",
	read: (row) => ({ format: row.textOrNull("format"), state: row.text("state") as SourceState, files: row.number("files") }),
});

export interface RejectRow {
	source: string;
	line: number | null;
	byteOffset: number | null;
	reason: string;
	raw: string;
}

/** Lines that could not be read; of one source, or of all with null. */
export const rejectList = defineQuery<{ source: string | null }, RejectRow>({
	name: "reject-list",
	describe: "lines and documents that could not be read",
	sql: "SELECT source, line, byte_offset, reason, left(raw, 400) AS raw FROM rejects WHERE ($source IS NULL OR source = $source) ORDER BY source, line LIMIT 1000",
	rows: "SELECT source, line, byte_offset FROM rejects WHERE ($source IS NULL OR source = $source) ORDER BY source, line",
	read: (row) => ({ source: row.text("source"), line: row.numberOrNull("line"), byteOffset: row.numberOrNull("byte_offset"), reason: row.text("reason"), raw: row.textOrNull("raw") ?? "" }),
});

/** How many lines could not be read, in how many files. */
export const rejectCount = defineQuery<Record<string, never>, { rejects: number; files: number }>({
	name: "reject-count",
	describe: "lines and documents that could not be read",
	sql: "SELECT count(*) AS rejects, count(DISTINCT source) AS files FROM rejects",
	rows: "SELECT source, line, byte_offset FROM rejects ORDER BY source, line",
	read: (row) => ({ rejects: row.number("rejects"), files: row.number("files") }),
});

/** Files that no format claims, and those of formats that are not read yet. */
export const unclaimedFiles = defineQuery<Record<string, never>, { path: string; bytes: number; state: SourceState; format: string | null; note: string | null }>({
	name: "unclaimed-files",
	describe: "files that no format claims",
	sql: "SELECT path, bytes, state, format, note FROM sources WHERE state IN ('unrecognised', 'failed') ORDER BY state, path",
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources WHERE state IN ('unrecognised', 'failed')",
	read: (row) => ({ path: row.text("path"), bytes: row.number("bytes"), state: row.text("state") as SourceState, format: row.textOrNull("format"), note: row.textOrNull("note") }),
});

export interface SchemaColumn {
	table: string;
	tableDescribe: string | null;
	/** true for a view named after a file */
	file: boolean;
	column: string;
	type: string;
	describe: string | null;
}

/** Tables, views and their columns, as the SQL page lists and completes them. */
export const schemaColumns = defineQuery<Record<string, never>, SchemaColumn>({
	name: "schema",
	describe: "tables and columns of the workspace",
	sql: `SELECT c.table_name AS "table", coalesce(t.comment, v.comment) AS table_describe, v.view_name IS NOT NULL AND (contains(c.table_name, '.') OR contains(c.table_name, '/')) AS file,
  c.column_name AS "column", c.data_type AS type, c.comment AS describe
FROM duckdb_columns() c
LEFT JOIN duckdb_tables() t ON t.database_name = c.database_name AND t.schema_name = c.schema_name AND t.table_name = c.table_name
LEFT JOIN duckdb_views() v ON v.database_name = c.database_name AND v.schema_name = c.schema_name AND v.view_name = c.table_name
WHERE c.database_name = 'ws' AND c.schema_name = 'main' AND c.table_name NOT LIKE '\\_%' ESCAPE '\\'
ORDER BY file, c.table_name, c.column_index`,
	rows: "SELECT path AS source, NULL::BIGINT AS line FROM sources",
	read: (row) => ({ table: row.text("table"), tableDescribe: row.textOrNull("table_describe"), file: row.boolean("file"), column: row.text("column"), type: row.text("type"), describe: row.textOrNull("describe") }),
});
