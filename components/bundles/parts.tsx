"use client";

import type { AnyQuery } from "@/components/evidence/types";
import { runStatus } from "@/components/parity/probe-head";
import { Figure, Mark, MarkWord, num, outOf, StatusMark } from "@/components/ui";
import { type BundleListRow, bundleChecksums, bundleRow, bundleRuns } from "@/lib/tables/bundles";
import { exitSays } from "./words";

/** The exit code with its mark; what was not recorded says so. */
export function ExitCode({ bundle, code }: { bundle: string; code: number | null }) {
	const { mark, word } = exitSays(code);
	if (code === null) return <span className="null">{word}</span>;
	return (
		<span className={`vb${code === 0 ? "" : " fail-ink"}`}>
			{code !== 0 && <Mark verdict={mark} label={null} />}
			<Figure query={bundleRow} params={{ bundle }} className={code === 0 ? "m" : "m b"} tone={code === 0 ? undefined : "fail"} label={`exit code of ${bundle}`}>
				{word}
			</Figure>
		</span>
	);
}

type Counts = Pick<BundleListRow, "bundle" | "runs" | "passed" | "failed" | "unmatched" | "incomparable" | "skipped">;

/** The cases of the runs inside: those that pass of those compared, and what was not compared beside them. */
export function RunCases({ row }: { row: Counts }) {
	if (row.runs === 0) return <span className="i3">no run</span>;
	const open = row.unmatched + row.incomparable + row.skipped;
	return (
		<span className="vb">
			<StatusMark status={runStatus(row)} />
			<span className="m b">
				<Figure query={bundleRuns} params={{ bundle: row.bundle }} tone={row.failed > 0 ? "fail" : undefined} label={`cases that pass, out of those compared, in the runs of ${row.bundle}`}>
					{outOf(row.passed, row.passed + row.failed)}
				</Figure>
			</span>
			{open > 0 && <span className="small warn-ink">{num(open)} not compared</span>}
		</span>
	);
}

type Sums = Pick<BundleListRow, "bundle" | "match" | "differs" | "missing" | "itself">;

/** How the checksum lists hold: what differs and what is missing first. */
export function Sums({ row }: { row: Sums }) {
	const params = { bundle: row.bundle };
	if (row.match + row.differs + row.missing + row.itself === 0) return <span className="i3">no checksum compared</span>;
	const part = (value: number, kind: "differs" | "missing" | "match") =>
		value === 0 ? null : (
			<span className={`vb${kind === "differs" ? " fail-ink" : kind === "missing" ? " warn-ink" : " i2"}`} key={kind}>
				<Mark verdict={kind === "differs" ? "fail" : kind === "missing" ? "unmatched" : "pass"} label={null} />
				<Figure query={bundleChecksums as AnyQuery} params={params} className="m" tone={kind === "differs" ? "fail" : kind === "missing" ? "warn" : undefined} label={`entries of the checksum lists of ${row.bundle}`}>
					{num(value)}
				</Figure>
				{kind === "match" ? "match" : kind}
			</span>
		);
	return (
		<span className="row wrap" style={{ gap: "8px 10px" }}>
			{part(row.differs, "differs")}
			{part(row.missing, "missing")}
			{part(row.match, "match")}
			{row.match + row.differs + row.missing === 0 && <MarkWord verdict="skipped" word="only the list itself" />}
		</span>
	);
}
