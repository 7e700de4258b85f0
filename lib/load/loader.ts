import type { Engine } from "@/lib/engine/engine";
import { type Field, quote } from "@/lib/model";
import { comment, DRIFT_MACRO, FIXED_VIEWS, READER_MACROS } from "@/lib/tables/ddl";
import { openViews, sourceView, type Variant } from "@/lib/tables/dynamic";
import { DESCRIBED_VIEWS, FIXED_TABLES } from "@/lib/tables/fields";
import { OPEN_TABLES } from "@/lib/tables/open-fields";
import type { LoadEvent, SourceView } from "./events";

/** Rows of a large file become visible in pieces of so many: from this size on the engine takes what a transaction brought without copying it. */
const COMMIT_ROWS = 122_880;

/** The side of loading that owns the engine: makes tables, views and macros, and appends rows as they come. */
export class Loader {
	private readonly tables = new Set<string>();
	/** by open table; the empty first variant has the known columns */
	private readonly variants = new Map<string, Variant[]>(Object.entries(OPEN_TABLES).map(([name, fields]) => [name, [{ table: `_${name}_0`, fields }]]));
	private readonly paths: string[] = [];
	private last: Promise<unknown> = Promise.resolve();
	/** rows of the transaction that is open, or null */
	private uncommitted: number | null = null;

	private constructor(private readonly engine: Engine) {}

	/** Makes the SQL surface, empty. */
	static async prepare(engine: Engine): Promise<Loader> {
		const loader = new Loader(engine);
		for (const table of FIXED_TABLES) await loader.table(table.name, table.columns);
		const views: string[] = [];
		for (const [name, variants] of loader.variants) {
			await loader.table(variants[0]!.table, variants[0]!.fields);
			views.push(openViews(name, variants));
		}
		await engine.define([...views, FIXED_VIEWS, DRIFT_MACRO, READER_MACROS].join("\n"));
		await engine.define(loader.comments());
		await engine.setPaths([]);
		return loader;
	}

	/**
	 * Deals with one event after those before it. Rows are in their table when it resolves, but may be seen only when
	 * more have come, or another event. To the memory of the rows, where it comes back.
	 */
	take(event: LoadEvent): Promise<ArrayBuffer | null> {
		const done = this.last.then(() => this.deal(event));
		this.last = done.catch(() => null);
		return done;
	}

	private async deal(event: LoadEvent): Promise<ArrayBuffer | null> {
		switch (event.type) {
			case "rows":
				return this.insert(event);
			case "forget":
				await this.commit();
				await this.forget(event);
				break;
			case "views":
				await this.commit();
				await this.addViews(event.views);
		}
		return null;
	}

	private async table(name: string, fields: readonly Field[]): Promise<void> {
		if (this.tables.has(name)) return;
		await this.engine.createTable(name, fields);
		this.tables.add(name);
		const [, open, count] = /^_(.+)_(\d+)$/.exec(name) ?? [];
		const variants = open === undefined ? undefined : this.variants.get(open);
		if (open === undefined || !variants || count === "0") return;
		variants.push({ table: name, fields });
		await this.engine.define(openViews(open, variants));
	}

	private async insert({ table, fields, stream, rows, more }: LoadEvent & { type: "rows" }): Promise<ArrayBuffer | null> {
		if (!this.tables.has(table)) {
			await this.commit();
			await this.table(table, fields);
		}
		if (more && this.uncommitted === null) {
			await this.engine.define("BEGIN");
			this.uncommitted = 0;
		}
		let memory: ArrayBuffer | null;
		try {
			memory = await this.engine.insertEncoded(table, stream);
		} catch (error) {
			if (this.uncommitted !== null) await this.engine.define("ROLLBACK").catch(() => {});
			this.uncommitted = null;
			throw error;
		}
		if (this.uncommitted !== null) {
			this.uncommitted += rows;
			if (!more || this.uncommitted >= COMMIT_ROWS) await this.commit();
		}
		return memory;
	}

	private async commit(): Promise<void> {
		if (this.uncommitted === null) return;
		this.uncommitted = null;
		await this.engine.define("COMMIT");
	}

	private async forget({ table, source, drop }: LoadEvent & { type: "forget" }): Promise<void> {
		if (!this.tables.has(table)) return;
		if (!drop) {
			await this.engine.define(`DELETE FROM ws.main.${quote(table)} WHERE source = '${source.replaceAll("'", "''")}';`);
			return;
		}
		const open = /^_(.+)_\d+$/.exec(table)?.[1] ?? "";
		const variants = this.variants.get(open)?.filter((variant) => variant.table !== table);
		if (variants) {
			this.variants.set(open, variants);
			await this.engine.define(openViews(open, variants));
		}
		await this.engine.define(`DROP TABLE ws.main.${quote(table)};`);
		this.tables.delete(table);
	}

	private async addViews(views: readonly SourceView[]): Promise<void> {
		if (views.length === 0) return;
		this.paths.push(...views.map(({ view }) => view));
		const sql = views.map(({ path, table, view }) => sourceView(path, table, view));
		await this.engine.define(sql.join("\n"));
		await this.engine.setPaths(this.paths);
	}

	private comments(): string {
		const tables = FIXED_TABLES.flatMap((table) => [comment("TABLE", table.name, table.describe), ...table.columns.map((column) => `COMMENT ON COLUMN ws.main.${table.name}."${column.name}" IS '${column.describe.replaceAll("'", "''")}';`)]);
		return [...tables, ...Object.entries(DESCRIBED_VIEWS).map(([name, describe]) => comment("VIEW", name, describe))].join("\n");
	}
}
