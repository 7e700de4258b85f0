"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Dialog, Icon, Kbd, Mark } from "@/components/ui";
import { failureOf } from "@/lib/model";
import { useKeys } from "./keys";
import { PAGES } from "./nav";
import { useOpen } from "./open-layer";
import type { LoadPaletteItems, PaletteItem } from "./palette-types";
import { setTheme } from "./theme";
import { useWorkspace } from "./workspace-provider";

/** More lines of one group are found by typing, not by scrolling. */
const GROUP_LIMIT = 300;

/** The command palette: pages, what the workspace holds, actions. */
export function Palette({ items }: { items?: LoadPaletteItems }) {
	const { paletteOpen, setPaletteOpen } = useKeys();
	return (
		<Dialog open={paletteOpen} onOpenChange={setPaletteOpen} title="Find" className="palette" bareHead>
			<PaletteBody items={items} close={() => setPaletteOpen(false)} />
		</Dialog>
	);
}

function PaletteBody({ items, close }: { items: LoadPaletteItems | undefined; close: () => void }) {
	const router = useRouter();
	const { setSheetOpen } = useKeys();
	const { load, cancel, reload } = useWorkspace();
	const open = useOpen();
	const [search, setSearch] = useState("");
	const { found, problem } = useItems(items);
	const loading = load.phase === "loading" || load.phase === "opening";

	const pages: PaletteItem[] = PAGES.map((page) => ({ id: `page ${page.href}`, group: "Pages", label: page.label, icon: page.icon, href: page.href, keys: page.key === null ? undefined : ["g", page.key] }));
	const actions: PaletteItem[] = [
		loading
			? { id: "action cancel", group: "Actions", label: "Cancel loading", icon: "stop", run: cancel }
			: { id: "action reload", group: "Actions", label: "Load the workspace again", icon: "reload", run: reload },
		{ id: "action folder", group: "Actions", label: "Open a folder…", hint: "of this machine", icon: "sources", keywords: ["workspace", "choose"], run: () => open.choose("folder") },
		{ id: "action files", group: "Actions", label: "Open files…", hint: "of this machine", icon: "sources", keywords: ["workspace", "choose"], run: () => open.choose("files") },
		{ id: "action recent", group: "Actions", label: "Recent workspaces…", icon: "sources", keywords: ["open", "switch"], run: open.show },
		{ id: "action keys", group: "Actions", label: "Keys of this page", icon: "keys", keys: ["?"], run: () => setSheetOpen(true) },
		{ id: "action light", group: "Actions", label: "Theme: light", icon: "sun", run: () => setTheme("light") },
		{ id: "action dark", group: "Actions", label: "Theme: dark", icon: "moon", run: () => setTheme("dark") },
		{ id: "action system", group: "Actions", label: "Theme: as the system", icon: "system", run: () => setTheme("system") },
	];
	const groups = new Map<string, PaletteItem[]>();
	for (const item of [...pages, ...found, ...actions]) {
		const group = groups.get(item.group);
		if (group === undefined) groups.set(item.group, [item]);
		else if (search !== "" || group.length < GROUP_LIMIT) group.push(item);
	}

	const pick = (item: PaletteItem) => {
		close();
		if (item.href !== undefined) router.push(item.href);
		item.run?.();
	};
	return (
		<Command label="Find" loop>
			<div className="ask">
				<Icon name="search" />
				<Command.Input value={search} onValueChange={setSearch} placeholder="Page, probe, team, source, action" />
				<Kbd>Esc</Kbd>
			</div>
			<Command.List label="Results">
				<Command.Empty>Nothing here is called “{search}”.</Command.Empty>
				{[...groups].map(([name, list]) => (
					<Command.Group key={name} heading={name}>
						{list.map((item) => (
							<Command.Item key={item.id} value={`${item.label} ${item.id}`} keywords={[item.hint ?? "", ...(item.keywords ?? [])]} onSelect={() => pick(item)}>
								<span className="lead">{item.mark !== undefined ? <Mark verdict={item.mark} /> : item.icon !== undefined && <Icon name={item.icon} />}</span>
								<span className={item.mono ? "m name" : "name"}>
									<Found text={item.label} search={search} />
								</span>
								{item.hint !== undefined && <span className="hint small">{item.hint}</span>}
								{item.keys !== undefined && (
									<span className="kbds">
										{item.keys.map((key) => (
											<Kbd key={key}>{key}</Kbd>
										))}
									</span>
								)}
							</Command.Item>
						))}
					</Command.Group>
				))}
				{problem !== null && (
					<p className="small i3" style={{ padding: "6px 8px" }}>
						The workspace could not be asked: {problem}
					</p>
				)}
			</Command.List>
		</Command>
	);
}

function useItems(items: LoadPaletteItems | undefined): { found: readonly PaletteItem[]; problem: string | null } {
	const [found, setFound] = useState<readonly PaletteItem[]>([]);
	const [problem, setProblem] = useState<string | null>(null);
	useEffect(() => {
		if (items === undefined) return;
		const abort = new AbortController();
		items(abort.signal).then(
			(list) => {
				if (!abort.signal.aborted) setFound(list);
			},
			(error: unknown) => {
				if (!abort.signal.aborted) setProblem(failureOf(error).message);
			},
		);
		return () => abort.abort();
	}, [items]);
	return { found, problem };
}

/** The label with what was typed in it set in a heavier weight. */
function Found({ text, search }: { text: string; search: string }): ReactNode {
	const at = search === "" ? -1 : text.toLowerCase().indexOf(search.trim().toLowerCase());
	if (at < 0) return text;
	const end = at + search.trim().length;
	return (
		<>
			{text.slice(0, at)}
			<b style={{ fontWeight: 600 }}>{text.slice(at, end)}</b>
			{text.slice(end)}
		</>
	);
}
