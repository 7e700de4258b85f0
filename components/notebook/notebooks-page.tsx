"use client";

import Link from "next/link";
import { useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { notReadYet } from "@/components/answer/use-steady";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Empty, ErrorBox, Hash, Icon, SourceLink } from "@/components/ui";
import { visible } from "@/lib/notebook/prose";
import { notebookList } from "@/lib/tables/notebooks";
import { DraftList, NewNotebook, useDraftPaths } from "./edit/new-notebook";

const NONE = {};
const KNOWN: readonly string[] = [];

/** The notebooks of the workspace. */
export function NotebooksPage() {
	useKnownParams(KNOWN);
	const { load } = useWorkspace();
	const answer = useAnswer(notebookList, NONE);
	const unread = notReadYet(load, "notebooks");
	const drafts = useDraftPaths();
	const [making, setMaking] = useState(false);
	return (
		<div className="page">
			<PageTop
				crumbs={[{ label: "Notebooks" }]}
				heading
				actions={
					<button type="button" className="btn" onClick={() => setMaking(true)}>
						<Icon name="plus" />
						<span className="lbl">New notebook</span>
					</button>
				}
			/>
			<NewNotebook open={making} onOpenChange={setMaking} taken={[...answer.rows.map((row) => row.path), ...drafts]} />
			<UnknownParams />
			<DraftList paths={drafts} />
			{answer.state === "error" ? (
				<ErrorBox failure={answer.failure} sql={answer.sql} />
			) : answer.rows.length === 0 ? (
				unread !== null ? (
					<p className="waiting">{unread}</p>
				) : (
					<Empty title="No notebook in this workspace" level={2}>
						<p>
							A notebook is a Markdown file whose front matter says <code>casebook: 1</code>; by habit it lies in <code>notebooks/</code>. Its <code>sql</code> and <code>check</code> fences are the queries behind its claims.
						</p>
					</Empty>
				)
			) : (
				<div className="scroll">
					<table className="t" aria-label="Notebooks">
						<thead>
							<tr>
								<th scope="col">Notebook</th>
								<th scope="col" className="c-mid">
									File
								</th>
								<th scope="col" className="c-wide">
									sha256
								</th>
							</tr>
						</thead>
						<tbody>
							{answer.rows.map((row) => (
								<tr key={row.path}>
									<td className="w">
										<Link href={`/notebook?path=${encodeURIComponent(row.path)}`} prefetch={false}>
											{visible(row.title ?? row.path)}
										</Link>
									</td>
									<td className="c-mid">
										<SourceLink path={row.path} />
									</td>
									<td className="c-wide i3">{row.sha256 === null ? "" : <Hash value={row.sha256} />}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
		</div>
	);
}
