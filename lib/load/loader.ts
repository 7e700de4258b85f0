import type { Engine } from "@/lib/engine/engine";
import type { Field } from "@/lib/model";
import { comment, DRIFT_MACRO, FIXED_VIEWS, READER_MACROS } from "@/lib/tables/ddl";
import { openViews, sourceView, type Variant } from "@/lib/tables/dynamic";
import { DESCRIBED_VIEWS, FIXED_TABLES } from "@/lib/tables/fields";
import { OPEN_TABLES } from "@/lib/tables/open-fields";
import type { LoadEvent, SourceView } from "./events";

/** The side of loading that owns the engine: makes tables, views and macros, and appends rows as they come. */
export class Loader {
	private readonly tables = new Set<string>();
	/** by open table; the empty first variant has the known columns */
	private readonly variants = new Map<string, Variant[]>(Object.entries(OPEN_TABLES).map(([name, fields]) => [name, [{ table: `_${name}_0`, fields }]]));
	private readonly paths: string[] = [];

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

	/** Deals with one event; rows are in their table when it resolves. */
	async take(event: LoadEvent): Promise<void> {
		switch (event.type) {
			case "rows":
				await this.table(event.table, event.fields);
				await this.engine.insertEncoded(event.table, event.stream);
				break;
			case "views":
				await this.addViews(event.views);
		}
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

	private async addViews(views: readonly SourceView[]): Promise<void> {
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
