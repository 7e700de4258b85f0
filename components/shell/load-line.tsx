"use client";

import { useEffect, useRef, useState } from "react";
import { bytes, count, ErrorBox, Icon, Kbd, Mark, num, Progress } from "@/components/ui";
import { useOpen } from "./open-layer";
import { useLoadProgress, useWorkspace } from "./workspace-provider";
import type { LoadStatus } from "./workspace-types";

/** The spoken progress changes at most this often, in milliseconds. */
const SPOKEN_EVERY = 2000;

function share(load: LoadStatus): number | null {
	if (load.bytesTotal > 0) return load.bytesDone / load.bytesTotal;
	return load.filesTotal > 0 ? load.filesDone / load.filesTotal : null;
}

/** `about 4 s left`; nothing where the rate is not known yet. */
function timeLeft(load: LoadStatus): string | null {
	if (load.bytesPerSecond <= 0 || load.bytesTotal <= load.bytesDone) return null;
	const seconds = Math.ceil((load.bytesTotal - load.bytesDone) / load.bytesPerSecond);
	return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}

function spoken(load: LoadStatus): string {
	if (load.phase === "opening") return "Opening the engine";
	return `${num(load.filesDone)} of ${count(load.filesTotal, "file")}, ${count(load.records, "record")}${load.rejects > 0 ? `, ${count(load.rejects, "reject")}` : ""}`;
}

/** At most one change in two seconds, the last one always. */
function useSpoken(text: string): string {
	const [said, setSaid] = useState(text);
	const at = useRef(0);
	useEffect(() => {
		const wait = Math.max(0, at.current + SPOKEN_EVERY - Date.now());
		const timer = setTimeout(() => {
			at.current = Date.now();
			setSaid(text);
		}, wait);
		return () => clearTimeout(timer);
	}, [text]);
	return said;
}

/** Stuck to the bottom of the page while the workspace loads, and where loading ended otherwise than well. */
export function LoadLine() {
	const { reload } = useWorkspace();
	const load = useLoadProgress();
	const [dismissed, setDismissed] = useState<string | null>(null);
	switch (load.phase) {
		case "opening":
		case "loading":
			return <Loading load={load} />;
		case "failed":
			return (
				<section className="load over-err" aria-label="Workspace">
					{load.failure === null ? (
						<p role="alert">The workspace did not load.</p>
					) : (
						<ErrorBox
							failure={load.failure}
							actions={
								<button type="button" className="btn" onClick={reload}>
									<Icon name="reload" />
									Load again
								</button>
							}
						/>
					)}
				</section>
			);
		case "cancelled":
			return (
				<section className="load over-err" aria-label="Workspace">
					<div className="row wrap" role="status">
						<Mark verdict="skipped" label={null} />
						<span>
							Loading was cancelled after {num(load.filesDone)} of {count(load.filesTotal, "file")}. What was read can be used; figures count nothing else.
						</span>
						<button type="button" className="btn" onClick={reload}>
							<Icon name="reload" />
							Load again
						</button>
					</div>
				</section>
			);
		case "ready":
			if (load.stale > 0) return <Stale files={load.stale} />;
			if (load.notice === null || load.notice === dismissed) return null;
			return (
				<section className="load over-err" aria-label="Workspace">
					<div className="row" role="status">
						<Icon name="info" />
						<span className="grow">{load.notice}</span>
						<button type="button" className="btn quiet icon" aria-label="Dismiss" onClick={() => setDismissed(load.notice)}>
							<Icon name="close" />
						</button>
					</div>
				</section>
			);
	}
}

/** Chosen files stand for the bytes of one moment: the browser does not read what changed since. */
function Stale({ files }: { files: number }) {
	const { opened } = useWorkspace();
	const { choose } = useOpen();
	const folder = opened.kind === "local" && opened.source.roots.some((root) => root.kind !== "loose" || root.path.includes("/"));
	return (
		<section className="load over-err" aria-label="Workspace">
			<div className="row wrap" role="status">
				<Mark verdict="reject" label={null} />
				<span>
					{count(files, "file")} changed or went away since {files === 1 ? "it was" : "they were"} chosen, and {files === 1 ? "was" : "were"} not read. Sources says which.
				</span>
				<button type="button" className="btn" onClick={() => choose(folder ? "folder" : "files")}>
					Choose again…
				</button>
			</div>
		</section>
	);
}

function Loading({ load }: { load: LoadStatus }) {
	const { name, cancel } = useWorkspace();
	const said = useSpoken(spoken(load));
	const left = timeLeft(load);
	const stop = useRef(cancel);
	stop.current = cancel;
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key !== "Escape" || event.defaultPrevented) return;
			if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null) return;
			if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
			stop.current();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, []);
	return (
		<section className="load" aria-label={name === "" ? "Loading" : `Loading ${name}`}>
			<Progress value={load.phase === "opening" ? null : share(load)} label="Loading" text={said} />
			<div className="facts">
				{load.phase === "opening" ? (
					<span>Opening the engine</span>
				) : (
					<>
						<span>
							<span className="m b">
								{num(load.filesDone)}/{num(load.filesTotal)}
							</span>{" "}
							files
						</span>
						<span>
							<span className="m b">{num(load.records)}</span> records
						</span>
						{load.rejects > 0 && (
							<span className="vb warn-ink">
								<Mark verdict="reject" label={null} />
								<span className="m b">{num(load.rejects)}</span> {load.rejects === 1 ? "reject" : "rejects"}
							</span>
						)}
						{load.bytesPerSecond > 0 && (
							<span className="i3 only-l">
								<span className="m">{bytes(Math.round(load.bytesPerSecond))}/s</span>
								{left !== null && `, ${left}`}
							</span>
						)}
					</>
				)}
				{load.current !== null && <span className="m cur-file only-l">{load.current}</span>}
				<button type="button" className="btn quiet" onClick={cancel}>
					Cancel
					<span className="only-l">
						<Kbd>Esc</Kbd>
					</span>
				</button>
			</div>
			<span className="sr" aria-live="polite">
				{said}
			</span>
		</section>
	);
}
