"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { historyPath } from "@/components/shell/asset-urls";
import { useKey } from "@/components/shell/keys";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { readableQuery, setUrlParams } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { count, ErrorBox, Figure, Icon, Mark, num } from "@/components/ui";
import { sessionCount, type SessionFilter, sessionListSorted, sessionRejects } from "@/lib/tables/sessions";
import { FILTER_NAMES, chosenIndex, KNOWN, readChosen, readFilter, SORT_WORDS, sessionHref, sharedIds } from "./address";
import { SessionDetail } from "./session-detail";
import { SessionFilters } from "./session-filters";
import { SessionTable } from "./session-table";
import { NoMatch, NoSessions } from "./sessions-empty";
import { notReadYet, useNarrow, useSteady } from "@/components/answer/use-steady";

const NONE = {};
const ALL: SessionFilter = { daemon: null, verdict: null, kind: null, model: null, after: null, before: null, q: null };

/** Sessions: the list with its filters, and the chosen one beside it. On a narrow window each is a page of its own. */
export function SessionsPage() {
	const unknown = useKnownParams(KNOWN);
	const params = useSearchParams();
	const { load } = useWorkspace();
	const narrow = useNarrow();
	const { filter, sort, bad } = useMemo(() => readFilter(params), [params]);
	const chosen = useMemo(() => readChosen(params), [params]);
	const total = useSteady(useAnswer(sessionCount, ALL));
	const matching = useSteady(useAnswer(sessionCount, filter));
	const list = useSteady(useAnswer(sessionListSorted, useMemo(() => ({ ...filter, sort }), [filter, sort])));
	const rejects = useAnswer(sessionRejects, NONE);
	const scroller = useRef<HTMLDivElement>(null);
	const rows = list.rows;
	const shared = useMemo(() => sharedIds(rows), [rows]);
	const at = useMemo(() => chosenIndex(rows, chosen), [rows, chosen]);

	// Without a choice the first session of the list is shown, so the next one is the second.
	const shown = chosen === null ? 0 : at;
	// Keys can come faster than the page is drawn.
	const cursor = useRef(shown);
	useEffect(() => {
		cursor.current = shown;
	}, [shown]);

	/** Shows a session of the list. Both pages draw the same, so the address changes without a way to the server. */
	const choose = (index: number, replace = false) => {
		const row = rows[index];
		if (row === undefined) return;
		cursor.current = index;
		const href = historyPath(sessionHref(row, row.sessionId !== null && shared.has(row.sessionId), params));
		if (replace && chosen !== null) window.history.replaceState(null, "", href);
		else window.history.pushState(null, "", href);
		if (narrow) window.scrollTo(0, 0);
	};
	useKey("j", "next session", () => choose(Math.min(rows.length - 1, cursor.current + 1), true), rows.length > 0);
	useKey("k", "previous session", () => choose(Math.max(0, cursor.current - 1), true), rows.length > 0);
	useKey("Enter", "open the session", (event) => {
		const pressed = event.target instanceof HTMLElement && event.target.closest("a, button, summary");
		if (pressed instanceof HTMLElement) pressed.click();
		else if (chosen === null) choose(0);
	}, rows.length > 0);

	const unread = notReadYet(load, "sessions");
	const loading = unread !== null;
	const all = total.rows[0];
	const match = matching.rows[0];
	const first = rows[0];
	const preview = chosen ?? (first === undefined ? null : { id: first.sessionId, source: first.source, line: first.line });
	const lost = rejects.rows[0];
	const none = all !== undefined && all.sessions === 0;
	const attemptText = params.get("attempt");
	const attempt = attemptText !== null && /^[1-9]\d{0,5}$/.test(attemptText) ? Number(attemptText) : null;

	const listPane = (
		<section className="pane" aria-label="Sessions" style={narrow ? undefined : { position: "sticky", top: "var(--top-h)", height: "calc(100dvh - var(--top-h))", display: "flex", flexDirection: "column" }}>
			<div style={{ padding: "var(--s-3) var(--s-4) 0", flex: "none" }}>
				<SessionFilters sort={sort} />
				{bad.map(({ name, value }) => (
					<p key={name} className="small warn-ink" style={{ marginTop: 8 }} role="status">
						<span className="m">
							{name}={value}
						</span>{" "}
						{name === "sort" ? "is no order of this list; it is newest first." : "is neither a day (2026-05-02) nor an RFC 3339 time; it filters nothing."}
					</p>
				))}
				<div className="row wrap small i3" style={{ margin: "10px 0 8px", columnGap: 8 }} role="status">
					{match !== undefined && all !== undefined && (
						<>
							<Figure query={sessionCount} params={filter} className="m b ink" label="sessions that match the filters">
								{num(match.sessions)}
							</Figure>{" "}
							<span>
								match of{" "}
								<Figure query={sessionCount} params={ALL} className="m" label="sessions in all">
									{num(all.sessions)}
								</Figure>
								, {rows.length < match.sessions && rows.length > 0 ? `${num(rows.length)} listed, ` : ""}
								{SORT_WORDS[sort]}
							</span>
						</>
					)}
					<span className="grow" />
					{lost !== undefined && lost.rejects > 0 && (
						<span className="vb warn-ink">
							<Mark verdict="reject" label={null} />
							<Figure query={sessionRejects} tone="warn" label="lines of session logs that could not be read; they are in no count of sessions">
								{count(lost.rejects, "reject")}
							</Figure>
							{lost.first !== null && (
								<Link className="warn-ink" href={`/source?${readableQuery(new URLSearchParams({ path: lost.first, rejects: "1" }))}`} prefetch={false} aria-label="Show the rejected lines">
									<Icon name="chevron-right" />
								</Link>
							)}
						</span>
					)}
				</div>
			</div>
			{list.state === "error" ? (
				<div style={{ padding: "0 var(--s-4)" }}>
					<ErrorBox failure={list.failure} sql={list.sql} />
				</div>
			) : rows.length === 0 && list.state === "ready" && !none ? (
				<div style={{ padding: "var(--s-2) var(--s-4)" }}>
					<NoMatch filter={filter} total={all?.sessions ?? 0} />
				</div>
			) : rows.length === 0 ? (
				<p className="waiting" style={{ padding: "0 var(--s-4)" }}>
					{unread ?? "Reading sessions…"}
				</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it
				<section ref={scroller} className="scroll" tabIndex={0} aria-label="List of sessions" style={{ flex: "1 1 auto", minHeight: 0, overflow: "auto", container: "list / inline-size", borderTop: "1px solid var(--rule-strong)", maxHeight: narrow && rows.length > 150 ? "calc(100dvh - 240px)" : undefined }}>
					<SessionTable rows={rows} chosen={chosen === null ? (narrow ? -1 : 0) : at} days={sort === "newest" || sort === "oldest"} params={params} scroller={scroller} rowHeight={narrow ? 36 : 28} onChoose={(index) => choose(index)} />
				</section>
			)}
		</section>
	);

	return (
		<>
			<PageTop
				heading={preview === null || none || (narrow && chosen === null)}
				crumbs={chosen === null ? [{ label: "Sessions" }] : [{ label: "Sessions", href: `/sessions${keptFilters(params)}` }, { label: chosen.id ?? `line ${chosen.line}` }]}
				note={all === undefined || none ? undefined : `${count(all.sessions, "session")}, ${count(all.daemons, "daemon")}, ${count(all.sources, "log")}`}
			/>
			{unknown.length > 0 && (
				<div style={{ padding: "var(--s-3) var(--s-6) 0" }}>
					<UnknownParams />
				</div>
			)}
			{none && !loading ? (
				<div className="page">
					<NoSessions />
				</div>
			) : narrow ? (
				chosen === null ? (
					listPane
				) : (
					<section className="page" aria-label="Session">
						<SessionDetail chosen={chosen} attempt={attempt} onAttempt={markAttempt} loading={loading} />
					</section>
				)
			) : (
				<div className="split" style={{ gridTemplateColumns: "minmax(0, min(500px, 46%)) minmax(0, 1fr)", alignItems: "start" }}>
					{listPane}
					<section className="pane" aria-label="Session" style={{ padding: "var(--s-4) var(--s-6) var(--s-8)", containerType: "inline-size", containerName: "page" }}>
						{preview === null ? null : (
							<SessionDetail
								chosen={preview}
								attempt={chosen === null ? null : attempt}
								onAttempt={chosen === null ? (next) => markFirst(() => choose(0), next) : markAttempt}
								onNewer={shown > 0 ? () => choose(shown - 1, true) : undefined}
								onOlder={shown >= 0 && shown < rows.length - 1 ? () => choose(shown + 1, true) : undefined}
								loading={loading}
							/>
						)}
					</section>
				</div>
			)}
		</>
	);
}

function markAttempt(attempt: number | null): void {
	setUrlParams({ attempt: attempt === null ? null : String(attempt) }, { replace: true });
}

/** The session shown without a choice is chosen first, so that the address says which attempt of what. */
function markFirst(choose: () => void, attempt: number | null): void {
	choose();
	markAttempt(attempt);
}

function keptFilters(params: { get(name: string): string | null }): string {
	const kept = new URLSearchParams();
	for (const name of FILTER_NAMES) {
		const value = params.get(name);
		if (value) kept.set(name, value);
	}
	const query = readableQuery(kept);
	return query === "" ? "" : `?${query}`;
}
