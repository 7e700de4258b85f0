"use client";

import { useState } from "react";
import { bytes, count, num, Section, SourceLink } from "@/components/ui";
import type { SourceRow } from "@/lib/tables/sources";
import { STATES, stateSays } from "./words";

/** Files of a state shown before the reader asks for all. */
const FEW = 6;

/** What was not read, said in words: each state with its files and their notes. */
export function NotRead({ rows }: { rows: readonly SourceRow[] }) {
	const groups = STATES.filter((state) => state !== "ready").map((state) => ({ state, files: rows.filter((row) => row.state === state) }));
	const some = groups.filter((group) => group.files.length > 0);
	if (some.length === 0) return null;
	return (
		<Section title="What is not in the tables" note={some.map(({ state, files }) => `${num(files.length)} ${state}`).join(" · ")}>
			{some.map(({ state, files }) => (
				<Group key={state} title={`${count(files.length, "file")} ${state}`} says={stateSays(state)} files={files} />
			))}
		</Section>
	);
}

function Group({ title, says, files }: { title: string; says: string; files: readonly SourceRow[] }) {
	const [all, setAll] = useState(false);
	const shown = all || files.length <= FEW + 1 ? files : files.slice(0, FEW);
	return (
		<div style={{ marginTop: "var(--s-3)" }}>
			<p>
				<b>{title}.</b> <span className="i2">{says}</span>
			</p>
			<ul className="items">
				{shown.map((row) => (
					<li key={row.path} style={{ gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1.4fr) auto" }}>
						{row.state === "left out" ? <span className="m i3 wrap-any">{row.path}</span> : <SourceLink path={row.path} />}
						<span className="i2 small wrap-any">{row.note ?? (row.rejects > 0 ? count(row.rejects, "reject") : (row.format ?? ""))}</span>
						<span className="where">{row.bytes === 0 && row.path.endsWith("/") ? "folder" : bytes(row.bytes)}</span>
					</li>
				))}
			</ul>
			{shown.length < files.length && (
				<button type="button" className="plain small" style={{ color: "var(--accent)", padding: "6px 0" }} onClick={() => setAll(true)}>
					{files.length - shown.length} more
				</button>
			)}
		</div>
	);
}
