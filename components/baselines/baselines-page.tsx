"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { notReadYet, useSteady } from "@/components/answer/use-steady";
import { useKey } from "@/components/shell/keys";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { setUrlParams } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { AddToNotebook } from "@/components/notebook/add-to-notebook";
import { count, Empty, ErrorBox, Figure, Icon, Mark, num, Section, sourceHref } from "@/components/ui";
import { DRIFT_TOLERANCE, percent } from "@/lib/drift/rules";
import { baselineCount, baselineList, baselineRejects, driftBetween, driftCount, metricSeries } from "@/lib/tables/baselines";
import { addressOf, type Chosen, KNOWN, nameOf, readChosen } from "./address";
import { Chooser } from "./chooser";
import { DriftTable } from "./drift-table";
import { MetricView } from "./metric-view";
import { axisOf, metricLines, runtimesOf } from "./model";
import { Multiples } from "./multiples";

const NONE = {};

/** Any two baselines, what moved between them, and every metric over all of them. */
export function BaselinesPage() {
	useKnownParams(KNOWN);
	const params = useSearchParams();
	const { load } = useWorkspace();
	const list = useSteady(useAnswer(baselineList, NONE));
	const series = useSteady(useAnswer(metricSeries, NONE));
	const rejects = useAnswer(baselineRejects, NONE).rows[0];
	const rows = list.rows;
	const chosen = useMemo(() => readChosen(params, rows), [params, rows]);
	const [before, after] = [rows[chosen.before], rows[chosen.after]];
	// A single baseline stands on both sides, so that the question can be asked; the page then shows no drift.
	const pair = useMemo(() => ({ before: nameOr(before ?? after), after: nameOr(after), tolerance: chosen.tolerance }), [before, after, chosen.tolerance]);
	const axis = useMemo(() => axisOf(rows), [rows]);
	const runtimes = useMemo(() => runtimesOf(rows), [rows]);
	const lines = useMemo(() => metricLines(rows, series.rows, axis), [rows, series.rows, axis]);
	const step = (by: 1 | -1) => {
		const [left, right] = [rows[chosen.before + by], rows[chosen.after + by]];
		if (left !== undefined && right !== undefined) setUrlParams({ before: addressOf(left), after: addressOf(right) });
	};
	useKey("[", "both baselines one older", () => step(-1), before !== undefined);
	useKey("]", "both baselines one newer", () => step(1), before !== undefined);

	const unread = notReadYet(load, "baselines");
	return (
		<>
			<PageTop crumbs={[{ label: "Baselines" }]} note={rows.length === 0 ? undefined : `${count(rows.length, "baseline")}, ${count(runtimes.length, "runtime")}`} />
			<div className="page">
				<UnknownParams />
				<div className="row wrap base" style={{ gap: "var(--s-2) var(--s-6)" }}>
					<h1>Baselines</h1>
					<div className="sumline">
						{rows.length > 0 && (
							<span>
								<Figure query={baselineCount} className="m b">
									{num(rows.length)}
								</Figure>{" "}
								{rows.length === 1 ? "baseline" : "baselines"}
							</span>
						)}
						{before !== undefined && after !== undefined && <Sum pair={pair} />}
						{rejects !== undefined && rejects.rejects > 0 && (
							<span className="vb warn-ink">
								<Mark verdict="reject" label={null} />
								<Figure query={baselineRejects} tone="warn" label="lines of baseline logs that could not be read; they are in no chart">
									{count(rejects.rejects, "reject")}
								</Figure>
								{rejects.first !== null && (
									<Link className="warn-ink" href={`${sourceHref(rejects.first)}&rejects=1`} prefetch={false} aria-label="Show the rejected lines">
										<Icon name="chevron-right" />
									</Link>
								)}
							</span>
						)}
					</div>
				</div>
				<Bad chosen={chosen} />
				{list.state === "error" ? (
					<div style={{ marginTop: "var(--s-4)" }}>
						<ErrorBox failure={list.failure} sql={list.sql} />
					</div>
				) : rows.length === 0 ? (
					unread !== null || list.state === "loading" ? (
						<p className="waiting">{unread ?? "Reading baselines…"}</p>
					) : (
						<div style={{ marginTop: "var(--s-4)" }}>
							<Empty title="No baseline in this workspace" level={2}>
								<p>
									A baseline is a line of an audit log with named numbers under <code>metrics</code> and a commit beside them, in a file such as <code>audit_baselines.jsonl</code>.
								</p>
							</Empty>
						</div>
					)
				) : (
					<>
						<Chooser rows={rows} chosen={chosen} />
						{series.state === "error" && (
							<div style={{ marginTop: "var(--s-4)" }}>
								<ErrorBox failure={series.failure} sql={series.sql} />
							</div>
						)}
						<Compared chosen={chosen} pair={pair} rows={rows} lines={lines} axis={axis} runtimes={runtimes} />
					</>
				)}
			</div>
		</>
	);
}

