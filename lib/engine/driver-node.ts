import { createRequire } from "node:module";
import path from "node:path";
import type { DuckDBBindings, DuckDBConnection } from "@duckdb/duckdb-wasm/blocking";
import type { RecordBatch } from "apache-arrow";
import type { BatchStream, Driver, DriverConnection } from "./driver";

/** The same engine in plain Node, without a worker: the command line and the unit tests run on what ships. */
export async function nodeDriver(): Promise<Driver> {
	const require = createRequire(import.meta.url);
	const duckdb: typeof import("@duckdb/duckdb-wasm/blocking") = require("@duckdb/duckdb-wasm/blocking");
	const dist = path.dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
	const bundle = (name: string) => ({ mainModule: path.join(dist, `duckdb-${name}.wasm`), mainWorker: "" });
	const db: DuckDBBindings = await duckdb.createDuckDB({ mvp: bundle("mvp"), eh: bundle("eh") }, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
	await db.instantiate(() => {});
	db.open({ path: ":memory:" });
	return {
		version: db.getVersion(),
		cancel: "none",
		connect: async () => connection(db.connect()),
		tokenize: async (sql) => db.tokenize(sql),
		terminate: async () => db.reset(),
		onDeath: () => {},
	};
}

function connection(conn: DuckDBConnection): DriverConnection {
	return {
		run: async (sql) => {
			conn.query(sql);
		},
		send: async (sql): Promise<BatchStream> => {
			const reader = await conn.send(sql, true);
			reader.open();
			return {
				schema: reader.schema,
				next: async () => {
					const step = reader.next();
					return step.done ? null : (step.value as RecordBatch);
				},
			};
		},
		insert: async (table, stream) => {
			conn.insertArrowFromIPCStream(stream, { name: table, create: false });
			return stream.buffer instanceof ArrayBuffer ? stream.buffer : null;
		},
		cancelSent: async () => conn.cancelSent(),
	};
}
