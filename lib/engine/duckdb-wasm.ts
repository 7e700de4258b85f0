import { Type } from "apache-arrow";
import { type Batch, CasebookError, type Field, quote } from "@/lib/model";
import { encode } from "./arrow";
import type { BatchStream, Driver } from "./driver";
import type { Capabilities, Engine, QueryOptions, QueryResult, Scan } from "./engine";
import { engineFailure } from "./errors";
import { operatorNames, scansOf } from "./explain";
import { idlest, Lane } from "./pool";
import { StreamedResult } from "./result";
import { allow, innerStatement, reachesTheEngine, reads, type Statement, splitStatements } from "./statements";
import { createTableSql } from "./types";

const PAGE_LANES = 2;
const USER_LANES = 4;
/** the lexer's kind of `;`, and its byte */
const OPERATOR = 3;
const SEMICOLON = 0x3b;
const MAX_ROWS = 1_000_000;
/** how long a cancelled statement may go on before the engine is stopped */
const CANCEL_GRACE_MS = 1000;

/**
 * Opens DuckDB, attaches the catalog of sources (`ws`) and one scratch catalog a user connection, and locks it:
 * after this nothing in it reaches a file or a host, and no setting can be changed.
 */
export async function openDuckDb(driver: Driver): Promise<Engine> {
	const loader = new Lane(await driver.connect());
	const pages: Lane[] = [];
	for (let i = 0; i < PAGE_LANES; i++) pages.push(new Lane(await driver.connect()));
	const users: Lane[] = [];
	for (let i = 0; i < USER_LANES; i++) users.push(new Lane(await driver.connect(), `scratch${i}`));

	// SQL of notebooks: as guarded as a user's, and with sources alone, so that nobody's table can stand in for one.
	const checks = new Lane(await driver.connect(), "scratch_checks", false);

	await loader.connection.run("ATTACH ':memory:' AS ws");
	// The guard's table has a schema of its own, so that SHOW TABLES shows a user what is the user's.
	for (const lane of [...users, checks]) await loader.connection.run(`ATTACH ':memory:' AS ${lane.scratch}; CREATE SCHEMA ${lane.scratch}.guard`);
	for (const lane of [loader, ...pages, ...users, checks]) await lane.connection.run("SET errors_as_json=true");
	// The database is in memory: a checkpoint saves nothing, and it stops the engine for seconds in the middle of a load.
	await loader.connection.run("SET checkpoint_threshold='1TB'; SET autoload_known_extensions=false; SET autoinstall_known_extensions=false; SET enable_external_access=false; SET lock_configuration=true");
	await loader.connection.run("USE ws");
	for (const lane of [...pages, ...users, checks]) await lane.connection.run(`SET search_path='${lane.searchPath}'`);
	return new DuckDbEngine(driver, loader, pages, users, checks);
}

class DuckDbEngine implements Engine {
	readonly dialect = "duckdb";
	readonly capabilities: Capabilities;
	readonly version: string;
	private paths: readonly string[] = [];
	private pathsVersion = 0;
	private lost: string | null = null;
	private readonly lostListeners = new Set<(reason: string) => void>();
	private readonly waiting = new Set<(reason: string) => void>();

	constructor(
		private readonly driver: Driver,
		private readonly loader: Lane,
		private readonly pages: readonly Lane[],
		private readonly users: readonly Lane[],
		private readonly checks: Lane,
	) {
		this.version = `DuckDB ${driver.version}`;
		this.capabilities = { windows: true, ctes: true, asof: true, nested: true, decimals: true, timePrecision: "ns", cancel: driver.cancel === "query" ? "query" : "none", readOnly: true };
		driver.onDeath((reason) => this.lose(reason));
	}

	async createTable(table: string, fields: readonly Field[]): Promise<void> {
		await this.define(createTableSql(table, fields));
	}

	async insert(table: string, batches: readonly Batch[]): Promise<void> {
		const stream = encode(batches);
		if (stream) await this.insertEncoded(table, stream);
	}

	insertEncoded(table: string, stream: Uint8Array): Promise<ArrayBuffer | null> {
		return this.trusted(`append to ${table}`, () => this.loader.connection.insert(table, stream));
	}

	define(sql: string): Promise<void> {
		return this.trusted(sql, () => this.loader.connection.run(sql));
	}

	async setPaths(paths: readonly string[]): Promise<void> {
		this.paths = paths;
		this.pathsVersion++;
	}

