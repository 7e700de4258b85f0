"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { AddToNotebook } from "@/components/notebook/add-to-notebook";
import { useKey } from "@/components/shell/keys";
import { bytes, count, duration, ErrorBox, Hash, Icon, Mark, num, SourceLink, SqlText, sqlHref, Time, useCopy } from "@/components/ui";
import { useEvidence, useOpenEvidence } from "./evidence-provider";
import { EvidenceLines } from "./lines";
import type { EvidenceData, EvidenceRequest } from "./types";
import { useEvidenceData } from "./use-evidence-data";

/** From this width the drawer takes a column; below it is a sheet from the bottom. */
const COLUMN = "(min-width: 1200px)";

/** The Evidence drawer. Renders nothing while no figure is open. */
export function EvidenceDrawer() {
	const { current } = useOpenEvidence();
	if (current === null) return null;
	return <Drawer key={current.serial} request={current} />;
}

function Drawer({ request }: { request: EvidenceRequest & { serial: number } }) {
	const { close } = useEvidence();
	const { load } = useOpenEvidence();
	const evidence = useEvidenceData(request, load);
	const head = useRef<HTMLHeadingElement>(null);
	const [at, setAt] = useState(0);
	const lines = evidence.state === "ready" ? evidence.data.lines.length : 0;
	const step = (by: 1 | -1) => setAt((old) => Math.max(0, Math.min(lines - 1, old + by)));

	useKey("[", "previous source line of the evidence", () => step(-1), lines > 1);
	useKey("]", "next source line of the evidence", () => step(1), lines > 1);

	useLayoutEffect(() => {
		head.current?.focus({ preventScroll: true });
		revealAnchor(request.anchor ?? null);
	}, [request.anchor]);

	// Focus goes back to the figure, unless the reader has already put it elsewhere.
	const anchor = useRef(request.anchor ?? null);
	const leave = () => {
		close();
		const figure = anchor.current;
		if (figure?.isConnected) figure.focus();
	};
	const leaving = useRef(leave);
	leaving.current = leave;
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key !== "Escape" || event.defaultPrevented) return;
			if (document.querySelector('[role="dialog"][data-state="open"], [role="menu"]') !== null) return;
			event.preventDefault();
			leaving.current();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, []);

	// On another page the figure is gone, and its evidence goes with it.
	const path = usePathname();
	const openedOn = useRef(path);
	useEffect(() => {
		if (path !== openedOn.current) close();
	}, [path, close]);

	const label = request.label ?? request.query.describe;
	return (
		<div className="drawer" role="dialog" aria-labelledby="evidence-title">
			<div className="head">
				<h2 id="evidence-title" tabIndex={-1} ref={head}>
					Evidence
				</h2>
				<span className="i3 small what">{label}</span>
				<span className="grow" />
				<button type="button" className="btn quiet icon" aria-label="Close" onClick={leave}>
					<Icon name="close" />
				</button>
			</div>
			<div className="body">
				<h3>The figure</h3>
				<div className="row base wrap">
					<span className={`fig${request.tone === "fail" ? " fail-ink" : request.tone === "warn" ? " warn-ink" : ""}`}>{request.value}</span>
					<span className="i2">{label}</span>
				</div>
				{evidence.state === "loading" && (
					<p className="waiting" role="status">
						Asking for the query and its lines
					</p>
				)}
				{evidence.state === "error" && (
					<div style={{ marginTop: 16 }}>
						<ErrorBox failure={evidence.failure} />
					</div>
				)}
				{evidence.state === "ready" && <Body data={evidence.data} at={at} onStep={step} />}
			</div>
			{evidence.state === "ready" && <Footer data={evidence.data} request={request} />}
		</div>
	);
}

function Body({ data, at, onStep }: { data: EvidenceData; at: number; onStep: (by: 1 | -1) => void }) {
	const loadedAt = data.sources.find((source) => source.loadedAt !== null)?.loadedAt ?? null;
	return (
		<>
			<h3>
				The query
				<span className="end m">
					{duration(data.elapsedMs)}, {count(data.rows, "row")}
				</span>
			</h3>
			<SqlText sql={data.sql} />
			<EvidenceLines data={data} at={at} onStep={onStep} />
			{data.note !== null && (
				<>
					<h3>What was compared</h3>
					<p className="small i2">{data.note}</p>
				</>
			)}
			<h3>Where it was read</h3>
			{data.sources.length === 0 ? (
				<p className="small i3">No source was named.</p>
			) : (
				<ul className="small src-list">
					{data.sources.map((source) => (
						<li key={source.path}>
							<div className="row base wrap" style={{ gap: "0 8px" }}>
								<SourceLink path={source.path} />
								{source.rejects > 0 && (
									<span className="vb warn-ink">
										<Mark verdict="reject" label={null} />
										{count(source.rejects, "reject")} in this file
									</span>
								)}
							</div>
							<div className="row base wrap i3" style={{ gap: "0 8px" }}>
								<span>
									sha256 <Hash value={source.sha256} />
								</span>
								<span>{bytes(source.bytes)}</span>
							</div>
						</li>
					))}
				</ul>
			)}
			{loadedAt !== null && (
				<p className="small i3" style={{ marginTop: 8 }}>
					Loaded <Time value={loadedAt} />
					{data.sources.every((source) => source.rejects === 0) && `, 0 rejects in ${data.sources.length === 1 ? "this file" : `these ${num(data.sources.length)} files`}`}
				</p>
			)}
		</>
	);
}

function Footer({ data, request }: { data: EvidenceData; request: EvidenceRequest }) {
	const copy = useCopy();
	return (
		<div className="foot">
			<Link className="btn pri" href={sqlHref(data.sql)} prefetch={false}>
				<Icon name="sql" />
				Open in SQL
			</Link>
			<AddToNotebook sql={data.sql} name={request.query.name} title={request.label ?? request.query.describe} />
			<span className="grow" />
			<button type="button" className="btn quiet" onClick={() => copy(asText(data, request), "Evidence copied")}>
				<Icon name="copy" />
				Copy
			</button>
		</div>
	);
}

/** The evidence as plain text, to paste into a report. */
function asText(data: EvidenceData, request: EvidenceRequest): string {
	const lines = data.lines.map((line) => `${line.source}${line.line === null ? "" : `:${line.line}`}${line.text === null ? "" : `\t${line.text}`}`);
	const sources = data.sources.map((source) => `${source.path}\tsha256 ${source.sha256 ?? "not known"}\t${source.bytes} bytes\t${source.rejects} rejects`);
	return [`${request.value}\t${request.label ?? request.query.describe}`, data.sql, ...lines, data.note ?? "", ...sources].filter((part) => part !== "").join("\n");
}

/** Keeps the figure in sight: as a column the page has narrowed, as a sheet only a strip above it is left. */
function revealAnchor(anchor: HTMLElement | null): void {
	if (anchor === null || !anchor.isConnected) return;
	const column = window.matchMedia(COLUMN).matches;
	const bar = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
	// The offset knows nothing of the sheet's way in, so it is where the sheet will stand.
	const bottom = column ? window.innerHeight : (document.querySelector<HTMLElement>(".drawer")?.offsetTop ?? window.innerHeight);
	const box = anchor.getBoundingClientRect();
	if (box.top >= bar && box.bottom <= bottom - 4) return;
	const before = anchor.style.scrollMargin;
	anchor.style.scrollMargin = "6px";
	anchor.scrollIntoView({ block: column ? "nearest" : "start", inline: "nearest" });
	anchor.style.scrollMargin = before;
}
