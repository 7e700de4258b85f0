// biome-ignore-all lint/suspicious/noArrayIndexKey: rows, columns and blocks of one answer never move among one another
"use client";

import dynamic from "next/dynamic";
import { CopyButton, duration, ErrorBox, Mark, num, SourceLink, SqlText, sqlHref } from "@/components/ui";
import type { MarkKind } from "@/components/ui/mark";
import Link from "next/link";
import type { CellRun } from "@/lib/answer/notebook";
import { outcomeText } from "@/lib/notebook/report";
import { visible } from "@/lib/notebook/prose";
import type { Cell, Pin } from "@/lib/notebook/types";
import type { CellOutcome } from "@/lib/notebook/verdict";
import { ResultTable } from "./result-table";

/** The drawing library is fetched with the first chart. */
const CellChart = dynamic(() => import("./cell-chart").then((module) => module.CellChart), { ssr: false, loading: () => <p className="waiting">Drawing…</p> });

/** a longer statement is nothing to read here, and colouring it would hold the page up */
const SHOWN_SQL = 50_000;
/** The author's rows are few; a link of a stranger may hold more. */
const AUTHORS_ROWS = 50;

export interface CellViewProps {
	cell: Cell;
	run: CellRun | undefined;
	pin: Pin | null;
	outcome: CellOutcome | null;
	/** the run that a chart draws */
	drawn: CellRun | undefined;
	running: boolean;
	/** the author's rows, shown as the author's until the reader's own run */
	authors: { columns: readonly string[]; rows: readonly (readonly (string | null)[])[] } | null;
}

/** The mark of a cell: a check's verdict, else what the pin says, else how it ran. Nothing is passed before it ran. */
export function markOf(cell: Cell, run: CellRun | undefined, outcome: CellOutcome | null): { mark: MarkKind; word: string } {
	if (!run || run.state === "not run") return { mark: "skipped", word: "not run" };
	if (run.state === "failed") return { mark: "incomparable", word: "failed to run" };
	if (cell.kind === "check") return run.check?.passed ? { mark: "pass", word: "check passes" } : { mark: "fail", word: "check fails" };
	switch (outcome?.state) {
		case "changed":
			return { mark: "fail", word: "changed" };
		case "reproduced":
			return { mark: "pass", word: "reproduced" };
		case "reproduced on changed sources":
			return { mark: "pass", word: "reproduced on changed sources" };
		case "cannot be checked":
			return { mark: "incomparable", word: "cannot be checked" };
		case undefined:
			return { mark: "skipped", word: "no pin to compare with" };
	}
}

/** One query, check or chart: its outcome, its rows, its SQL, what it read. */
export function CellView({ cell, run, pin, outcome, drawn, running, authors }: CellViewProps) {
	const { mark, word } = markOf(cell, run, outcome);
	const title = visible(cell.title ?? cell.name);
	const id = `cell-${cell.name}`;
	const sql = run && run.sql !== "" ? run.sql : cell.body;
	return (
		<section className="cell" id={id} aria-labelledby={`${id}-title`}>
			<header>
				{cell.kind !== "chart" && <Mark verdict={mark} label={word} />}
				<span className="ttl wrap-any" id={`${id}-title`}>
					{cell.kind === "check" ? `Check: ${title}` : title}
				</span>
				<span className="grow" />
				{run?.check && (
					<span className={run.check.passed ? "i2" : "fail-ink"}>
						expected <span className="m">{visible(run.check.expected)}</span>, found <span className="m b">{visible(run.check.found)}</span>
					</span>
				)}
				{outcome !== null && outcome.state !== "reproduced" && <span className={outcome.state === "changed" ? "fail-ink small" : "i2 small"}>{outcomeText(outcome)}</span>}
			</header>
			{run?.failure && <ErrorBox failure={run.failure} sql={run.failure.kind === "query" && run.failure.sql !== "" ? run.failure.sql : sql} />}
			{cell.kind === "chart" ? drawn?.result ? <CellChart cell={cell} result={drawn.result} sql={drawn.sql} /> : <p className="waiting">{running ? "Running…" : "Drawn when it has run."}</p> : run?.result ? <ResultTable result={run.result} label={title} /> : authors !== null ? <AuthorsRows authors={authors} title={title} /> : null}
			{cell.kind !== "chart" && (
				<details open={run?.result === null || run === undefined}>
					<summary className="small i2">SQL</summary>
					<div className="row top">
						<div className="grow" style={{ minWidth: 0 }}>
							{sql.length > SHOWN_SQL ? <pre className="code">{`${visible(sql.slice(0, SHOWN_SQL))}…\n${num(sql.length - SHOWN_SQL)} more characters`}</pre> : <SqlText sql={visible(sql)} />}
						</div>
						<CopyButton text={sql} label="Copy the SQL" />
					</div>
				</details>
			)}
			<footer>
				<span className="m">{cell.name}</span>
				{run?.result && (
					<span>
						{num(run.result.numRows)} {run.result.numRows === 1 ? "row" : "rows"} in <span className="m">{duration(run.elapsedMs)}</span>
					</span>
				)}
				{run?.digest && (
					<span>
						digest <span className="m">{run.digest.slice(0, 8)}</span>
						{pin === null ? ", not pinned" : <>, pinned <span className="m">{pin.digest.slice(0, 8)}</span></>}
					</span>
				)}
				{run && <Read sources={run.sources} />}
				{cell.kind !== "chart" && (
					<span className="end">
						<Link href={sqlHref(sql)} prefetch={false}>
							Open in SQL
						</Link>
					</span>
				)}
			</footer>
		</section>
	);
}

/** The sources that a cell could read, two of them by name. */
function Read({ sources }: { sources: { readonly [path: string]: string | null } }) {
	const paths = Object.keys(sources);
	if (paths.length === 0) return <span>read no source</span>;
	return (
		<details className="inline">
			<summary>
				read {num(paths.length)} {paths.length === 1 ? "source" : "sources"}
			</summary>
			<ul>
				{paths.slice(0, 200).map((path) => (
					<li key={path}>
						<SourceLink path={path} /> <span className="m i3">{sources[path] === null ? "hash not known" : sources[path]!.slice(0, 8)}</span>
					</li>
				))}
				{paths.length > 200 && <li>and {num(paths.length - 200)} more</li>}
			</ul>
		</details>
	);
}

function AuthorsRows({ authors, title }: { authors: NonNullable<CellViewProps["authors"]>; title: string }) {
	return (
		<div>
			<p className="small i2">The author’s rows, as the link carries them. They are the author’s word until you run the notebook.</p>
			<div className="scroll">
				<table className="t" aria-label={`${title}, the author’s rows`}>
					<thead>
						<tr>
							{authors.columns.map((name, at) => (
								<th key={at} scope="col">
									{visible(name)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{authors.rows.slice(0, AUTHORS_ROWS).map((row, n) => (
							<tr key={n}>
								{row.map((text, at) => (
									<td key={at} className="m i2">
										{text === null ? <i>null</i> : visible(text)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{authors.rows.length > AUTHORS_ROWS && <p className="small i2">{num(authors.rows.length - AUTHORS_ROWS)} more rows are in the link.</p>}
		</div>
	);
}