	async query(sql: string, options: QueryOptions = {}): Promise<QueryResult> {
		const role = options.role ?? "page";
		const statements = splitStatements(sql);
		if (statements.length === 0) throw new CasebookError({ kind: "query", sql, message: "There is no statement here.", candidates: [] });
		for (const statement of statements) allow(statement, role);
		if (role !== "user" && statements.length > 1) throw new CasebookError({ kind: "refused", rule: "statement guard", message: role === "page" ? "A page asks one statement at a time." : "A cell is one statement; this is several." });
		const lane = role === "page" ? idlest(this.pages) : role === "check" ? this.checks : this.users[(options.tab ?? 0) % this.users.length]!;
		const ran = new Promise<QueryResult>((resolve, reject) => {
			lane
				.use(async () => {
					this.alive();
					options.signal?.throwIfAborted();
					await this.refreshPaths(lane);
					for (const [i, statement] of statements.entries()) {
						const last = i === statements.length - 1;
						await this.run(lane, statement, sql, options, last ? resolve : () => {});
					}
				})
				.catch((error) => reject(engineFailure(error, sql)));
		});
		return this.orGone(ran, options.signal);
	}

	async explain(sql: string, options: QueryOptions = {}): Promise<Scan[]> {
		const [statement] = splitStatements(sql);
		if (!statement || !reads(statement)) return [];
		const result = await this.query(`EXPLAIN (FORMAT json) ${statement.sql}`, { role: "user", tab: USER_LANES - 1, ...options });
		await result.complete;
		return scansOf(result);
	}

	async close(): Promise<void> {
		if (this.lost !== null) return;
		this.lost = "it was closed";
		for (const fail of [...this.waiting]) fail(this.lost);
		await this.driver.terminate();
	}

	onLost(listener: (reason: string) => void): () => void {
		this.lostListeners.add(listener);
		return () => this.lostListeners.delete(listener);
	}

	/**
	 * Runs one statement to its end. A user's runs in a transaction that has already written to its scratch
	 * catalog: the engine itself then refuses every write to `ws`, however the statement hides it.
	 */
	private async run(lane: Lane, statement: Statement, script: string, options: QueryOptions, deliver: (result: QueryResult) => void): Promise<void> {
		const start = performance.now();
		const guarded = lane.scratch !== null;
		if (guarded) await this.begin(lane);
		let result: StreamedResult | null = null;
		try {
			const watched = this.watch(lane, options.signal);
			try {
				await this.inspect(lane, statement);
				let stream = await watched(lane.connection.send(statement.sql));
				const plain = withoutEnums(statement, stream.schema);
				if (plain !== null) {
					await lane.connection.cancelSent();
					stream = await watched(lane.connection.send(plain));
				}
				result = new StreamedResult(stream.schema);
				deliver(result);
				await this.drain(stream, result, watched, options);
			} catch (error) {
				throw positioned(engineFailure(error, script), statement.offset);
			} finally {
				watched.stop();
			}
			if (result.truncated) await lane.connection.cancelSent().catch(() => false);
			if (guarded) await lane.connection.run("COMMIT");
			result.finish(performance.now() - start);
		} catch (error) {
			if (this.lost === null && guarded) await lane.connection.run("ROLLBACK").catch(() => {});
			const failure = error instanceof CasebookError ? error : engineFailure(error, script);
			if (failure.failure.kind === "engine-lost") this.lose(failure.failure.message);
			result?.finish(performance.now() - start, failure);
			throw failure;
		}
	}

	/** Opens the transaction that guards the sources. A connection that cannot even do that belongs to a broken engine. */
	private async begin(lane: Lane): Promise<void> {
		try {
			await lane.connection.run(`SET search_path='${lane.searchPath}'; BEGIN; CREATE OR REPLACE TABLE ${lane.scratch}.guard.held AS SELECT 1 AS held`);
		} catch (error) {
			if (engineFailure(error, "BEGIN").failure.kind === "limit") throw error;
			this.lose("it no longer answers");
			throw new CasebookError({ kind: "engine-lost", message: "The engine no longer answers. It is started again and the workspace is loaded again." }, error);
		}
	}

	/**
	 * The engine's own eyes on a user's statement, before it runs: its lexer must see one statement where the splitter
	 * saw one, and its plan must call nothing that changes the engine for everybody.
	 */
	private async inspect(lane: Lane, statement: Statement): Promise<void> {
		if (lane.scratch === null) return;
		const bytes = new TextEncoder().encode(statement.sql);
		const { offsets, types } = await this.orGone(this.driver.tokenize(statement.sql));
		if (offsets.some((offset, i) => types[i] === OPERATOR && bytes[offset] === SEMICOLON)) throw new CasebookError({ kind: "refused", rule: "statement guard", message: "The statements of this script cannot be told apart. Put each on a line of its own, and names with unusual characters in double quotes." });
		const { sql } = innerStatement(statement.sql) ?? statement;
		const planned = await this.plan(lane, sql);
		if (planned && reachesTheEngine(operatorNames(planned))) throw new CasebookError({ kind: "refused", rule: "statement guard", message: "This calls a function that changes the engine for every page, which is not available here." });
	}

	/** The plan of a statement; null where it has none or is wrong: running it will say why. */
	private async plan(lane: Lane, sql: string): Promise<StreamedResult | null> {
		try {
			const stream = await this.orGone(lane.connection.send(`EXPLAIN (FORMAT json) ${sql}`));
			const result = new StreamedResult(stream.schema);
			for (let batch = await this.orGone(stream.next()); batch !== null; batch = await this.orGone(stream.next())) result.push(batch);
			return result;
		} catch (error) {
			if (engineFailure(error, sql).failure.kind === "engine-lost") throw error;
			return null;
		}
	}

