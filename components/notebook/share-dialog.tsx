"use client";

import { useMemo, useState } from "react";
import { Dialog, num, useCopy } from "@/components/ui";
import { pinsOf } from "@/lib/answer/notebook";
import { encodeLink, LinkProblem, LONG_LINK, type SharedResult } from "@/lib/notebook/codec";
import { visible } from "@/lib/notebook/prose";
import { isSmall, leavingOf, sharedOf } from "@/lib/notebook/share";
import { cellsOf, type Notebook } from "@/lib/notebook/types";
import { ShareFiles } from "./share-files";
import { ShareShort } from "./share-short";
import type { RunState } from "./use-notebook-run";

export interface ShareDialogProps {
	open: boolean;
	onOpenChange: (open: boolean) => void;
	notebook: Notebook;
	run: RunState;
	/** of the notebook's own file */
	fileName: string;
}

/** Before a link is made: what leaves, listed whole; then the link, its length, and the other ways. */
export function ShareDialog({ open, onOpenChange, notebook, run, fileName }: ShareDialogProps) {
	return (
		<Dialog open={open} onOpenChange={onOpenChange} title="Share this notebook">
			{run.run === null ? (
				<div className="body">
					<p>A link pins what the notebook’s queries say, so they have to run first. Close this and press Run and verify.</p>
				</div>
			) : (
				<Share notebook={notebook} run={run} fileName={fileName} />
			)}
		</Dialog>
	);
}

function Share({ notebook, run, fileName }: Omit<ShareDialogProps, "open" | "onOpenChange">) {
	const copy = useCopy();
	const [embed, setEmbed] = useState(false);
	const made = useMemo(() => {
		const { pins, unpinned } = pinsOf(run.run!);
		const results = embed ? smallResults(run) : {};
		const at = run.ranAt ?? new Date().toISOString();
		const shared = sharedOf(notebook, at, pins, results);
		const names = cellsOf(notebook).map((cell) => cell.name);
		try {
			return { pins, unpinned, at, leaving: leavingOf(shared, names), ...linkOf(encodeLink(shared)), problem: null };
		} catch (error) {
			if (!(error instanceof LinkProblem)) throw error;
			return { pins, unpinned, at, leaving: leavingOf(shared, names), ...NO_LINK, problem: error.message };
		}
	}, [notebook, run, embed]);
	const { leaving, link } = made;
	const long = link.length > LONG_LINK;
	const pinned = Object.keys(made.pins).length;
	return (
		<div className="body">
			<h3>What leaves</h3>
			<dl className="share-list">
				<div>
					<dt>Text and SQL</dt>
					<dd>
						{num(leaving.characters)} characters: all of the notebook’s text, and the cells {leaving.cells.map(visible).join(", ") || "(none)"}
					</dd>
				</div>
				<div>
					<dt>Front matter</dt>
					<dd>{leaving.head.join(", ")}. Other lines of it stay here.</dd>
				</div>
				<div>
					<dt>Pins</dt>
					<dd>
						a digest, a row count and the first value of {num(pinned)} {pinned === 1 ? "result" : "results"}
						{made.unpinned.length > 0 && `; without a pin, because a hash is not known: ${made.unpinned.join(", ")}`}
					</dd>
				</div>
				<div>
					<dt>
						Path and sha256 of {num(leaving.sources.length)} {leaving.sources.length === 1 ? "source" : "sources"} that the cells read
					</dt>
					<dd>
						<details>
							<summary>{leaving.sources.length === 0 ? "none" : "Which"}</summary>
							<ul className="m small">
								{leaving.sources.map((path) => (
									<li key={path}>{visible(path)}</li>
								))}
							</ul>
						</details>
					</dd>
				</div>
				<div>
					<dt>
						<label className="row">
							<input type="checkbox" checked={embed} onChange={(event) => setEmbed(event.target.checked)} />
							Rows of small results, shown as yours until the reader runs it
						</label>
					</dt>
					<dd>{leaving.results.length === 0 ? "none" : leaving.results.map(({ cell, rows }) => `${cell} (${rows} rows)`).join(", ")}</dd>
				</div>
			</dl>
			<p className="i2 small">Nothing else leaves with the link: no file, no name of the workspace or its folder. What stands behind # never reaches a server.</p>
			{made.problem !== null ? (
				<p role="alert">{made.problem}</p>
			) : (
				<>
					<h3>
						The link: {num(link.length)} characters
					</h3>
					{long && (
						<p className="warn-ink">
							Mail programs and chats cut links of more than {num(LONG_LINK)} characters. Send a short link or one of the files below instead.
						</p>
					)}
					<textarea className="input share-link" readOnly aria-label="Link" value={link} onFocus={(event) => event.target.select()} />
				</>
			)}
			<div className="row wrap acts">
				<button type="button" className="btn primary" disabled={link === ""} onClick={() => copy(link, "Link copied")}>
					Copy the link
				</button>
			</div>
			<ShareShort text={made.text} />
			<ShareFiles notebook={notebook} run={run} fileName={fileName} at={made.at} pins={made.pins} />
		</div>
	);
}

const NO_LINK = { text: "", link: "" };

/** `text` is what stands behind `#`. */
function linkOf(text: string): { text: string; link: string } {
	return { text, link: `${window.location.origin}/n#${text}` };
}

function smallResults(run: RunState): { [cell: string]: SharedResult } {
	const out: { [cell: string]: SharedResult } = {};
	for (const [name, one] of run.cells) {
		const { result } = one;
		if (result === null || result.numRows > 50) continue;
		const shared: SharedResult = { columns: result.columns.map((column) => column.name), rows: Array.from({ length: result.numRows }, (_, row) => result.columns.map((_, column) => result.text(row, column))) };
		if (isSmall(shared)) out[name] = shared;
	}
	return out;
}
