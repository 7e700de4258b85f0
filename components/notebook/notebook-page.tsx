"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { notReadYet } from "@/components/answer/use-steady";
import { Empty, ErrorBox, Icon, SourceLink } from "@/components/ui";
import { isNotebook, parseNotebook } from "@/lib/notebook/parse";
import { visible } from "@/lib/notebook/prose";
import { cellsOf } from "@/lib/notebook/types";
import { NotebookView } from "./notebook-view";
import { ShareDialog } from "./share-dialog";
import { useNotebookText } from "./use-notebook-text";

/** A notebook of the workspace. */
export function NotebookPage() {
	const search = useSearchParams();
	const path = search.get("path") ?? "";
	const { load } = useWorkspace();
	const text = useNotebookText(path);
	const notebook = useMemo(() => (text.state === "ready" && isNotebook(text.text) ? parseNotebook(text.text) : null), [text]);
	const inputs = notebook === null ? [] : cellsOf(notebook).flatMap((cell) => (cell.kind === "input" ? [`p.${cell.name}`] : []));
	useKnownParams(["path", "cell", ...inputs]);
	const [sharing, setSharing] = useState(false);
	const unread = notReadYet(load, "notebooks");
	return (
		<>
			<PageTop
				crumbs={[{ label: "Notebooks", href: "/notebooks" }, { label: notebook?.title ? visible(notebook.title) : path === "" ? "no path" : path }]}
				actions={
					notebook === null ? undefined : (
						<button type="button" className="btn" onClick={() => setSharing(true)}>
							<Icon name="link" />
							<span className="lbl">Share</span>
						</button>
					)
				}
			/>
			<div className="page">
				<UnknownParams />
				{path === "" ? (
					<Empty title="No notebook is named" level={2}>
						<p>The address has no path. The notebooks of this workspace are listed under Notebooks.</p>
					</Empty>
				) : text.state === "error" ? (
					unread === null ? <ErrorBox failure={text.failure} /> : <p className="waiting">{unread}</p>
				) : text.state === "loading" ? (
					<p className="waiting">Reading {path}…</p>
				) : notebook === null ? (
					<Empty title={<>{path} is no notebook</>} level={2}>
						<p>
							A notebook’s front matter says <code>casebook: 1</code>. <SourceLink path={path}>Read it as a source</SourceLink>.
						</p>
					</Empty>
				) : (
					<NotebookView notebook={notebook} actions={(run) => <ShareDialog open={sharing} onOpenChange={setSharing} notebook={notebook} run={run} fileName={path.split("/").at(-1) ?? "notebook.md"} />} />
				)}
			</div>
		</>
	);
}
