import type { Engine } from "@/lib/engine/engine";
import type { Field } from "@/lib/model";
import { comment, DRIFT_MACRO, FIXED_VIEWS, READER_MACROS } from "@/lib/tables/ddl";
import { baselineViews, sessionViews, sourceView, type Variant } from "@/lib/tables/dynamic";
import { BASELINE_COLUMNS, FIXED_TABLES, SESSION_COLUMNS } from "@/lib/tables/fields";
import type { LoadEvent, SourceView } from "./events";

const DESCRIBED_VIEWS: Record<string, string> = {
	sessions: "one session: a generate, validate, retry loop",
	attempts: "one try of a session",
	probes: "a probe, as of its last run",
	latest_runs: "each probe's last run",
	latest_cases: "the cases of each probe's last run",
	baselines: "an audit baseline",
	baseline_metrics: "a metric of a baseline",
	teams: "a team, by its latest status page",
};

/** The side of loading that owns the engine: makes tables, views and macros, and appends rows as they come. */
export class Loader {
	private readonly tables = new Set<string>();
	private readonly sessions: Variant[] = [{ table: "_sessions_0", fields: SESSION_COLUMNS }];
	private readonly baselines: Variant[] = [{ table: "_baselines_0", fields: BASELINE_COLUMNS }];
	private readonly names = new Set<string>();
	private readonly paths: string[] = [];
	/** sources whose view has another name than their path, because a name that differs only in case was there first */
	readonly renamed: { path: string; view: string }[] = [];

	private constructor(private readonly engine: Engine) {}

	/** Makes the SQL surface, empty. */
	static async prepare(engine: Engine): Promise<Loader> {
		const loader = new Loader(engine);
		for (const table of FIXED_TABLES) await loader.table(table.name, table.columns);
		await loader.table("_sessions_0", SESSION_COLUMNS);
		await loader.table("_baselines_0", BASELINE_COLUMNS);
		await engine.define(`${sessionViews(loader.sessions)}\n${baselineViews(loader.baselines)}\n${FIXED_VIEWS}\n${DRIFT_MACRO}\n${READER_MACROS}`);
		await engine.define(loader.comments());
		for (const name of [...FIXED_TABLES.map((table) => table.name), ...Object.keys(DESCRIBED_VIEWS)]) loader.names.add(name);
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
		const sql = views.map(({ path, table }) => {
			let view = path;
			for (let n = 2; this.names.has(view.toLowerCase()); n++) view = `${path}~${n}`;
			this.names.add(view.toLowerCase());
			this.paths.push(view);
			if (view !== path) this.renamed.push({ path, view });
			return sourceView(path, table, view);
		});
		await this.engine.define(sql.join("\n"));
		await this.engine.setPaths(this.paths);
	}

	private comments(): string {
		const tables = FIXED_TABLES.flatMap((table) => [comment("TABLE", table.name, table.describe), ...table.columns.map((column) => `COMMENT ON COLUMN ws.main.${table.name}."${column.name}" IS '${column.describe.replaceAll("'", "''")}';`)]);
		return [...tables, ...Object.entries(DESCRIBED_VIEWS).map(([name, describe]) => comment("VIEW", name, describe))].join("\n");
	}
}
