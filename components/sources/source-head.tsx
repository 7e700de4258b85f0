"use client";

import { Fragment } from "react";
import { bytes, CopyButton, Figure, Hash, num, Time } from "@/components/ui";
import { rejectList, type SourceRow, type SourceTotals, sourceAt } from "@/lib/tables/sources";
import type { AnyQuery } from "@/components/evidence/types";
import type { Params } from "@/lib/tables/query";
import { fileSays, lineSum, stateSays } from "./words";

/** `1,234 lines = 1,230 records + 2 rejects + 2 blanks`, each figure with what it rests on. */
export function LineSumText({ row, query, params }: { row: Pick<SourceRow, "lines" | "records" | "rejects" | "blanks" | "comments" | "other" | "pending"> | SourceTotals; query: AnyQuery; params: Params }) {
	const sum = lineSum(row);
	if (sum === null) return <span className="i3">The format has no lines.</span>;
	return (
		<span>
			<Figure query={query} params={params} className="m" label="lines in all">
				{num(sum.lines)}
			</Figure>{" "}
			{sum.lines === 1 ? "line" : "lines"} ={" "}
			{sum.parts.map((part, i) => (
				<Fragment key={part.kind}>
					{i > 0 && " + "}
					<Figure query={query} params={params} className="m" label={`lines counted as ${part.kind}`} {...(part.kind === "rejects" && part.count > 0 ? { tone: "warn" as const } : {})}>
						{num(part.count)}
					</Figure>{" "}
					<span className={part.kind === "rejects" && part.count > 0 ? "warn-ink" : undefined}>{part.word}</span>
				</Fragment>
			))}
			{!sum.holds && <b className="fail-ink"> These do not add up: a line is counted twice or not at all. This is a fault of Casebook.</b>}
		</span>
	);
}

/** What is known of a file. */
export function SourceHead({ row }: { row: SourceRow }) {
	const params = { path: row.path };
	const says = fileSays(row);
	return (
		<>
			<div className="row" style={{ gap: 4, alignItems: "start" }}>
				<h1 className="m wrap-any" style={{ fontSize: "var(--text-lg)", lineHeight: "var(--lead-lg)", letterSpacing: "normal" }}>
					{row.path}
				</h1>
				<CopyButton text={row.path} label="Copy the path" done="Path copied" />
			</div>
			<dl className="heads">
				<div>
					<dt>Format</dt>
					<dd>{row.format ?? <span className="i3">none claims it</span>}</dd>
				</div>
				<div>
					<dt>State</dt>
					<dd title={stateSays(row.state)}>{row.state}</dd>
				</div>
				<div>
					<dt>Size</dt>
					<dd className="m" title={`${num(row.bytes)} bytes`}>
						<Figure query={sourceAt} params={params} label="bytes of this file">
							{bytes(row.bytes)}
						</Figure>
					</dd>
				</div>
				<div>
					<dt>sha256</dt>
					<dd>
						<Hash value={row.sha256} />
					</dd>
				</div>
				<div>
					<dt>Changed on disk</dt>
					<dd>
						<Time value={row.modifiedAt} style="minute" />
					</dd>
				</div>
				<div>
					<dt>Table rows</dt>
					<dd className="m">
						<Figure query={sourceAt} params={params} label="table rows that came of this file">
							{num(row.rows)}
						</Figure>
					</dd>
				</div>
				{row.rejects > 0 && row.lines === null && (
					<div>
						<dt>Rejects</dt>
						<dd className="m">
							<Figure query={rejectList} params={{ source: row.path }} tone="warn">
								{num(row.rejects)}
							</Figure>
						</dd>
					</div>
				)}
			</dl>
			<p className="i2" style={{ marginTop: "var(--s-3)" }}>
				{row.lines !== null && <LineSumText row={row} query={sourceAt} params={params} />}
				{says !== null && <span>{row.lines === null ? "" : ". "}{says}</span>}
				{row.note !== null && <span className="i3"> {row.note}</span>}
			</p>
		</>
	);
}
