import type { RanAtFrom, SourceState } from "@/lib/model";
import { type RunRow, readRun } from "./parity";
import { defineQuery, type RowReader } from "./query";

export interface BundleListRow {
	/** the folder's path; `.` is the workspace itself */
	bundle: string;
	/** UTC */
	bundleAt: string | null;
	bundleAtFrom: RanAtFrom | null;
	gitCommit: string | null;
	/** NULL where none was recorded, which is not 0 */
	exitCode: number | null;
	files: number;
	bytes: number;
	/** runs that lie in it, and their cases by verdict */
	runs: number;
	passed: number;
	failed: number;
	unmatched: number;
	incomparable: number;
	skipped: number;
	/** entries of its checksum lists, by state */
	match: number;
	differs: number;
	missing: number;
	itself: number;
	/** the file that makes the folder a bundle */
	source: string;
	line: number | null;
}

const readBundle = (row: RowReader): BundleListRow => ({
	bundle: row.text("bundle"),
	bundleAt: row.textOrNull("bundle_at"),
	bundleAtFrom: row.textOrNull("bundle_at_from") as RanAtFrom | null,
	gitCommit: row.textOrNull("git_commit"),
	exitCode: row.numberOrNull("exit_code"),
	files: row.number("files"),
	bytes: row.number("bytes"),
	runs: row.number("runs"),
	passed: row.number("passed"),
	failed: row.number("failed"),
	unmatched: row.number("unmatched"),
	incomparable: row.number("incomparable"),
	skipped: row.number("skipped"),
	match: row.number("sums_match"),
	differs: row.number("sums_differ"),
	missing: row.number("sums_missing"),
	itself: row.number("sums_itself"),
	source: row.text("source"),
	line: row.numberOrNull("line"),
});

/** Each bundle with the runs and the checksums inside it counted. */
const COUNTED = `WITH ran AS (
  SELECT bundle, count(*) AS runs, sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed, sum(unmatched)::BIGINT AS unmatched, sum(incomparable)::BIGINT AS incomparable, sum(skipped)::BIGINT AS skipped
  FROM runs WHERE bundle IS NOT NULL GROUP BY bundle
), sums AS (
  SELECT bundle, count(*) FILTER (WHERE state = 'match') AS sums_match, count(*) FILTER (WHERE state = 'differs') AS sums_differ,
    count(*) FILTER (WHERE state = 'missing') AS sums_missing, count(*) FILTER (WHERE state = 'itself') AS sums_itself
  FROM checksums WHERE bundle IS NOT NULL GROUP BY bundle
)
SELECT b.*, coalesce(r.runs, 0) AS runs, coalesce(r.passed, 0) AS passed, coalesce(r.failed, 0) AS failed, coalesce(r.unmatched, 0) AS unmatched,
  coalesce(r.incomparable, 0) AS incomparable, coalesce(r.skipped, 0) AS skipped,
  coalesce(s.sums_match, 0) AS sums_match, coalesce(s.sums_differ, 0) AS sums_differ, coalesce(s.sums_missing, 0) AS sums_missing, coalesce(s.sums_itself, 0) AS sums_itself`;

const FROM = "FROM bundles b LEFT JOIN ran r ON r.bundle = b.bundle LEFT JOIN sums s ON s.bundle = b.bundle";

/** Every evidence bundle, newest first. */
export const bundleList = defineQuery<Record<string, never>, BundleListRow>({
	name: "bundle-list",
	describe: "evidence bundles with their runs and checksums counted, newest first",
	sql: `${COUNTED}
${FROM} ORDER BY b.bundle_at DESC NULLS LAST, b.bundle`,
	rows: "SELECT source, line FROM bundles ORDER BY bundle_at DESC NULLS LAST, bundle",
	read: readBundle,
});

export interface BundleDetail extends BundleListRow {
	/** text of its commands file */
	commands: string | null;
	/** names as recorded, nested ones dotted; `value` is null where the file says null. NULL where it has no environment file */
	environment: { name: string; value: string | null }[] | null;
}