/** The name of a baseline; of none, one that no file can have. */
function nameOr(row: Parameters<typeof nameOf>[0] | undefined): string {
	return row === undefined ? ":0" : nameOf(row);
}

type Pair = { before: string; after: string; tolerance: number };

function Sum({ pair }: { pair: Pair }) {
	const sum = useSteady(useAnswer(driftCount, pair)).rows[0];
	if (sum === undefined) return null;
	return (
		<>
			<span>
				<Figure query={driftCount} params={pair} className="m b" tone={sum.warn > 0 ? "fail" : undefined}>
					{num(sum.warn)}
				</Figure>{" "}
				of {count(sum.compared, "metric")} that both have {sum.warn === 1 ? "warns" : "warn"}
			</span>
			{sum.oneSided > 0 && (
				<span className="vb warn-ink">
					<Mark verdict="unmatched" label={null} />
					{num(sum.oneSided)} in one of the two only
				</span>
			)}
		</>
	);
}

/** What the address asks for and this page cannot give, and a tolerance that is not the usual one. */
function Bad({ chosen }: { chosen: Chosen }) {
	return (
		<div role="status">
			{chosen.bad.map(({ name, value, says }) => (
				<p key={name} className="small warn-ink" style={{ marginTop: 8 }}>
					<span className="m">
						{name}={value}
					</span>{" "}
					{says}
				</p>
			))}
			{chosen.tolerance !== DRIFT_TOLERANCE && (
				<p className="small i2" style={{ marginTop: 8 }}>
					{chosen.tolerance === 0 ? "Any change warns" : `A change of more than ${percent(chosen.tolerance)} % warns`} on this page, as its address says; the overview keeps to {percent(DRIFT_TOLERANCE)} %.
				</p>
			)}
		</div>
	);
}

function Compared({ chosen, pair, rows, lines, axis, runtimes }: { chosen: Chosen; pair: Pair } & Omit<Parameters<typeof MetricView>[0], "line"> & { lines: ReturnType<typeof metricLines> }) {
	const params = useSearchParams();
	const [before, after] = [rows[chosen.before], rows[chosen.after]];
	const asked = params.get("metric") || null;
	const drift = useSteady(useAnswer(driftBetween, pair));
	const line = lines.find((one) => one.metric === asked) ?? lines.find((one) => one.metric === drift.rows[0]?.metric) ?? lines[0];
	return (
		<>
			{asked !== null && lines.length > 0 && line?.metric !== asked && (
				<p className="small warn-ink" role="status" style={{ marginTop: 8 }}>
					<span className="m">metric={asked}</span> is in no baseline of this workspace; the table has the names.
				</p>
			)}
			<div className="cols" style={{ gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)" }}>
				{before === undefined || after === undefined ? (
					<Section bare id="drift" title="Drift">
						<div style={{ marginTop: 12 }}>
							<Empty title="One baseline: there is nothing yet to compare it with">
								<p>Its metrics are below. A second line in the log gives the table here.</p>
							</Empty>
						</div>
					</Section>
				) : (
					<Section bare id="drift" title="Drift" note={aside(before.runtime, after.runtime, chosen)} end={<AddToNotebook sql={drift.sql} name="drift" title="Drift of two baselines" buttonClass="btn quiet slim" />}>
						{drift.state === "error" ? (
							<div style={{ marginTop: 12 }}>
								<ErrorBox failure={drift.failure} sql={drift.sql} />
							</div>
						) : drift.rows.length === 0 ? (
							<p className="waiting">{drift.state === "loading" ? "Comparing the two baselines…" : "Neither of the two has a metric."}</p>
						) : (
							<DriftTable rows={drift.rows} params={pair} before={before} after={after} metric={line?.metric ?? null} />
						)}
					</Section>
				)}
				{line !== undefined && <MetricView line={line} rows={rows} axis={axis} runtimes={runtimes} chosen={chosen} />}
			</div>
			{lines.length > 0 && <Multiples lines={lines} axis={axis} runtimes={runtimes} chosen={chosen} metric={line?.metric ?? null} />}
		</>
	);
}

/** What a reader should know of the pair: its order, and whether it is one runtime. */
function aside(before: string | null, after: string | null, chosen: Chosen): string {
	const words = ["what warns first"];
	if (chosen.before === chosen.after) words.push("both are the same baseline");
	else if (chosen.before > chosen.after) words.push("“before” is the later of the two");
	if (before !== after) words.push(`two runtimes: ${before ?? "not stated"} and ${after ?? "not stated"}`);
	return words.join("; ");
}
