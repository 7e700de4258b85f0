"use client";

import "./sql.css";
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useModKey } from "@/components/shell/platform";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Kbd } from "@/components/ui/bits";
import { ErrorBox } from "@/components/ui/error-box";
import { num } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { useCopy, useToast } from "@/components/ui/toast";
import { sqlWords, tableSizes } from "@/lib/tables/catalog";
import { schemaColumns } from "@/lib/tables/sources";
import { catalogOf } from "./catalog";
import type { Word } from "./completion";
import { HistoryMenu } from "./history-menu";
import { LONGEST_LINK } from "./link";
import { ResultView } from "./result-view";
import { SchemaPane } from "./schema-pane";
import { TabBar, tabId } from "./tab-bar";
import { activeTab, addTab, changeTab, closeTab, firstTabs, MOST_TABS } from "./tabs";
import { useAsked } from "./use-asked";
import { useEditor } from "./use-editor";
import { useExport } from "./use-export";
import { useHistory } from "./use-history";
import { useLinkedTabs } from "./use-linked-tabs";
import { useRuns } from "./use-runs";

/** `/sql#q=`: write a query, run it on your own press, read and take away its rows. */
export function SqlPage({ nonce }: { nonce: string | null }) {
	useKnownParams([]);
	const { engine, version, load } = useWorkspace();
	const schema = useAnswer(schemaColumns, {});
	const tables = useMemo(() => catalogOf(schema.rows), [schema.rows]);
	const { tabs, setTabs, link, tooLong, writeLink } = useLinkedTabs();
	const shown = activeTab(tabs ?? firstTabs());
	const runs = useRuns(engine);
	const run = runs.bySlot[shown.slot];
	const history = useHistory();
	const exporting = useExport(engine);
	const [wanted, setWanted] = useState(false);
	const loading = load.phase === "opening" || load.phase === "loading";
	// The engine is left to the loader until the files are in.
	const words = useAsked(engine, sqlWords, wanted && !loading ? "once" : null);
	const sizes = useAsked(engine, tableSizes, loading ? null : String(version));
	const catalog = useRef<{ tables: typeof tables; words: readonly Word[] }>({ tables, words });
	catalog.current = { tables, words };
	const mod = useModKey();
	const toast = useToast();
	const copy = useCopy();
	const panel = useId();
	const runsNow = run?.state === "running";

	const { parent, editor, problem } = useEditor(nonce, {
		onChange: (text) => setTabs((old) => changeTab(old, old.active, { text, linked: false })),
		onRun: () => start(),
		onCancel: () => runs.cancel(shown.slot),
		catalog: () => catalog.current,
		onFocus: () => setWanted(true),
	});

	const start = () => {
		const { sql, offset } = editor?.selected() ?? { sql: shown.text, offset: 0 };
		if (sql.trim() === "") {
			toast("There is no query to run.");
			return;
		}
		editor?.mark(null);
		setTabs((old) => changeTab(old, shown.slot, { linked: false }));
		writeLink(shown.text);
		history.add(sql);
		runs.start(shown.slot, sql, offset, version);
	};

	const ready = tabs !== null;
	useEffect(() => {
		if (ready) editor?.show(shown.slot, shown.text);
	}, [editor, ready, shown.slot, shown.text]);

	// An error is underlined when its run ends, while the text is still the one that ran.
	const failure = run?.failure ?? null;
	useEffect(() => {
		if (editor === null || run === undefined || failure?.kind !== "query" || failure.position === undefined) return;
		editor.mark({ position: failure.position + run.offset, message: failure.message });
	}, [editor, run, failure]);

	const insert = useCallback((text: string) => editor?.insert(text), [editor]);
	const running = useMemo(() => new Set(Object.entries(runs.bySlot).flatMap(([slot, one]) => (one?.state === "running" ? [Number(slot)] : []))), [runs.bySlot]);
	const note = loading ? "Files are still loading; the line below says how far." : run !== undefined && run.version !== version ? "Files have loaded since this ran; run it again to see them." : null;

	return (
		<>
			<PageTop
				heading
				crumbs={[{ label: "SQL" }]}
				note="DuckDB in this browser, nothing is sent"
				actions={
					<>
						<HistoryMenu
							past={history.past}
							onPick={(sql) => {
								setTabs((old) => changeTab(old, old.active, { text: sql, linked: false }));
								editor?.focus();
							}}
							onClear={history.clear}
						/>
						<button
							type="button"
							className="btn quiet"
							onClick={() => {
								const url = link(shown.text);
								if (url === null) toast(`Not copied: a link of more than ${num(LONGEST_LINK)} characters does not travel. Send the query as text.`);
								else copy(url, `Link copied, ${num(url.length)} characters`);
							}}
						>
							<Icon name="link" />
							<span className="lbl">Share query</span>
						</button>
					</>
				}
			/>
			<UnknownParams />
			<div className="split sq">
				<SchemaPane tables={tables} sizes={sizes} engine={engine} version={version} loading={schema.state === "loading" || loading} failure={schema.state === "error" ? schema.failure : null} onInsert={insert} />
				<div className="pane sq-main">
					<div className="sq-tools">
						<TabBar
							tabs={tabs ?? firstTabs()}
							running={running}
							panelId={panel}
							onShow={(slot) => setTabs((old) => ({ ...old, active: slot }))}
							onAdd={() => {
								setTabs((old) => addTab(old));
								editor?.focus();
							}}
							onRename={(slot, name) => setTabs((old) => changeTab(old, slot, { name }))}
							onClose={(slot) => {
								runs.drop(slot);
								editor?.forget(slot);
								setTabs((old) => closeTab(old, slot));
							}}
						/>
						<span className="grow" />
						{runsNow ? (
							<button type="button" className="btn" onClick={() => runs.cancel(shown.slot)} title="Esc in the editor does the same">
								<Icon name="stop" />
								Cancel
							</button>
						) : (
							<button type="button" className="btn pri" disabled={!ready} onClick={start}>
								<Icon name="play" />
								Run
							</button>
						)}
						<span className="sq-keys">
							<Kbd>{mod} Enter</Kbd>
						</span>
					</div>
					<div id={panel} role="tabpanel" aria-labelledby={tabId(panel, shown.slot)} className="sq-panel">
						{shown.linked && (
							<p className="sq-note" role="status">
								<Icon name="info" />
								This query came with the link. It has not run.
							</p>
						)}
						{tooLong && (
							<p className="sq-note" role="status">
								<Icon name="info" />
								The query is too long for a link: more than {num(LONGEST_LINK)} characters do not travel. The address does not carry it.
							</p>
						)}
						{problem !== null && <ErrorBox failure={{ kind: "query", sql: "", message: `The editor could not be loaded. ${problem} Reload the page.`, candidates: [] }} />}
						<div className="sq-editor" ref={parent}>
							{editor === null && ready && <pre className="sq-before">{shown.text}</pre>}
						</div>
						{run === undefined ? (
							<p className="sq-quiet sq-start">
								Nothing has run yet. {mod} Enter runs the query, or the part of it that is selected.
							</p>
						) : (
							<ResultView
								key={shown.slot}
								engine={engine}
								slot={shown.slot}
								name={shown.name}
								run={run}
								note={note}
								exporting={exporting}
								view={shown.view ?? "table"}
								chart={shown.chart ?? null}
								onView={(view) => setTabs((old) => changeTab(old, shown.slot, { view }))}
								onChart={(chart) => setTabs((old) => changeTab(old, shown.slot, { chart }))}
								onOpen={(sql) => {
									if ((tabs?.list.length ?? 0) >= MOST_TABS) toast(`Not opened: there are ${MOST_TABS} queries already. Close one first.`);
									else setTabs((old) => addTab(old, sql));
								}}
								onCandidate={(candidate) => {
									if (editor?.replaceMarked(candidate) !== true) toast("Not replaced: the word is no longer in the query.");
								}}
							/>
						)}
					</div>
				</div>
			</div>
		</>
	);
}
