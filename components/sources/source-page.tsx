"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { setUrlParams } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { notReadYet, useNarrow, useSteady } from "@/components/answer/use-steady";
import { count, Empty, ErrorBox, Field, Icon, Mark, num, Seg, sourceHref, sqlHref } from "@/components/ui";
import { rejectList, type SourceRow, sourceAt } from "@/lib/tables/sources";
import { LineCache } from "./line-cache";
import { SourceHead } from "./source-head";
import { SourceLines } from "./source-lines";
import { SourceRejects } from "./source-rejects";
import { fileQuery, lineNumber, nextLine } from "./words";

const KNOWN = ["path", "line", "rejects"];

/** One file: what is known of it, and its text by lines. */
export function SourcePage() {
	useKnownParams(KNOWN);
	const path = useSearchParams().get("path") ?? "";
	const { load } = useWorkspace();
	const narrow = useNarrow();
	const answer = useSteady(useAnswer(sourceAt, useMemo(() => ({ path }), [path])));
	const row = answer.rows.find((candidate) => candidate.path === path);
	const unread = notReadYet(load, "sources") ?? (answer.state === "loading" ? "Reading sources…" : null);
	return (
		<>
			<PageTop
				crumbs={[{ label: "Sources", href: "/sources" }, { label: path === "" ? "no path" : path }]}
				actions={
					row !== undefined && row.rows > 0 ? (
						<Link className="btn quiet" href={sqlHref(fileQuery(row))} prefetch={false}>
							<Icon name="sql" />
							<span className="lbl">Query in SQL</span>
						</Link>
					) : undefined
				}
			/>
			<div className="page" style={narrow ? undefined : { display: "flex", flexDirection: "column", height: "calc(100dvh - var(--top-h))", minHeight: 560, paddingBottom: "var(--s-4)" }}>
				<UnknownParams />
				{answer.state === "error" ? (
					<ErrorBox failure={answer.failure} sql={answer.sql} />
				) : row !== undefined ? (
					<OneSource key={`${row.path}\n${row.sha256}\n${row.bytes}\n${row.lines}`} row={row} narrow={narrow} />
				) : unread !== null ? (
					<p className="waiting">{unread}</p>
				) : (
					<Unknown path={path} />
				)}
			</div>
		</>
	);
}

function Unknown({ path }: { path: string }) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	return (
		<Empty
			title={path === "" ? "No source is named" : <>No source {path}</>}
			level={2}
			actions={
				<>
					{name !== "" && (
						<Link className="btn" href={`/sources?q=${encodeURIComponent(name)}`}>
							Sources named {name}
						</Link>
					)}
					<Link className="btn" href="/sources">
						All sources
					</Link>
				</>
			}
		>
			<p>{path === "" ? "The address has no path." : "The workspace has no file of this path. Paths are compared as they are written, from the workspace’s own folder."}</p>
		</Empty>
	);
}

/** Where typed numbers go once the reader stops typing, in milliseconds. */
const TYPING = 350;

