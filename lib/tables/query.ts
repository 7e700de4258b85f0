/** A question that a page asks, with the lines behind its answer. */
export interface NamedQuery<P extends Params, R> {
	/** unique, in kebab-case; shown in Evidence */
	name: string;
	/** one sentence: what the figure is */
	describe: string;
	/** the query; parameters as `$name` */
	sql: string;
	/** its twin: same FROM and WHERE, selecting `source`, `line` (and `byte_offset` where there is one) of what it rests on */
	rows: string;
	/** a result row as a typed value */
	read: (row: RowReader) => R;
	/** SQL that somebody wrote, in a notebook: it stands as it is, without parameters, and runs under the guard */
	foreign?: true;
	/** never set; carries the parameter type */
	readonly params?: P;
}

export type Params = { readonly [name: string]: string | number | boolean | null };

/** Access to one row of a result by column name. A wrong name or type throws: the query and its reader have drifted apart. */
export interface RowReader {
	text(column: string): string;
	textOrNull(column: string): string | null;
	number(column: string): number;
	numberOrNull(column: string): number | null;
	boolean(column: string): boolean;
	/** a list of structs or scalars, as the engine hands it out */
	list(column: string): readonly unknown[];
}

export function defineQuery<P extends Params, R>(query: NamedQuery<P, R>): NamedQuery<P, R> {
	return query;
}

/** A parameter as a SQL literal. Text is quoted; numbers must be finite. */
export function literal(value: string | number | boolean | null): string {
	if (value === null) return "NULL";
	if (typeof value === "boolean") return value ? "true" : "false";
	if (typeof value === "number") {
		if (!Number.isFinite(value)) throw new RangeError(`${value} is no SQL literal`);
		return String(value);
	}
	return `'${value.replaceAll("'", "''")}'`;
}

/**
 * The query with its parameters written in, so that what Evidence shows can be opened in SQL and run as it is.
 * Every `$name` must have a value; a value without a `$name` is an error too.
 */
export function bind(sql: string, params: Params): string {
	const used = new Set<string>();
	const bound = sql.replace(/\$([a-z_][a-z0-9_]*)/g, (_, name: string) => {
		const value = params[name];
		if (value === undefined) throw new RangeError(`no value for $${name}`);
		used.add(name);
		return literal(value);
	});
	for (const name of Object.keys(params)) if (!used.has(name)) throw new RangeError(`$${name} is not in the query`);
	return bound;
}
