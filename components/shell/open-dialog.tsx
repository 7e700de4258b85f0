"use client";

import { useCallback, useEffect, useState } from "react";
import { Dialog, ErrorBox, Icon, Time } from "@/components/ui";
import type { Failure } from "@/lib/model";
import { HOME_WORDS } from "./home-workspace";
import type { Recent, RecentLists } from "./recent-list";
import { forget, forgetAll, recentWorkspaces } from "./recent-store";
import type { Opened } from "./workspace-types";

interface OpenDialogProps {
	/** the open workspace, which gives way */
	name: string;
	/** why the last attempt did not work */
	failure: Failure | null;
	onOpen(next: Opened): void;
	onFailure(error: unknown): void;
	onChoose(kind: "folder" | "files"): void;
	onClose(): void;
}

/** Opens another workspace: the pickers, and those that were open before. */
export function OpenDialog({ name, failure, onOpen, onFailure, onChoose, onClose }: OpenDialogProps) {
	const [recent, setRecent] = useState<RecentLists | null>(null);
	const refresh = useCallback(() => recentWorkspaces().then(setRecent, onFailure), [onFailure]);
	useEffect(() => void refresh(), [refresh]);
	const pick = (entry: Recent) => {
		if (entry.kind === "served") onOpen({ kind: "served" });
		else if (entry.source === null) onChoose(entry.kind);
		else openAgain(entry, entry.source, onOpen).catch(onFailure);
	};
	return (
		<Dialog open onOpenChange={(open) => !open && onClose()} title="Open a workspace" className="open-ws sheet">
			{failure !== null && <ErrorBox failure={failure} />}
			<p className="i2">
				A folder or files of this machine. They are read in this browser and sent nowhere{name === "" ? "." : `; the tables of ${name} give way to theirs.`}
			</p>
			<div className="row wrap">
				<button type="button" className="btn pri" onClick={() => onChoose("folder")}>
					<Icon name="sources" />
					Open a folder…
				</button>
				<button type="button" className="btn" onClick={() => onChoose("files")}>
					Open files…
				</button>
				<span className="small i3 only-l">or drop them anywhere on the page</span>
			</div>
			{recent !== null && recent.list.length > 0 && <RecentList recent={recent} onPick={pick} onChange={refresh} />}
		</Dialog>
	);
}

async function openAgain(entry: Recent, source: NonNullable<Recent["source"]>, onOpen: OpenDialogProps["onOpen"]): Promise<void> {
	// The browser asks while the click still counts; the open workspace stays where the answer is no.
	const { askToRead } = await import("./open-permission");
	await askToRead(source);
	onOpen({ kind: "local", source, how: entry.how === "dropped" ? "dropped" : "chosen" });
}

function RecentList({ recent, onPick, onChange }: { recent: RecentLists; onPick(entry: Recent): void; onChange(): void }) {
	const change = (done: Promise<void>) => void done.then(onChange);
	return (
		<section aria-label="Recent workspaces">
			<div className="row">
				<h3 className="grow">Recent</h3>
				<button type="button" className="btn quiet slim" onClick={() => change(forgetAll())}>
					Forget all
				</button>
			</div>
			<ul>
				{recent.list.map((entry) => (
					<li key={entry.id}>
						<button type="button" className="plain" onClick={() => onPick(entry)}>
							<Icon name={entry.kind === "served" || entry.source !== null ? "sources" : "source-gone"} />
							<span className="grow">
								<b>{entry.name}</b>
								<span className="small i3">
									{words(entry)}, <Time value={entry.openedAt} style="minute" />
								</span>
							</span>
						</button>
						<button type="button" className="btn quiet icon slim" aria-label={`Forget ${entry.name}`} onClick={() => change(forget(entry.id))}>
							<Icon name="close" />
						</button>
					</li>
				))}
			</ul>
			{!recent.kept && <p className="small i3">This browser stores no list for this page; it ends with the page.</p>}
		</section>
	);
}

/** `folder, dropped`; what the browser gave no handle for must be chosen again. */
function words({ kind, how, source }: Recent): string {
	if (kind === "served") return HOME_WORDS;
	return source === null ? `${kind}, must be chosen again` : `${kind}, ${how}`;
}
