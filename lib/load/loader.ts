import type { Engine } from "@/lib/engine/engine";
import type { Field } from "@/lib/model";
import { comment, DRIFT_MACRO, FIXED_VIEWS, READER_MACROS } from "@/lib/tables/ddl";
import { baselineViews, sessionViews, sourceView, type Variant } from "@/lib/tables/dynamic";
import { BASELINE_COLUMNS, DESCRIBED_VIEWS, FIXED_TABLES, SESSION_COLUMNS } from "@/lib/tables/fields";
import type { LoadEvent, SourceView } from "./events";

/** The side of loading that owns the engine: makes tables, views and macros, and appends rows as they come. */
export class Loader {
	private readonly tables = new Set<string>();
	private readonly sessions: Variant[] = [{ table: "_sessions_0", fields: SESSION_COLUMNS }];
	private readonly baselines: Variant[] = [{ table: "_baselines_0", fields: BASELINE_COLUMNS }];
	private readonly paths: string[] = [];

	private constructor(private readonly engine: Engine) {}

	/** Makes the SQL surface, empty. */
	static async prepare(engine: Engine): Promise<Loader> {
		const loader = new Loader(engine);
		for (const table of FIXED_TABLES) await loader.table(table.name, table.columns);
		await loader.table("_sessions_0", SESSION_COLUMNS);
		await loader.table("_baselines_0", BASELINE_COLUMNS);
		await engine.define(`${sessionViews(loader.sessions)}\n${baselineViews(loader.baselines)}\n${FIXED_VIEWS}\n${DRIFT_MACRO}\n${READER_MACROS}`);
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
		if (/^_sessions_[1-9]/.test(name)) {
			this.sessions.push({ table: name, fields });
			await this.engine.define(sessionViews(this.sessions));
		}
		if (/^_baselines_[1-9]/.test(name)) {
			this.baselines.push({ table: name, fields });
			await this.engine.define(baselineViews(this.baselines));
		}
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
