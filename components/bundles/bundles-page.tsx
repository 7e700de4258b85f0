"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { notReadYet, useSteady } from "@/components/answer/use-steady";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { setUrlParams } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Breakable, bytes, Commit, count, Empty, ErrorBox, Field, Figure, Mark, num, Time } from "@/components/ui";
import { type BundleListRow, bundleFiles, bundleList } from "@/lib/tables/bundles";
import { bundleHref, filterBundles, LIST_KNOWN, readFilter } from "./address";
import { Few } from "./few";
import { ExitCode, RunCases, Sums } from "./parts";

const NONE = {};

/** Every evidence bundle, newest first. */
export function BundlesPage() {
	useKnownParams(LIST_KNOWN);
	const params = useSearchParams();
	const { load } = useWorkspace();
	const list = useSteady(useAnswer(bundleList, NONE));
	const filter = useMemo(() => readFilter(params), [params]);
	const rows = useMemo(() => filterBundles(list.rows, filter), [list.rows, filter]);
	const total = list.rows.length;
	const unread = notReadYet(load, "bundles");
	const failing = list.rows.filter((row) => row.failed > 0 || row.differs > 0 || (row.exitCode !== null && row.exitCode !== 0)).length;
	const missing = list.rows.filter((row) => row.missing > 0).length;
	return (
		<>
			<PageTop crumbs={[{ label: "Bundles" }]} note={total === 0 ? undefined : count(total, "bundle")} />
			<div className="page">
				<UnknownParams />
				<div className="row wrap base" style={{ gap: "var(--s-2) var(--s-6)" }}>
					<h1>Evidence bundles</h1>
					{total > 0 && (
						<div className="sumline">
							<span>
								<Figure query={bundleList} className="m b">
									{num(rows.length)}
								</Figure>{" "}
								{rows.length === total ? (total === 1 ? "bundle" : "bundles") : `match of ${num(total)}`}
							</span>
							{failing > 0 && (
								<span className="vb fail-ink" style={{ whiteSpace: "normal" }}>
									<Mark verdict="fail" label={null} />
									{num(failing)} with a failing case, another exit code than 0, or a file that differs
								</span>
							)}
							{missing > 0 && (
								<span className="vb warn-ink">
									<Mark verdict="unmatched" label={null} />
									{num(missing)} with listed files missing
								</span>
							)}
						</div>
					)}
				</div>
				{total > 0 && <Filters />}
				{filter.bad.map(({ name, value }) => (
					<p key={name} className="small warn-ink" style={{ marginTop: 8 }} role="status">
						<span className="m">
							{name}={value}
						</span>{" "}
						is neither a day (2026-05-02) nor an RFC 3339 time; it filters nothing.
					</p>
				))}
				{list.state === "error" ? (
					<div style={{ marginTop: "var(--s-4)" }}>
						<ErrorBox failure={list.failure} sql={list.sql} />
					</div>
				) : rows.length > 0 ? (
					<Few rows={rows} what="bundles">
						{(shown) => <BundlesTable rows={shown} />}
					</Few>
				) : unread !== null || list.state === "loading" ? (
					<p className="waiting">{unread ?? "Reading bundles…"}</p>
				) : (
					<div style={{ marginTop: "var(--s-4)" }}>{total === 0 ? <NoBundles /> : <NoMatch total={total} />}</div>
				)}
			</div>
		</>
	);
}

function NoBundles() {
	return (
		<Empty title="No evidence bundle in this workspace" level={2}>
			<p>
				A bundle is the folder of one run: its environment (<code>env.json</code>), its commands (<code>commands.txt</code>), what it put out, and a checksum list (<code>sha256.txt</code>). A folder with any of these shows here.
			</p>
		</Empty>
	);
}

function NoMatch({ total }: { total: number }) {
	return (
		<Empty
			title="No bundle matches the filters"
			level={2}
			actions={
				<button type="button" className="btn" onClick={() => setUrlParams({ q: null, after: null, before: null })}>
					Clear the filters
				</button>
			}
		>
			<p>
				{count(total, "bundle")} {total === 1 ? "is" : "are"} loaded. A bundle whose time is not known matches no span of time.
			</p>
		</Empty>
	);
}

/** Typed text goes to the address after this long without a key, in milliseconds. */
const TYPING = 180;

function Filters() {
	const params = useSearchParams();
	const q = params.get("q") ?? "";
	const [text, setText] = useState(q);
	useEffect(() => setText(q), [q]);
	useEffect(() => {
		if (text === q) return;
		const timer = setTimeout(() => setUrlParams({ q: text }, { replace: true }), TYPING);
		return () => clearTimeout(timer);
	}, [text, q]);
	const day = (name: string) => (params.get(name) ?? "").slice(0, 10);
	return (
		<div className="row wrap" style={{ marginTop: "var(--s-4)", gap: "var(--s-2)" }}>
			<Field label="Find a bundle" placeholder="Part of a folder or commit" icon="filter" pageFilter value={text} onChange={setText} width={240} />
			<span className="row" style={{ gap: 6 }}>
				<span className="i3 small">from</span>
				<Field label="From this day, UTC" type="date" value={day("after")} onChange={(value) => setUrlParams({ after: value })} width={140} />
			</span>
			<span className="row" style={{ gap: 6 }}>
				<span className="i3 small">before</span>
				<Field label="Before this day, UTC" type="date" value={day("before")} onChange={(value) => setUrlParams({ before: value })} width={140} />
			</span>
			<span className="i3 small">days of UTC</span>
		</div>
	);
}

function BundlesTable({ rows }: { rows: readonly BundleListRow[] }) {
	return (
		<div className="scroll" style={{ marginTop: "var(--s-3)" }}>
			<table className="t tall" aria-label="Evidence bundles">
				<thead>
					<tr>
						<th scope="col">Bundle</th>
						<th scope="col" className="c-mid">
							When
						</th>
						<th scope="col" className="c-wide">
							Commit
						</th>
						<th scope="col">Exit code</th>
						<th scope="col" className="c-mid">
							Cases of its runs
						</th>
						<th scope="col" className="c-mid">
							Checksums
						</th>
						<th scope="col" className="r c-wide">
							Files
						</th>
						<th scope="col" className="r c-wide">
							Size
						</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.bundle}>
							<td className="w taps" style={{ minWidth: 160 }}>
								<Link className="m wrap-any" data-row="" href={bundleHref(row.bundle)} prefetch={false}>
									<Breakable text={row.bundle === "." ? "the workspace itself" : row.bundle} />
								</Link>
								<span className="only-s small i2">
									<RunCases row={row} />
								</span>
								<span className="only-s small i2">
									<Sums row={row} />
								</span>
							</td>
							<td className="i2 c-mid">
								<Time value={row.bundleAt} from={row.bundleAtFrom} style="minute" />
							</td>
							<td className="c-wide">{row.gitCommit === null || row.gitCommit === "" ? <span className="null">not stated</span> : <Commit value={row.gitCommit} />}</td>
							<td>
								<ExitCode bundle={row.bundle} code={row.exitCode} />
							</td>
							<td className="c-mid">
								<RunCases row={row} />
							</td>
							<td className="c-mid">
								<Sums row={row} />
							</td>
							<td className="r m i2 c-wide">
								<Figure query={bundleFiles} params={{ bundle: row.bundle }} label={`files of ${row.bundle}`}>
									{num(row.files)}
								</Figure>
							</td>
							<td className="r m i2 c-wide" title={`${num(row.bytes)} bytes`}>
								{bytes(row.bytes)}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
