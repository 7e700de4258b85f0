import { literal } from "./query";

/** An identifier in quotes. */
export function ident(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The views over tables whose columns are the same everywhere. They are made once, when the tables are there.
 * A run counts as compared when a case passed or failed in it; a run without any never ends or begins a failure.
 */
export const FIXED_VIEWS = `
CREATE OR REPLACE VIEW ws.main.latest_runs AS
SELECT * FROM ws.main.runs
QUALIFY row_number() OVER (PARTITION BY probe ORDER BY ran_at DESC NULLS LAST, run DESC) = 1;

CREATE OR REPLACE VIEW ws.main.latest_cases AS
SELECT c.* FROM ws.main.cases c JOIN ws.main.latest_runs r ON c.probe = r.probe AND c.run = r.run;

CREATE OR REPLACE VIEW ws.main.probes AS
WITH ordered AS (
  SELECT probe, ran_at, failed, passed, row_number() OVER (PARTITION BY probe ORDER BY ran_at NULLS FIRST, run) AS n FROM ws.main.runs
), good AS (
  SELECT probe, max(n) AS n FROM ordered WHERE failed = 0 AND passed > 0 GROUP BY probe
), broken AS (
  SELECT o.probe, arg_min(o.ran_at, o.n) AS broken_since, count(*) AS broken_runs
  FROM ordered o LEFT JOIN good g ON g.probe = o.probe
  WHERE o.failed > 0 AND (g.n IS NULL OR o.n > g.n) GROUP BY o.probe
), counted AS (
  SELECT probe, count(*) AS runs FROM ws.main.runs GROUP BY probe
)
SELECT r.probe, r.title, r.reference, r.candidate, r.measure, r.tolerance,
  CASE WHEN r.failed > 0 THEN 'fail' WHEN r.passed + r.failed = 0 THEN 'not compared'
       WHEN r.unmatched + r.incomparable + r.skipped > 0 THEN 'incomplete' ELSE 'pass' END AS status,
  r.passed, r.passed + r.failed AS compared,
  r.passed + r.failed + r.unmatched + r.incomparable + r.skipped AS total, r.unmatched, r.incomparable, r.skipped,
  r.first_divergence, r.first_divergence_position, r.disagreements, r.run AS last_run, r.ran_at AS last_ran_at, r.ran_at_from AS last_ran_at_from, c.runs,
  CASE WHEN r.failed > 0 THEN b.broken_since END AS broken_since,
  CASE WHEN r.failed > 0 THEN b.broken_runs END AS broken_runs,
  nullif(s.probe, r.probe) AS same_as,
  r.source, r.line
FROM ws.main.latest_runs r JOIN counted c ON c.probe = r.probe LEFT JOIN broken b ON b.probe = r.probe
LEFT JOIN (SELECT run, any_value(probe) AS probe FROM ws.main.runs WHERE run IN (SELECT same_as FROM ws.main.runs WHERE same_as IS NOT NULL) GROUP BY run) s ON s.run = r.same_as;

CREATE OR REPLACE VIEW ws.main.teams AS
SELECT * FROM ws.main.team_pages
QUALIFY row_number() OVER (PARTITION BY team ORDER BY since DESC NULLS LAST, source DESC) = 1;
`;

/** Whether a row of `baseline_metrics` belongs to the baseline that a parameter of `drift()` names: its time, or `file:line`. */
function named(parameter: string): string {
	return `CASE WHEN ${parameter} IS NULL THEN false
    WHEN try_cast(${parameter} AS TIMESTAMP_NS) IS NOT NULL THEN recorded_at = try_cast(${parameter} AS TIMESTAMP_NS)
    WHEN regexp_matches(${parameter}::VARCHAR, ':[0-9]+$') THEN source || ':' || line = ${parameter}::VARCHAR
    ELSE error('drift(): "' || ${parameter}::VARCHAR || '" names no baseline. Give its recorded_at, or its file and line as file:line.') END`;
}

const SIDE = (parameter: string) => `SELECT metric, value, source, line FROM ws.main.baseline_metrics WHERE ${named(parameter)} QUALIFY dense_rank() OVER (ORDER BY source DESC, line DESC) = 1`;

/**
 * `drift(before_at, after_at, tolerance := 0.2)`: each metric of two baselines. A baseline is named by its time (of several
 * at one time, the last in the log) or by `file:line`. A change of more than the tolerance, as a ratio of the earlier
 * value, warns, as does anything that was zero; one-sided metrics say so. `lib/drift/rules.ts` has the same rules as
 * functions, and a test there holds both to one another.
 */
export const DRIFT_MACRO = `
CREATE OR REPLACE MACRO ws.main.drift(before_at, after_at, tolerance := 0.2) AS TABLE
WITH b AS (${SIDE("before_at")}),
     a AS (${SIDE("after_at")})
SELECT coalesce(a.metric, b.metric) AS metric, b.value AS "before", a.value AS "after",
  a.value - b.value AS change,
  CASE WHEN b.value <> 0 THEN (a.value - b.value) / abs(b.value) END AS change_ratio,
  CASE WHEN a.value IS NULL AND b.value IS NULL THEN NULL WHEN b.value IS NULL THEN 'added' WHEN a.value IS NULL THEN 'removed'
       WHEN b.value = a.value THEN 'ok' WHEN b.value = 0 THEN 'warn'
       WHEN abs(a.value - b.value) / abs(b.value) > tolerance::DOUBLE THEN 'warn' ELSE 'ok' END AS verdict,
  CASE WHEN a.value IS NULL AND b.value IS NULL THEN 'neither baseline has a value' WHEN b.value IS NULL THEN 'only the later baseline has a value' WHEN a.value IS NULL THEN 'only the earlier baseline has a value'
       WHEN b.value = a.value THEN 'unchanged' WHEN b.value = 0 THEN 'from zero to something'
       WHEN abs(a.value - b.value) / abs(b.value) > tolerance::DOUBLE THEN 'changed by more than ' || printf('%.6g', tolerance::DOUBLE * 100) || ' %' ELSE 'within ' || printf('%.6g', tolerance::DOUBLE * 100) || ' %' END AS reason,
  coalesce(a.source, b.source) AS source, coalesce(a.line, b.line) AS line,
  b.source AS before_source, b.line AS before_line
FROM a FULL JOIN b ON a.metric = b.metric;
`;

const PATHS = "getvariable('paths')::VARCHAR[]";
const NAMED = `list_filter(${PATHS}, p -> ends_with(p, '/' || path))`;

/** The whole path; else the file name; else a glob. The first that finds something counts, so a path never means two files. */
const FOUND = `CASE WHEN list_contains(${PATHS}, path) THEN [path] WHEN len(${NAMED}) > 0 THEN ${NAMED} ELSE list_filter(${PATHS}, p -> p GLOB path) END`;

const PICK = `coalesce(list_aggregate(list_transform(${FOUND}, p -> 'FROM ws.main."' || replace(p, '"', '""') || '"'), 'string_agg', ' UNION ALL BY NAME '), error('no source ' || path || '. The Sources page lists what is loaded.'))`;

/** Two files of one name: the query must say which. */
const CHECKED = `CASE WHEN NOT list_contains(${PATHS}, path) AND len(${NAMED}) > 1
  THEN error(path || ' names several sources: ' || array_to_string(${NAMED}, ', ') || '. Write the whole path.')
  ELSE ${PICK} END`;

const READER_OPTIONS: Record<string, string[]> = {
	json: ["format", "union_by_name", "ignore_errors", "columns", "auto_detect", "records", "sample_size", "maximum_depth", "maximum_object_size", "compression", "filename", "hive_partitioning", "dateformat", "timestampformat", "convert_strings_to_integers", "map_inference_threshold", "field_appearance_threshold", "maximum_sample_files"],
	csv: ["header", "delim", "sep", "quote", "escape", "skip", "columns", "names", "types", "dtypes", "column_names", "column_types", "auto_detect", "all_varchar", "sample_size", "nullstr", "ignore_errors", "store_rejects", "comment", "union_by_name", "filename", "hive_partitioning", "compression", "dateformat", "timestampformat", "decimal_separator", "encoding", "new_line", "null_padding", "normalize_names", "parallel", "strict_mode", "max_line_size", "auto_type_candidates", "force_not_null", "thousands"],
};

function reader(name: string, options: readonly string[]): string {
	const named = options.map((option) => `, ${ident(option)} := NULL`).join("");
	return `CREATE OR REPLACE MACRO ws.main.${name}(path${named}) AS TABLE SELECT * FROM query(${CHECKED});`;
}

/**
 * The readers that this build of the engine lacks, as macros over what is loaded: the query that people write
 * works as it is. Options are accepted and have no effect, since files are read by Casebook's own parsers.
 */
export const READER_MACROS = [
	...["read_json_auto", "read_json", "read_ndjson", "read_ndjson_auto"].map((name) => reader(name, READER_OPTIONS.json!)),
	...["read_csv", "read_csv_auto"].map((name) => reader(name, READER_OPTIONS.csv!)),
	reader("read_parquet", ["union_by_name", "filename", "hive_partitioning"]),
	`CREATE OR REPLACE MACRO ws.main.read_text(path) AS TABLE SELECT source AS filename, string_agg(repeat(chr(10), line - before - 1) || text, chr(10) ORDER BY line) AS content FROM (SELECT source, line, text, lag(line, 1, 0) OVER (PARTITION BY source ORDER BY line) AS before FROM query(${CHECKED})) GROUP BY source;`,
].join("\n");

/** Comments of tables and columns, for the schema list. */
export function comment(kind: "TABLE" | "VIEW", table: string, describe: string): string {
	return `COMMENT ON ${kind} ws.main.${ident(table)} IS ${literal(describe)};`;
}
