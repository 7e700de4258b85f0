import type { Field } from "@/lib/model";
import { ident } from "./ddl";
import { BASELINE_COLUMNS, SESSION_COLUMNS } from "./fields";

/** A stored table of sessions or baselines: files whose records have the same columns share one. */
export interface Variant {
	table: string;
	fields: readonly Field[];
}

/** `sessions` and `attempts` over all their variants. Extra fields of any variant come after the known ones. */
export function sessionViews(variants: readonly Variant[]): string {
	const attempts = variants.map(({ table, fields }) => {
		const list = fields.find((field) => field.name === "attempts")?.type;
		const inner = list?.kind === "list" && list.of.kind === "struct" ? list.of.fields : [];
		const columns = inner.map((field) => `a.${ident(field.name)} AS ${ident(field.name)}`).join(", ");
		return `SELECT s.session_id, s.daemon, s.timestamp, ${columns}, s.source, s.line, s.byte_offset FROM ws.main.${ident(table)} s, UNNEST(s.attempts) AS t(a)`;
	});
	return `CREATE OR REPLACE VIEW ws.main.sessions AS ${union(variants, SESSION_COLUMNS)};
CREATE OR REPLACE VIEW ws.main.attempts AS ${attempts.join("\nUNION ALL BY NAME ")};`;
}

/** `baselines` and `baseline_metrics` over all their variants. */
export function baselineViews(variants: readonly Variant[]): string {
	return `CREATE OR REPLACE VIEW ws.main.baselines AS ${union(variants, BASELINE_COLUMNS)};
CREATE OR REPLACE VIEW ws.main.baseline_metrics AS
SELECT recorded_at, git_commit, runtime, e.key AS metric, e.value AS value, source, line, byte_offset
FROM ws.main.baselines, UNNEST(map_entries(metrics)) AS t(e);`;
}

/** Known columns first, then what else any variant has, then where the row came from. */
function union(variants: readonly Variant[], known: readonly Field[]): string {
	const where = ["source", "line", "byte_offset", "absent"];
	const head = known.map((field) => field.name).filter((name) => !where.includes(name));
	const extra = [...new Set(variants.flatMap(({ fields }) => fields.map((field) => field.name)))].filter((name) => !head.includes(name) && !where.includes(name));
	const columns = [...head, ...extra, ...where].map(ident).join(", ");
	return `SELECT ${columns} FROM (${variants.map(({ table }) => `FROM ws.main.${ident(table)}`).join("\nUNION ALL BY NAME ")})`;
}

/** A source's view under its own path: the rows of its table that came from it, with that table's columns. */
export function sourceView(path: string, table: string, viewName = path): string {
	return `CREATE OR REPLACE VIEW ws.main.${ident(viewName)} AS SELECT * FROM ws.main.${ident(table)} WHERE source = '${path.replaceAll("'", "''")}';`;
}