function OneSource({ row, narrow }: { row: SourceRow; narrow: boolean }) {
	const { path } = row;
	const params = useSearchParams();
	const marked = lineNumber(params.get("line"));
	const open = params.get("rejects") !== null && params.get("rejects") !== "0";
	const { lines, reload } = useWorkspace();
	const fetchLines = useRef(lines);
	fetchLines.current = lines;
	const cache = useMemo(() => new LineCache((from, size, signal) => fetchLines.current(path, from, size, signal)), [path]);
	const state = useSyncExternalStore(cache.subscribe, cache.snapshot, cache.snapshot);
	const rejects = useAnswer(rejectList, useMemo(() => ({ source: path }), [path]));
	const [wrap, setWrap] = useState(false);
	const top = useRef<number | null>(null);
	const byLine = useMemo(() => new Map(rejects.rows.flatMap((reject) => (reject.line === null ? [] : [[reject.line, reject] as const]))), [rejects.rows]);
	const rejectLines = useMemo(() => [...byLine.keys()].sort((a, b) => a - b), [byLine]);
	const total = state.total ?? row.lines ?? 0;
	const read = row.state !== "left out";

	// The first answer says how long the file is, and whether it is text at all.
	useEffect(() => {
		if (read) cache.want(marked ?? 1, marked ?? 1);
	}, [cache, read, marked]);

	const mark = (line: number, replace = false) => setUrlParams({ line: String(line) }, { replace });
	const step = (by: 1 | -1) => {
		const next = nextLine(rejectLines, marked, by);
		if (next !== null) mark(next);
	};
	const text = read && state.failure === null;
	return (
		<>
			<div style={{ flex: "none" }}>
				<SourceHead row={row} />
				{state.changed && (
					<p className="note-line" role="status">
						<Icon name="info" />
						<span>The file has changed since it was loaded: the text below may not be what the tables rest on.</span>
						<span className="grow" />
						<button type="button" className="btn slim" onClick={reload}>
							Load again
						</button>
					</p>
				)}
			</div>
			{open && rejects.rows.length > 0 && <SourceRejects rows={rejects.rows} total={Math.max(row.rejects, rejects.rows.length)} path={path} marked={marked} onMark={mark} />}
			{text && (
				<div className="row wrap" style={{ flex: "none", margin: "var(--s-4) 0 var(--s-2)", minHeight: "var(--control)" }}>
					<GoTo total={total} onGo={(line) => mark(line, true)} />
					<Seg
						label="Long lines"
						value={wrap ? "wrap" : "whole"}
						onChange={(value) => setWrap(value === "wrap")}
						options={[
							{ value: "whole", label: "One line each" },
							{ value: "wrap", label: "Wrapped" },
						]}
					/>
					{marked !== null && total > 0 && marked > total && (
						<span className="warn-ink small" role="status">
							There is no line {num(marked)}: the file has {count(total, "line")}.
						</span>
					)}
					<span className="grow" />
					{row.rejects > 0 && (
						<>
							<button type="button" className="btn quiet warn-ink" aria-pressed={open} onClick={() => setUrlParams({ rejects: open ? null : "1" })}>
								<Mark verdict="reject" label={null} />
								{count(row.rejects, "reject")}
							</button>
							{rejectLines.length > 0 && (
								<>
									<button type="button" className="btn icon" aria-label="Previous reject" title="Previous reject" onClick={() => step(-1)}>
										<Icon name="up" />
									</button>
									<button type="button" className="btn icon" aria-label="Next reject" title="Next reject" onClick={() => step(1)}>
										<Icon name="down" />
									</button>
								</>
							)}
						</>
					)}
					{state.encoding !== null && state.encoding !== "utf-8" && <span className="i3 small">{state.encoding}</span>}
				</div>
			)}
			{!read || state.failure !== null ? (
				<div style={{ marginTop: "var(--s-5)" }}>
					<NoText row={row} message={state.failure?.message ?? null} onRetry={state.failure === null || row.lines === null ? null : () => {
						cache.retry();
						cache.want(marked ?? 1, marked ?? 1);
					}} />
				</div>
			) : row.bytes === 0 ? (
				<p className="waiting">The file is empty: 0 bytes.</p>
			) : total === 0 ? (
				<p className="waiting">Reading the text…</p>
			) : (
				<div style={{ display: "flex", flexDirection: "column", flex: "1 1 auto", minHeight: 0, height: narrow ? "68dvh" : undefined }}>
					<SourceLines key={wrap ? "wrap" : "whole"} top={top} path={path} cache={cache} total={total} rejects={byLine} marked={marked} wrap={wrap} onMark={mark} hrefOf={(line) => sourceHref(path, line)} />
				</div>
			)}
		</>
	);
}

function GoTo({ total, onGo }: { total: number; onGo: (line: number) => void }) {
	const [text, setText] = useState("");
	const go = useRef(onGo);
	go.current = onGo;
	useEffect(() => {
		const line = lineNumber(text.replaceAll(",", ""));
		if (line === null) return;
		const timer = setTimeout(() => go.current(line), TYPING);
		return () => clearTimeout(timer);
	}, [text]);
	return <Field label="Go to line" placeholder={total > 0 ? `Line 1 to ${num(total)}` : "Line"} icon="search" pageFilter mono value={text} onChange={setText} width={170} problem={text !== "" && lineNumber(text.replaceAll(",", "")) === null ? "A line is a whole number from 1." : null} />;
}

/** Why there is no text: left out, no text at all, or it could not be fetched. */
function NoText({ row, message, onRetry }: { row: SourceRow; message: string | null; onRetry: (() => void) | null }) {
	return (
		<Empty
			title="No text to show"
			level={2}
			actions={
				onRetry === null ? undefined : (
					<button type="button" className="btn" onClick={onRetry}>
						<Icon name="reload" />
						Try again
					</button>
				)
			}
		>
			<p>
				{row.state === "left out" ? `The file is left out, so its bytes were not read.${row.note === null ? "" : ` ${row.note}`} Start with --include and its path to read it.` : (message ?? "The text could not be fetched.")}
			</p>
			<p className="i3">
				{num(row.bytes)} bytes{row.sha256 !== null && <>, sha256 <span className="m wrap-any">{row.sha256}</span></>}
			</p>
		</Empty>
	);
}