	private async drain(stream: BatchStream, result: StreamedResult, watched: Watched, options: QueryOptions): Promise<void> {
		const most = options.maxRows ?? MAX_ROWS;
		for (;;) {
			options.signal?.throwIfAborted();
			const batch = await watched(stream.next());
			if (batch === null) return;
			result.push(result.numRows + batch.numRows > most ? batch.slice(0, most - result.numRows) : batch);
			if (result.numRows >= most) {
				result.truncated = (await watched(stream.next())) !== null || batch.numRows > most;
				return;
			}
		}
	}

	/**
	 * Wraps a connection's promises: on abort the statement is cancelled. A user's that does not end in time stops the
	 * engine; a page's is left to end by itself, since its answer is only dropped.
	 */
	private watch(lane: Lane, signal: AbortSignal | undefined): Watched {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const giveUp = () => {
			// While rows are being appended the engine cannot hear; that is no statement that does not end.
			if (this.loader.load > 0) timer = setTimeout(giveUp, CANCEL_GRACE_MS);
			else this.lose("a cancelled query did not stop within a second");
		};
		const onAbort = () => {
			lane.connection.cancelSent().catch(() => false);
			if (lane.scratch !== null && this.capabilities.cancel === "query") timer = setTimeout(giveUp, CANCEL_GRACE_MS);
		};
		signal?.addEventListener("abort", onAbort, { once: true });
		if (signal?.aborted) onAbort();
		const watched = <T>(promise: Promise<T>) => this.orGone(promise);
		return Object.assign(watched, {
			stop: () => {
				clearTimeout(timer);
				signal?.removeEventListener("abort", onAbort);
			},
		});
	}

	/** Settles with `promise`, or fails at once when the engine is lost or the caller no longer asks: a dead worker never answers. */
	private orGone<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
		return new Promise((resolve, reject) => {
			const onAbort = () => reject(new CasebookError({ kind: "cancelled", message: "The query was cancelled." }));
			const onLost = (reason: string) => reject(new CasebookError({ kind: "engine-lost", message: `The engine is gone: ${reason}.` }));
			const done = () => {
				this.waiting.delete(onLost);
				signal?.removeEventListener("abort", onAbort);
			};
			promise.then(resolve, reject).finally(done);
			if (this.lost !== null) onLost(this.lost);
			this.waiting.add(onLost);
			if (signal?.aborted) onAbort();
			signal?.addEventListener("abort", onAbort, { once: true });
		});
	}

	private async trusted<T>(what: string, task: () => Promise<T>): Promise<T> {
		try {
			return await this.loader.use(() => {
				this.alive();
				return this.orGone(task());
			});
		} catch (error) {
			const failure = engineFailure(error, what);
			if (failure.failure.kind === "engine-lost") this.lose(failure.failure.message);
			throw failure;
		}
	}

	private async refreshPaths(lane: Lane): Promise<void> {
		// A user may set the variable too, so a user's connection gets it each time.
		if (lane.pathsVersion === this.pathsVersion && lane.scratch === null) return;
		const version = this.pathsVersion;
		await lane.connection.run(`SET VARIABLE paths = [${this.paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(", ")}]::VARCHAR[]`);
		lane.pathsVersion = version;
	}

	private alive(): void {
		if (this.lost !== null) throw new CasebookError({ kind: "engine-lost", message: `The engine is gone: ${this.lost}.` });
	}

	private lose(reason: string): void {
		if (this.lost !== null) return;
		this.lost = reason;
		void this.driver.terminate().catch(() => {});
		for (const fail of [...this.waiting]) fail(reason);
		for (const listener of this.lostListeners) listener(reason);
	}
}

interface Watched {
	<T>(promise: Promise<T>): Promise<T>;
	stop(): void;
}

/** A streamed result arrives without the words of its ENUM columns, so such a query is sent again with them as text. */
function withoutEnums(statement: Statement, schema: BatchStream["schema"]): string | null {
	const enums = schema.fields.filter((field) => field.type.typeId === Type.Dictionary).map((field) => quote(field.name));
	if (enums.length === 0 || !["SELECT", "FROM", "WITH", "VALUES", "TABLE"].includes(statement.word)) return null;
	return `SELECT * REPLACE (${enums.map((name) => `${name}::VARCHAR AS ${name}`).join(", ")}) FROM (${statement.sql}\n)`;
}

/** Moves an error's position from its statement to the script. */
function positioned(error: CasebookError, offset: number): CasebookError {
	const { failure } = error;
	if (failure.kind !== "query" || failure.position === undefined || offset === 0) return error;
	return new CasebookError({ ...failure, position: failure.position + offset }, error.cause);
}

