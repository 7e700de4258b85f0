"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { count, Icon, Kbd, Mark, num, parseTime, timeText, utcText } from "@/components/ui";
import { AddressNote } from "./address-note";
import { useKeys } from "./keys";
import { type NavPage, PAGES, pageOf } from "./nav";
import { useOpen } from "./open-layer";
import { useModKey } from "./platform";
import { ThemeSwitch } from "./theme";
import { originWords } from "./workspace-place";
import { useLoadProgress, useWorkspace } from "./workspace-provider";

/** The product's sign: agreement, the first divergence, and the line that stands there. */
export function Sign() {
	return (
		<svg viewBox="0 0 18 18" aria-hidden="true">
			<g fill="var(--ink-1)">
				<circle cx="4" cy="4" r="2" />
				<circle cx="9" cy="4" r="2" />
				<circle cx="4" cy="9" r="2" />
			</g>
			<path d="M9 6.4 11.6 9 9 11.6 6.4 9Z" fill="var(--verdict-fail)" />
			<path d="M13.5 1.5v15" stroke="var(--ink-1)" strokeWidth="1.4" />
		</svg>
	);
}

/** The links of the sidebar, also inside the sheet of a narrow window. */
export function NavLinks({ pages, onGo }: { pages: readonly NavPage[]; onGo?: () => void }) {
	const { counts, load } = useWorkspace();
	const here = pageOf(usePathname());
	const links = pages.map((page) => {
		const counted = page.count === null ? undefined : counts[page.count];
		// Before the workspace is read to its end a zero is not known to be one.
		const rows = counted === 0 && load.phase !== "ready" ? undefined : counted;
		const failing = page.count === "probes" ? counts.probes_failing : undefined;
		return (
			<Link key={page.href} href={page.href} aria-current={here === page ? "page" : undefined} onClick={onGo}>
				<Icon name={page.icon} />
				{page.label}
				{rows !== undefined && (
					<span className="n">
						{failing !== undefined && failing > 0 ? (
							<>
								<Mark verdict="fail" size={9} label={`${failing} failing of`} />
								{num(failing)} / {num(rows)}
							</>
						) : (
							num(rows)
						)}
					</span>
				)}
			</Link>
		);
	});
	return (
		<>
			{links}
			{onGo !== undefined && <OpenHere onGo={onGo} />}
			{onGo !== undefined && <AddressNote inset />}
		</>
	);
}

/** The workspace's title in a sheet, where there is no sidebar: it opens another. */
function OpenHere({ onGo }: { onGo: () => void }) {
	const { name, opened } = useWorkspace();
	const { show } = useOpen();
	return (
		<button
			type="button"
			onClick={() => {
				onGo();
				show();
			}}
		>
			<Icon name="plus" />
			Open a workspace…
			<span className="n">
				{name === "" ? "" : `${name}, `}
				{originWords(opened)}
			</span>
		</button>
	);
}

export function Sidebar() {
	const { name, opened, load } = useWorkspace();
	const { show } = useOpen();
	const { setPaletteOpen, setSheetOpen } = useKeys();
	const mod = useModKey();
	return (
		<aside className="side" aria-label="Workspace">
			<Link className="mark" href="/">
				<Sign />
				Casebook
			</Link>
			<button type="button" className="ws" aria-haspopup="dialog" title="Open another workspace" onClick={show}>
				<span className="grow">
					<b>{name === "" ? "Workspace" : name}</b>
					<span className="small">
						<ReadSoFar />
					</span>
					<span className="small">
						<span>{originWords(opened)}</span>
					</span>
				</span>
				<Icon name="chevron-down" />
			</button>
			<nav className="nav" aria-label="Main">
				<NavLinks pages={PAGES} />
			</nav>
			<div className="foot">
				<AddressNote />
				<Rejects />
				<div className="row loaded">
					<Loaded at={load.loadedAt} phase={load.phase} />
					<span className="grow" />
					<ThemeSwitch />
				</div>
				<div className="row keys">
					<button type="button" className="plain" onClick={() => setPaletteOpen(true)}>
						<Kbd>{mod} K</Kbd>
						commands
					</button>
					<button type="button" className="plain" onClick={() => setSheetOpen(true)}>
						<Kbd>?</Kbd>
						keys
					</button>
				</div>
			</div>
		</aside>
	);
}

function ReadSoFar() {
	const { counts } = useWorkspace();
	const load = useLoadProgress();
	const files = counts.sources ?? load.filesTotal;
	// What the sources page adds up; while files arrive, the rows that came in so far.
	const records = load.phase === "ready" ? (counts.records ?? load.records) : load.records;
	return <span>{load.phase === "opening" ? "opening" : `${count(files, "file")}, ${count(records, "record")}`}</span>;
}

function Rejects() {
	const load = useLoadProgress();
	if (load.rejects === 0) return <div>{load.phase === "ready" ? "0 rejects" : "no reject so far"}</div>;
	return (
		<div className="row">
			<Mark verdict="reject" label={null} />
			<Link className="warn-ink" href="/sources">
				{count(load.rejects, "reject")}
			</Link>
			<span>in {count(load.rejectFiles, "file")}</span>
		</div>
	);
}

function Loaded({ at, phase }: { at: string | null; phase: string }) {
	const time = at === null ? null : parseTime(at);
	if (time === null) return <div>{phase === "opening" || phase === "loading" ? "Loading" : phase === "cancelled" ? "Loading was cancelled" : "Not loaded"}</div>;
	const today = timeText(time, "date") === timeText(Date.now(), "date");
	return (
		<div>
			Loaded{" "}
			<time dateTime={new Date(time).toISOString()} title={utcText(time)}>
				{today ? timeText(time, "clock").slice(0, 5) : timeText(time, "minute")}
			</time>
		</div>
	);
}
