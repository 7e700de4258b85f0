"use client";

import { useEffect, useState } from "react";
import { bytes, download, num } from "@/components/ui";
import { useWorkspace } from "@/components/shell/workspace-provider";
import type { ArchivePart } from "@/lib/answer/notebook-archive";
import { reportOf } from "@/lib/answer/notebook-report";
import { failureOf } from "@/lib/model";
import { withPins } from "@/lib/notebook/front-matter";
import { toMarkdown } from "@/lib/notebook/parse";
import { visible } from "@/lib/notebook/prose";
import { reportHtml } from "@/lib/notebook/report";
import type { Notebook, Pin } from "@/lib/notebook/types";
import type { RunState } from "./use-notebook-run";

export interface ShareFilesProps {
	notebook: Notebook;
	run: RunState;
	/** of the notebook's own file */
	fileName: string;
	at: string;
	pins: { readonly [cell: string]: Pin };
}

const WHY: { readonly [why in ArchivePart["why"]]: string } = { read: "a cell reads it", beside: "it says when and on which commit a run was", rules: "the workspace’s rules for probes" };

/** The ways that need no link: the notebook's file, a report that opens from disk, and an archive with the sources that the cells read. */
export function ShareFiles({ notebook, run, fileName, at, pins }: ShareFilesProps) {
	const { engine, workspace } = useWorkspace();
	const [parts, setParts] = useState<readonly ArchivePart[] | null>(null);
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	const stem = fileName.replace(/^.*\//, "").replace(/\.\w+$/, "");
	useEffect(() => {
		if (engine === null || run.run === null) return;
		const stop = new AbortController();
		void import("@/lib/answer/notebook-archive")
			.then(({ archiveParts }) => archiveParts(engine, run.run!, stop.signal))
			.then((found) => !stop.signal.aborted && setParts(found))
			.catch((error) => !stop.signal.aborted && setProblem(failureOf(error).message));
		return () => stop.abort();
	}, [engine, run]);
	const make = async (file: () => Promise<void>) => {
		setBusy(true);
		setProblem(null);
		try {
			await file();
		} catch (error) {
			setProblem(failureOf(error).message);
		} finally {
			setBusy(false);
		}
	};
	const text = () => toMarkdown({ ...notebook, head: withPins(notebook.head, at, pins) });
	const report = async () => {
		const { chartsOf } = await import("@/lib/answer/notebook-chart");
		const charts = await chartsOf(engine!, notebook, run.run!);
		download(new Blob([reportHtml(reportOf({ ...notebook, pins, pinnedAt: at }, run.run!, { at, with: engine!.version }, charts))], { type: "text/html" }), `${stem}.html`);
	};
	const archive = async () => {
		const { archiveOf } = await import("@/lib/answer/notebook-archive");
		download(new Blob([await archiveOf(workspace!, { fileName, text: text() }, parts!, at, { pause })], { type: "application/zip" }), `${stem}.casebook.zip`);
	};
	const going = parts?.filter((part) => part.problem === null) ?? [];
	const staying = parts?.filter((part) => part.problem !== null) ?? [];
	return (
		<>
			<h3>As a file</h3>
			<dl className="share-list">
				<div>
					<dt>Notebook</dt>
					<dd>Its Markdown with these pins. It opens in any Casebook that has the sources.</dd>
				</div>
				<div>
					<dt>Report</dt>
					<dd>One HTML page that opens from disk without a network: text, tables, charts, pins and what this run said. Nobody can run it again.</dd>
				</div>
				<div>
					<dt>Archive</dt>
					<dd>
						{parts === null ? (
							"The engine looks which sources the cells read."
						) : (
							<>
								The notebook and {num(going.length)} {going.length === 1 ? "source" : "sources"} ({bytes(going.reduce((sum, part) => sum + part.bytes, 0))}) as they are, so that whoever drops it on a Casebook can run it. <b>The files themselves leave.</b>
								<details>
									<summary>Which</summary>
									<ul className="m small">
										{going.map((part) => (
											<li key={part.path}>
												{visible(part.path)} <span className="i3">{WHY[part.why]}</span>
											</li>
										))}
										{staying.map((part) => (
											<li key={part.path}>
												{visible(part.path)} <span className="fail-ink">stays: {part.problem}</span>
											</li>
										))}
									</ul>
								</details>
							</>
						)}
					</dd>
				</div>
			</dl>
			{problem !== null && <p role="alert">{problem}</p>}
			<div className="row wrap acts">
				<button type="button" className="btn" onClick={() => download(new Blob([text()], { type: "text/markdown" }), `${stem}.md`)}>
					Download with pins
				</button>
				<button type="button" className="btn" disabled={busy || engine === null} onClick={() => void make(report)}>
					Download as a report
				</button>
				<button type="button" className="btn" disabled={busy || workspace === null || parts === null} onClick={() => void make(archive)}>
					Download as an archive
				</button>
			</div>
		</>
	);
}

/** A turn for the page between two pieces of a large file. */
const pause = () => new Promise<void>((go) => setTimeout(go));
