import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parquetChunks } from "@/lib/answer/export-parquet";
import { openNodeEngine } from "@/lib/engine/open-node";
import { type Figure, timed } from "./figure";
import { nativeDuckDb } from "./peer";

const SQL = `SELECT range AS i8, range::INTEGER AS i4, range::UTINYINT AS u1, range / 8 AS d, (range / 8)::FLOAT AS f, (range / 8)::DECIMAL(9,3) AS p9, (range / 8)::DECIMAL(18,3) AS p18, (range / 8)::DECIMAL(38,3) AS p38, range % 2 = 0 AS ok, nullif('w' || range, 'w3') AS word,
	TIMESTAMP_NS '2026-05-02 12:58:41.123456789' AS ns, TIMESTAMP '2026-05-02 12:58:41.123456' + to_seconds(range) AS us, DATE '2026-05-02' + range::INTEGER AS day, TIME '12:58:41.5' AS clock, 'a\\x00'::BLOB AS raw FROM range(200)`;

/** Parquet that is exported here, as native DuckDB reads it: the same types and values in every column. */
export const parquet: Figure = {
	name: "parquet",
	describe: "an exported Parquet file as native DuckDB reads it: types and values",
	async run({ folder, report }) {
		const { DuckDBInstance } = await nativeDuckDb();
		const engine = await openNodeEngine();
		const instance = await DuckDBInstance.create(":memory:");
		const connection = await instance.connect();
		try {
			const ours = await engine.query(SQL, { role: "user" });
			const place = path.join(folder, "rows.parquet");
			const took = await timed(async () => {
				const parts: Uint8Array[] = [];
				for await (const part of parquetChunks(ours, { groupRows: 64 })) parts.push(part.bytes);
				await writeFile(place, Buffer.concat(parts));
			});
			const names = ours.columns.map((column) => column.name);
			const texts = names.map((name) => `${name}::VARCHAR AS ${name}`).join(", ");
			const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
			const types = (await rowsOf(`DESCRIBE FROM read_parquet('${place}')`)).map((row) => row[1]);
			const [read, meant] = [await rowsOf(`SELECT ${texts} FROM read_parquet('${place}')`), await rowsOf(`SELECT ${texts} FROM (${SQL})`)];
			const wrong = names.filter((_, at) => types[at] !== ours.columns[at]!.type || meant.some((row, n) => row[at] !== read[n]?.[at]));
			report({ what: "columns that differ", unit: "columns", values: [wrong.length], goal: 0, note: wrong.length === 0 ? `${names.length} columns, ${read.length} rows` : wrong.join(", ") });
			report({ what: "writing 200 rows", unit: "ms", values: [took] });
		} finally {
			connection.closeSync();
			instance.closeSync();
			await engine.close();
		}
	},
};
