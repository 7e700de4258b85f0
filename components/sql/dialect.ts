import { SQLDialect } from "@codemirror/lang-sql";

/** Words that are coloured as keywords. DuckDB's many unreserved words are left out: they are column names as often. */
const KEYWORDS =
	"all alter and anti any as asc asof between by cascade case cast check create cross current delete desc describe distinct do drop else end except exclude exists explain filter for from full glob group grouping having if ilike in inner insert intersect into is isnull join lateral left like limit materialized natural not notnull nulls offset on or order outer over partition pivot positional primary qualify recursive replace returning right rollup sample select semi set similar summarize table temporary then to try_cast union unique unpivot update using values variable view when where window with within";
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
