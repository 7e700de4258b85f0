import type { Engine } from "@/lib/engine/engine";
import { bind, type NamedQuery, type Params } from "@/lib/tables/query";

export interface EvidenceRows {
	/** the figure's own query, as it ran */
	sql: string;
	elapsedMs: number;
	/** rows of the figure's own query */
	rows: number;
	/** where the figure comes from, in the twin's order; at most `limit` */
	lines: { source: string; line: number | null }[];
	linesTotal: number;
	/** every source behind the figure */
	sources: string[];
}

/** What a figure rests on: its query run again, and the source lines that its `rows` twin selects. */
export async function evidenceOf(engine: Engine, query: NamedQuery<Params, unknown>, params: Params, limit: number, signal?: AbortSignal): Promise<EvidenceRows> {
	const options = { role: query.foreign ? ("check" as const) : ("page" as const), ...(signal ? { signal } : {}) };
	const sql = query.foreign ? query.sql : bind(query.sql, params);
	const twin = query.foreign ? query.rows : bind(query.rows, onlyUsed(query.rows, params));
	const figure = await engine.query(sql, options);
	await figure.complete;
	const lines = await engine.query(`SELECT source, line FROM (${twin}) LIMIT ${limit}`, options);
	await lines.complete;
	const total = await engine.query(`SELECT count(*) FROM (${twin})`, options);
	await total.complete;
	const sources = await engine.query(`SELECT DISTINCT source FROM (${twin}) WHERE source IS NOT NULL ORDER BY source LIMIT 50`, options);
	await sources.complete;
	return {
		sql,
		elapsedMs: figure.elapsedMs,
		rows: figure.numRows,
		lines: Array.from({ length: lines.numRows }, (_, row) => {
			const line = lines.cell(row, 1);
			return { source: lines.text(row, 0) ?? "", line: line === null ? null : Number(line) };
		}),
		linesTotal: Number(total.cell(0, 0)),
		sources: Array.from({ length: sources.numRows }, (_, row) => sources.text(row, 0) ?? ""),
	};
}

function onlyUsed(sql: string, params: Params): Params {
	return Object.fromEntries(Object.entries(params).filter(([name]) => new RegExp(`\\$${name}(?![a-z0-9_])`).test(sql)));
}
