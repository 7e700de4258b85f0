import { type ColumnType, DOUBLE, type Field, sqlType, TEXT } from "@/lib/model";
import { ident } from "./ddl";
import { AUDIT_LOG_COLUMNS, BASELINE_COLUMNS, OPEN_TABLES, SESSION_COLUMNS } from "./open-fields";

/** A stored table of an open table: files whose records have the same columns share one. */
export interface Variant {
	table: string;
	fields: readonly Field[];
}

/** The view of an open table over all its variants, and what stands on it. */
export function openViews(name: string, variants: readonly Variant[]): string {
	switch (name) {
		case "sessions":
			return sessionViews(variants);
		case "baselines":
			return baselineViews(variants);
		case "audit_log":
			return auditLogView(variants);
		default:
			return `CREATE OR REPLACE VIEW ws.main.${ident(name)} AS ${union(variants, OPEN_TABLES[name]!)};`;
	}
}

/**
 * `audit_log` with the state of each link, by the order of the rows in their file: whether `prev_hmac` is the row before's `hmac`.
 * That a row's own bytes were not changed is another question, which takes the key.
 */
function auditLogView(variants: readonly Variant[]): string {
	return `CREATE OR REPLACE VIEW ws.main.audit_log AS
SELECT *, CASE WHEN prev_hmac IS NULL OR hmac IS NULL THEN 'incomplete'
  WHEN lag(line) OVER chain IS NULL THEN CASE WHEN prev_hmac = repeat('0', 64) THEN 'first' ELSE 'broken' END
  WHEN lag(hmac) OVER chain = prev_hmac THEN 'linked' ELSE 'broken' END AS chain_state
FROM (${union(variants, AUDIT_LOG_COLUMNS)})
WINDOW chain AS (PARTITION BY source, subject_id ORDER BY line);`;
}

/** `sessions` and `attempts` over all their variants. Extra fields of any variant come after the known ones. */
function sessionViews(variants: readonly Variant[]): string {
	const list = variants.map(({ fields }) => fields.find((field) => field.name === "attempts")!.type).reduce(common);
	const inner = list.kind === "list" && list.of.kind === "struct" ? list.of.fields : [];
	const columns = inner.map((field) => `a.${ident(field.name)} AS ${ident(field.name)}`).join(", ");
	return `CREATE OR REPLACE VIEW ws.main.sessions AS ${union(variants, SESSION_COLUMNS)};
CREATE OR REPLACE VIEW ws.main.attempts AS
SELECT s.session_id, s.daemon, s.timestamp, ${columns}, s.source, s.line, s.byte_offset FROM ws.main.sessions s, UNNEST(s.attempts) AS t(a);`;
}

/** `baselines` and `baseline_metrics` over all their variants. */
function baselineViews(variants: readonly Variant[]): string {
	return `CREATE OR REPLACE VIEW ws.main.baselines AS ${union(variants, BASELINE_COLUMNS)};
CREATE OR REPLACE VIEW ws.main.baseline_metrics AS
SELECT recorded_at, git_commit, runtime, e.key AS metric, e.value AS value, source, line, byte_offset
FROM ws.main.baselines, UNNEST(map_entries(metrics)) AS t(e);`;
}

/**
 * Known columns first, then what else any variant has, then where the row came from. A column whose kind differs
 * from file to file is text, so that one odd log never breaks the view of all; integers beside decimals are doubles.
 */
function union(variants: readonly Variant[], known: readonly Field[]): string {
	const where = ["source", "line", "byte_offset", "absent"];
	const types = new Map<string, ColumnType>();
	for (const { fields } of variants) for (const field of fields) types.set(field.name, types.has(field.name) ? common(types.get(field.name)!, field.type) : field.type);
	const head = known.map((field) => field.name).filter((name) => !where.includes(name));
	const extra = [...types.keys()].filter((name) => !head.includes(name) && !where.includes(name));
	const parts = variants.map(({ table, fields }) => `SELECT ${fields.map((field) => asCommon(field, types.get(field.name)!)).join(", ")} FROM ws.main.${ident(table)}`);
	return `SELECT ${[...head, ...extra, ...where].map(ident).join(", ")} FROM (${parts.join("\nUNION ALL BY NAME ")})`;
}

function asCommon(field: Field, type: ColumnType): string {
	const name = ident(field.name);
	return sqlType(field.type) === sqlType(type) ? name : `CAST(${name} AS ${sqlType(type)}) AS ${name}`;
}

/** The narrowest type that holds the values of both. */
function common(a: ColumnType, b: ColumnType): ColumnType {
	if (sqlType(a) === sqlType(b)) return a;
	if (a.kind === "list" && b.kind === "list") return { kind: "list", of: common(a.of, b.of) };
	if (a.kind === "struct" && b.kind === "struct") {
		const names = [...new Set([...a.fields, ...b.fields].map((field) => field.name))];
		return {
			kind: "struct",
			fields: names.map((name) => {
				const [left, right] = [a.fields.find((field) => field.name === name)?.type, b.fields.find((field) => field.name === name)?.type];
				return { name, type: left && right ? common(left, right) : (left ?? right)! };
			}),
		};
	}
	const numeric = (type: ColumnType) => type.kind === "int64" || type.kind === "double";
	return numeric(a) && numeric(b) ? DOUBLE : TEXT;
}

/** A source's view under its own path: the rows of its table that came from it, with that table's columns. */
export function sourceView(path: string, table: string, viewName = path): string {
	return `CREATE OR REPLACE VIEW ws.main.${ident(viewName)} AS SELECT * FROM ws.main.${ident(table)} WHERE source = '${path.replaceAll("'", "''")}';`;
}
