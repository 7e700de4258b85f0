"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Dialog, Section, Time } from "@/components/ui";
import { draftPaths, newNotebook, readDraft, writeDraft } from "@/lib/notebook/draft";
import { visible } from "@/lib/notebook/prose";
import { useMayWrite } from "../use-may-write";

const editHref = (path: string) => `/notebook?path=${encodeURIComponent(path)}&edit=1`;

/** The paths of the drafts that this browser has of the open workspace. */
export function useDraftPaths(): readonly string[] {
	const { name } = useWorkspace();
	const [paths, setPaths] = useState<readonly string[]>([]);
	useEffect(() => setPaths(name === "" ? [] : draftPaths(window.localStorage, name)), [name]);
	return paths;
}

/** Asks for a title and opens the editor with a draft of that name. Nothing is written into the folder. */
export function NewNotebook({ open, onOpenChange, taken }: { open: boolean; onOpenChange: (open: boolean) => void; taken: readonly string[] }) {
	const { name } = useWorkspace();
	const router = useRouter();
	const [title, setTitle] = useState("");
	const [problem, setProblem] = useState<string | null>(null);
	const mayWrite = useMayWrite() === "yes";
	const { path, markdown } = newNotebook(title, taken);
	const make = (event: FormEvent) => {
		event.preventDefault();
		if (!writeDraft(window.localStorage, name, path, { markdown, base: null, at: new Date().toISOString() })) {
			setProblem("This browser keeps nothing for this page, or has no room left. Write the notebook in an editor of your own: a Markdown file whose front matter says casebook: 1.");
			return;
		}
		onOpenChange(false);
		router.push(editHref(path));
	};
	return (
		<Dialog open={open} onOpenChange={onOpenChange} title="New notebook">
			<form className="body" onSubmit={make}>
				<label className="field">
					Title <input className="input" value={title} autoComplete="off" onChange={(event) => setTitle(event.target.value)} />
				</label>
				<p className="i2 small" style={{ marginBlock: "var(--s-3)" }}>
					It becomes a draft of <span className="m">{path}</span> in this browser. Your folder stays as it is; {mayWrite ? "save it from the editor" : "download the file"} when it is ready.
				</p>
				{problem !== null && <p role="alert">{problem}</p>}
				<button type="submit" className="btn primary" disabled={name === ""}>
					Write it
				</button>
			</form>
		</Dialog>
	);
}

/** The drafts of this browser, above the folder's notebooks. */
export function DraftList({ paths }: { paths: readonly string[] }) {
	const { name } = useWorkspace();
	if (paths.length === 0) return null;
	return (
		<Section id="drafts" title="Drafts in this browser">
			<ul>
				{paths.map((path) => (
					<li key={path} className="row" style={{ gap: "var(--s-3)" }}>
						<Link href={editHref(path)} prefetch={false}>
							{visible(path)}
						</Link>
						<span className="i3 small">
							<Time value={readDraft(window.localStorage, name, path)?.at ?? null} style="minute" />
						</span>
					</li>
				))}
			</ul>
		</Section>
	);
}
