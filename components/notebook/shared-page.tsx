"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { IS_STATIC } from "@/components/shell/asset-urls";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { Empty } from "@/components/ui";
import { failureOf } from "@/lib/model";
import { decodeLink, LinkProblem, type SharedNotebook } from "@/lib/notebook/codec";
import { parseNotebook } from "@/lib/notebook/parse";
import { visible } from "@/lib/notebook/prose";
import { cellsOf, type Notebook } from "@/lib/notebook/types";
import { NotebookView } from "./notebook-view";

type Opened = { state: "waiting" } | { state: "ready"; notebook: Notebook; shared: SharedNotebook } | { state: "problem"; message: string };

/**
 * A notebook out of a link. Opening it reads what stands behind `#`, or for a short link what the server keeps under its `id`, and runs, stores and
 * sends nothing.
 */
export function SharedPage() {
	const [opened, setOpened] = useState<Opened>({ state: "waiting" });
	const id = useSearchParams().get("id");
	useEffect(() => {
		if (id !== null) {
			const stop = new AbortController();
			setOpened({ state: "waiting" });
			void fetched(id, stop.signal).then((found) => !stop.signal.aborted && setOpened(found));
			return () => stop.abort();
		}
		const read = () => setOpened(open(window.location.hash));
		read();
		window.addEventListener("hashchange", read);
		return () => window.removeEventListener("hashchange", read);
	}, [id]);
	const inputs = useMemo(() => ["id", ...(opened.state === "ready" ? cellsOf(opened.notebook).flatMap((cell) => (cell.kind === "input" ? [`p.${cell.name}`] : [])) : [])], [opened]);
	useKnownParams(inputs);
	const title = opened.state === "ready" ? visible(opened.notebook.title ?? "Shared notebook") : "Shared notebook";
	return (
		<>
			<PageTop crumbs={[{ label: "Shared notebook" }, { label: title }]} title={`${title} (shared)`} />
			<div className="page">
				<UnknownParams />
				{opened.state === "waiting" ? (
					<p className="waiting">Opening the link…</p>
				) : opened.state === "problem" ? (
					<Empty title="This link cannot be opened" level={2}>
						<p role="alert">{opened.message}</p>
					</Empty>
				) : (
					<NotebookView notebook={opened.notebook} authors={opened.shared.results} />
				)}
			</div>
		</>
	);
}

/** A short link. What comes is a stranger's as much as what stands behind `#`. */
async function fetched(id: string, signal: AbortSignal): Promise<Opened> {
	if (IS_STATIC) return { state: "problem", message: "A short link opens on the Casebook that keeps it, and this is a static copy. Ask who sent it for the long link or a file." };
	try {
		const { fetchLink } = await import("@/lib/workspace/save-client");
		return open(await fetchLink(location.origin, (input, init) => fetch(input, init), id, signal));
	} catch (error) {
		return { state: "problem", message: failureOf(error).message };
	}
}

function open(hash: string): Opened {
	if (hash === "" || hash === "#") return { state: "problem", message: "The address carries no notebook: what stands behind # is missing. Copy the link again, from start to end." };
	try {
		const shared = decodeLink(hash);
		const parsed = parseNotebook(shared.markdown);
		return { state: "ready", shared, notebook: { ...parsed, pins: shared.pins, pinnedAt: shared.pinnedAt } };
	} catch (error) {
		if (error instanceof LinkProblem) return { state: "problem", message: error.message };
		throw error;
	}
}
