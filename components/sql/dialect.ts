import { SQLDialect } from "@codemirror/lang-sql";

/** Words that are coloured as keywords. DuckDB's many unreserved words are left out: they are column names as often. */
const KEYWORDS =
	"all alter and anti any as asc asof between by cascade case cast check columns create cross current delete desc describe distinct do drop else end escape except exclude exists explain filter first following for from full glob group grouping having if ilike in inner insert intersect into is isnull join lateral last left like limit materialized natural not notnull nulls offset on or order outer over partition pivot positional preceding primary qualify range recursive references replace returning right rollup rows sample select semi set show similar summarize table temp temporary then to try_cast unbounded union unique unpivot update using values variable view when where window with within";
const TYPES = "bigint blob boolean bool date decimal double float hugeint int integer interval json list map numeric real smallint struct text time timestamp timestamp_ns timestamptz tinyint ubigint uhugeint uinteger usmallint utinyint uuid varchar";

export const DUCKDB = SQLDialect.define({
	keywords: KEYWORDS,
	types: TYPES,
	builtin: "",
	doubleDollarQuotedStrings: true,
	operatorChars: "+-*/<>=~!@#%^&|:",
	specialVar: "$",
	identifierQuotes: '"',
	caseInsensitiveIdentifiers: true,
});
