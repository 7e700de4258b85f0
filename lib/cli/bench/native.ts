import { timed } from "./figure";
import { nativeDuckDb } from "./peer";

/**
 * The peer: native DuckDB on one thread reads the file by itself into a table. `cold` is the first time in a fresh
 * instance, `warm` the same instance after the table was dropped.
 */
export async function nativeLoad(path: string, runs: number): Promise<{ cold: number; warm: number[]; rows: number }> {
	const { DuckDBInstance } = await nativeDuckDb();
	const instance = await DuckDBInstance.create(":memory:");
	const connection = await instance.connect();
	try {
		await connection.run("SET threads=1");
		const load = () => timed(() => connection.run(`CREATE TABLE log AS SELECT * FROM read_json_auto('${path.replaceAll("'", "''")}')`));
		const cold = await load();
		const warm: number[] = [];
		for (let run = 0; run < runs; run++) {
			await connection.run("DROP TABLE log");
			warm.push(await load());
		}
		const reader = await connection.runAndReadAll("SELECT count(*) FROM log");
		return { cold, warm, rows: Number(reader.getRows()[0]?.[0]) };
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

/** The version that ran. */
export async function nativeVersion(): Promise<string> {
	const { DuckDBInstance } = await nativeDuckDb();
	const instance = await DuckDBInstance.create(":memory:");
	const connection = await instance.connect();
	try {
		return String((await connection.runAndReadAll("SELECT version()")).getRows()[0]?.[0]);
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}