/** One evidence bundle. */
export const bundleRow = defineQuery<{ bundle: string }, BundleDetail>({
	name: "bundle",
	describe: "this evidence bundle",
	sql: `${COUNTED}, map_entries(b.environment) AS environment_entries, b.environment IS NOT NULL AS has_environment
${FROM} WHERE b.bundle = $bundle`,
	rows: "SELECT source, line FROM bundles WHERE bundle = $bundle",
	read: (row) => ({
		...readBundle(row),
		commands: row.textOrNull("commands"),
		environment: row.boolean("has_environment")
			? row.list("environment_entries").map((item) => {
					const entry = item as { key: unknown; value: unknown };
					return { name: String(entry.key), value: entry.value === null || entry.value === undefined ? null : String(entry.value) };
				})
			: null,
	}),
});

export interface BundleFile {
	path: string;
	format: string | null;
	/** null where it was not read */
	sha256: string | null;
	bytes: number;
	modifiedAt: string | null;
	lines: number | null;
	rejects: number;
	rows: number;
	state: SourceState;
	note: string | null;
}

/** Files under the bundle's folder that do not lie in a bundle further inside. */
const INSIDE = `FROM sources s WHERE ($bundle = '.' OR starts_with(s.path, $bundle || '/'))
  AND NOT EXISTS (SELECT 1 FROM bundles n WHERE n.bundle <> $bundle AND ($bundle = '.' OR starts_with(n.bundle, $bundle || '/')) AND starts_with(s.path, n.bundle || '/'))`;

/** The files of one bundle, by path. */
export const bundleFiles = defineQuery<{ bundle: string }, BundleFile>({
	name: "bundle-files",
	describe: "the files of this bundle",
	sql: `SELECT s.path, s.format, s.sha256, s.bytes, s.modified_at, s.lines, s.rejects, s."rows" AS table_rows, s.state, s.note ${INSIDE} ORDER BY s.path`,
	rows: `SELECT s.path AS source, NULL::BIGINT AS line ${INSIDE} ORDER BY s.path`,
	read: (row) => ({
		path: row.text("path"),
		format: row.textOrNull("format"),
		sha256: row.textOrNull("sha256"),
		bytes: row.number("bytes"),
		modifiedAt: row.textOrNull("modified_at"),
		lines: row.numberOrNull("lines"),
		rejects: row.number("rejects"),
		rows: row.number("table_rows"),
		state: row.text("state") as SourceState,
		note: row.textOrNull("note"),
	}),
});

/** The runs that lie in one bundle, failing first. */
export const bundleRuns = defineQuery<{ bundle: string }, RunRow>({
	name: "bundle-runs",
	describe: "the runs that lie in this bundle, failing first",
	sql: "SELECT * FROM runs WHERE bundle = $bundle ORDER BY failed > 0 DESC, probe, run",
	rows: "SELECT source, line FROM runs WHERE bundle = $bundle ORDER BY failed > 0 DESC, probe, run",
	read: readRun,
});

/** What became of an entry of a checksum list. */
export type ChecksumState = "match" | "differs" | "missing" | "itself";

export interface BundleChecksum {
	/** as the list writes it */
	path: string;
	sha256: string;
	/** null where the file is there but was not read */
	state: ChecksumState | null;
	/** the workspace's file that it names */
	found: string | null;
	foundSha256: string | null;
	source: string;
	line: number;
}

/** The entries of one bundle's checksum lists: what differs first, then what is missing. */
export const bundleChecksums = defineQuery<{ bundle: string }, BundleChecksum>({
	name: "bundle-checksums",
	describe: "the entries of this bundle's checksum lists",
	sql: "SELECT path, sha256, state, found, found_sha256, source, line FROM checksums WHERE bundle = $bundle ORDER BY CASE state WHEN 'differs' THEN 0 WHEN 'missing' THEN 1 ELSE 2 END, source, line",
	rows: "SELECT source, line FROM checksums WHERE bundle = $bundle ORDER BY CASE state WHEN 'differs' THEN 0 WHEN 'missing' THEN 1 ELSE 2 END, source, line",
	read: (row) => ({
		path: row.text("path"),
		sha256: row.text("sha256"),
		state: row.textOrNull("state") as ChecksumState | null,
		found: row.textOrNull("found"),
		foundSha256: row.textOrNull("found_sha256"),
		source: row.text("source"),
		line: row.number("line"),
	}),
});
