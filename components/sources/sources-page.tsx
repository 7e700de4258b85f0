"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { setUrlParams } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { notReadYet, useNarrow, useSteady } from "@/components/answer/use-steady";
import { bytes, count, Empty, ErrorBox, Field, Figure, Icon, Mark, Menu, num } from "@/components/ui";
import { rejectCount, sourceFacets, sourceList, sourceTotals } from "@/lib/tables/sources";
import { LineSumText } from "./source-head";
import { NotRead } from "./sources-not-read";
import { SourcesTable } from "./sources-table";
import { facetParts, stateSays } from "./words";

const NONE = {};
const KNOWN = ["format", "state", "q"];

/** Every file of the workspace: what it was recognised as, and what became of its lines. */
export function SourcesPage() {
	useKnownParams(KNOWN);
	const params = useSearchParams();
	const { load, name } = useWorkspace();
	const format = params.get("format") || null;
	const state = params.get("state") || null;
	const q = params.get("q") || null;
	const filter = useMemo(() => ({ format, state, q }), [format, state, q]);
	const list = useSteady(useAnswer(sourceList, filter));
	const totals = useSteady(useAnswer(sourceTotals, filter));
	const facets = useSteady(useAnswer(sourceFacets, NONE));
	const rejects = useAnswer(rejectCount, NONE).rows[0];
	const all = facets.rows.reduce((sum, row) => sum + row.files, 0);
	const total = totals.rows[0];
	const unread = notReadYet(load, "sources") ?? (list.state === "loading" ? "Reading sources…" : null);
	const filtered = format !== null || state !== null || q !== null;

	return (
		<>
			<PageTop crumbs={[{ label: "Sources" }]} note={all === 0 ? undefined : `${count(all, "file")} in ${name}`} />
			<div className="page">
				<UnknownParams />
				<div className="row wrap" style={{ alignItems: "end", gap: "var(--s-2) var(--s-6)" }}>
					<h1>Sources</h1>
					{total !== undefined && all > 0 && (
						<div className="sumline">
							<span>
								<Figure query={sourceTotals} params={filter} className="m b" label="files that match">
									{num(total.files)}
								</Figure>{" "}
								{filtered ? `match of ${count(all, "file")}` : total.files === 1 ? "file" : "files"}
							</span>
							<span>
								<Figure query={sourceTotals} params={filter} className="m" label="bytes of these files">
									{bytes(total.bytes)}
								</Figure>
							</span>
							{rejects !== undefined && rejects.rejects > 0 && (
								<span className="vb warn-ink">
									<Mark verdict="reject" label={null} />
									<Figure query={rejectCount} tone="warn">
										{count(rejects.rejects, "reject")}
									</Figure>{" "}
									in {count(rejects.files, "file")}
								</span>
							)}
						</div>
					)}
				</div>
				{total !== undefined && total.lines > 0 && (
					<p className="i2" style={{ marginTop: "var(--s-2)" }}>
						<LineSumText row={total} query={sourceTotals} params={filter} />
					</p>
				)}
				<div className="row wrap" style={{ marginTop: "var(--s-4)", gap: "var(--s-2)" }}>
					<PathFilter q={q ?? ""} />
					<Facet name="format" value={format} options={tally(facets.rows.filter((row) => state === null || row.state === state).map((row) => [row.format, row.files]))} />
					<Facet name="state" value={state} options={tally(facets.rows.filter((row) => format === null || row.format === format).map((row) => [row.state, row.files]))} />
				</div>
				{list.state === "error" ? (
					<div style={{ marginTop: "var(--s-5)" }}>
						<ErrorBox failure={list.failure} sql={list.sql} />
					</div>
				) : list.rows.length > 0 ? (
					<>
						<div style={{ marginTop: "var(--s-3)" }}>
							<SourcesTable rows={list.rows} />
						</div>
						<NotRead rows={list.rows} />
					</>
				) : unread !== null && (all === 0 || list.state === "loading") ? (
					<p className="waiting">{unread}</p>
				) : (
					<div style={{ marginTop: "var(--s-4)" }}>
						{all === 0 ? (
							<Empty title="The workspace has no files" level={2}>
								<p>{name || "The folder"} is empty, or everything in it is left out by a rule.</p>
							</Empty>
						) : (
							<Empty
								title={
									<>
										No file matches {[q === null ? null : `“${q}”`, format, state].filter((word) => word !== null).join(", ")}
									</>
								}
								level={2}
								actions={
									<button type="button" className="btn" onClick={() => setUrlParams({ format: null, state: null, q: null })}>
										Clear the filters
									</button>
								}
							>
								<p>{count(all, "file")} in the workspace.</p>
							</Empty>
						)}
					</div>
				)}
			</div>
		</>
	);
}

/** Sums files by value, most first; files without a value are not offered. */
function tally(pairs: readonly (readonly [string | null, number])[]): [string, number][] {
	const sums = new Map<string, number>();
	for (const [value, files] of pairs) if (value !== null) sums.set(value, (sums.get(value) ?? 0) + files);
	return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Values of a filter that stand side by side; the others are in a menu. */
const MANY = 9;

function Facet({ name, value, options }: { name: "format" | "state"; value: string | null; options: readonly [string, number][] }) {
	const narrow = useNarrow();
	const { shown, rest } = facetParts(options, value, narrow ? 4 : MANY);
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box; the group has a name
		<span className="row wrap" role="group" aria-label={`Filter by ${name}`} style={{ gap: 4 }}>
			<span className="i3 small">{name}</span>
			{shown.map(([option, files]) => (
				<button key={option} type="button" className={`chip${option === value ? " on" : ""}`} aria-pressed={option === value} title={name === "state" ? stateTitle(option) : undefined} onClick={() => setUrlParams({ [name]: option === value ? null : option })}>
					{option} <span className="m">{num(files)}</span>
					{option === value && <Icon name="close" />}
				</button>
			))}
			{rest.length > 0 && (
				<Menu
					label={`More ${name}s`}
					buttonClass="chip"
					items={rest.map(([option, files]) => ({
						label: (
							<span className="row">
								{option} <span className="m i3">{num(files)}</span>
							</span>
						),
						onSelect: () => setUrlParams({ [name]: option }),
					}))}
				>
					{num(rest.length)} more
				</Menu>
			)}
		</span>
	);
}

function stateTitle(state: string): string | undefined {
	switch (state) {
		case "ready":
		case "partial":
		case "known, not yet read":
		case "left out":
		case "unrecognised":
		case "failed":
			return stateSays(state);
		default:
			return undefined;
	}
}

/** Typed text goes to the address after this long without a key, in milliseconds. */
const TYPING = 180;

function PathFilter({ q }: { q: string }) {
	const [text, setText] = useState(q);
	useEffect(() => setText(q), [q]);
	useEffect(() => {
		if (text === q) return;
		const timer = setTimeout(() => setUrlParams({ q: text }, { replace: true }), TYPING);
		return () => clearTimeout(timer);
	}, [text, q]);
	return <Field label="Find a file" placeholder="Part of a path" icon="filter" pageFilter value={text} onChange={setText} width={220} />;
}
