import { AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger } from "@duckdb/duckdb-wasm";
import type { RecordBatch } from "apache-arrow";
import type { BatchStream, Driver, DriverConnection } from "./driver";

export interface BrowserEngineUrls {
	/** the engine's script, best behind `engine-worker.ts`, without which rows cost more memory */
	worker: string;
	wasm: string;
}

/** DuckDB in a worker of its own. Both files come from the app's own origin. */
export async function browserDriver(urls: BrowserEngineUrls): Promise<Driver> {
	const worker = new Worker(urls.worker);
	const deaths: ((reason: string) => void)[] = [];
	const died = new Promise<never>((_, reject) => {
		worker.addEventListener("error", (event) => {
			const reason = event.message || "the engine's worker could not be started";
			reject(new Error(reason));
			for (const listener of deaths) listener(reason);
		});
	});
	died.catch(() => {});
	// Heard before the answer that it comes with is dealt with (see `engine-worker.ts`). Rows are appended one piece after the other.
	let lent: ArrayBuffer | null = null;
	worker.addEventListener("message", ({ data }: MessageEvent<{ lent?: unknown } | null>) => {
		if (data?.lent instanceof ArrayBuffer) lent = data.lent;
	});
	const takeLent = () => {
		const memory = lent;
		lent = null;
		return memory;
	};
	const db = new AsyncDuckDB(new VoidLogger(), worker);
	await Promise.race([db.instantiate(urls.wasm), died]);
	await db.open({ path: ":memory:" });
	const version = await db.getVersion();
	return {
		version,
		cancel: "query",
		connect: async () => connection(await db.connect(), died, takeLent),
		tokenize: (sql) => Promise.race([db.tokenize(sql), died]),
		terminate: async () => worker.terminate(),
		onDeath: (listener) => deaths.push(listener),
	};
}

function connection(conn: AsyncDuckDBConnection, died: Promise<never>, takeLent: () => ArrayBuffer | null): DriverConnection {
	const alive = <T>(promise: Promise<T>) => Promise.race([promise, died]);
	return {
		run: async (sql) => {
			await alive(conn.query(sql));
		},
		send: async (sql): Promise<BatchStream> => {
			const reader = await alive(conn.send(sql, true));
			await alive(reader.open());
			return {
				schema: reader.schema,
				next: async () => {
					const step = await alive(reader.next());
					return step.done ? null : (step.value as RecordBatch);
				},
			};
		},
		insert: async (table, stream) => {
			await alive(conn.insertArrowFromIPCStream(stream, { name: table, create: false }));
			return takeLent();
		},
		cancelSent: () => conn.cancelSent(),
	};
}
