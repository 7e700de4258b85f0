"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { createContext, Fragment, type ReactNode, useContext, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "@/components/ui/bits";
import { Icon } from "@/components/ui/icon";
import { useKeys } from "./keys";
import { pageOf } from "./nav";
import { useModKey } from "./platform";

interface Slots {
	crumbs: HTMLElement | null;
	actions: HTMLElement | null;
	setCrumbs(element: HTMLElement | null): void;
	setActions(element: HTMLElement | null): void;
	/** how many pages fill the bar now; 0 leaves the page's plain name */
	filled: number;
	fill(): () => void;
}

const SlotsContext = createContext<Slots | null>(null);

export function PageTopProvider({ children }: { children: ReactNode }) {
	const [crumbs, setCrumbs] = useState<HTMLElement | null>(null);
	const [actions, setActions] = useState<HTMLElement | null>(null);
	const [filled, setFilled] = useState(0);
	const slots = useMemo<Slots>(
		() => ({
			crumbs,
			actions,
			setCrumbs,
			setActions,
			filled,
			fill() {
				setFilled((old) => old + 1);
				return () => setFilled((old) => old - 1);
			},
		}),
		[crumbs, actions, filled],
	);
	return <SlotsContext.Provider value={slots}>{children}</SlotsContext.Provider>;
}

function useSlots(): Slots {
	const slots = useContext(SlotsContext);
	if (slots === null) throw new Error("PageTop is rendered outside Shell.");
	return slots;
}

/** The bar itself, part of the shell: where you are, the page's actions, Find. */
export function TopBar() {
	const { setCrumbs, setActions, filled } = useSlots();
	const { setPaletteOpen } = useKeys();
	const mod = useModKey();
	const here = pageOf(usePathname());
	return (
		<header className="top">
			<div className="top-crumbs">
				<div ref={setCrumbs} style={{ display: "contents" }} />
				{filled === 0 && here !== null && (
					<div className="crumb">
						<b>{here.label}</b>
					</div>
				)}
			</div>
			<div className="top-actions" ref={setActions} />
			<button type="button" className="btn quiet" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" onClick={() => setPaletteOpen(true)}>
				<Icon name="search" />
				<span className="lbl">Find</span>
				<span className="only-l">
					<Kbd>{mod} K</Kbd>
				</span>
			</button>
		</header>
	);
}

export interface Crumb {
	label: ReactNode;
	/** absent for the page itself */
	href?: string;
}

export interface PageTopProps {
	/** from the section down to this page: `[{label: "Probes", href: "/parity"}, {label: "scaling_trace"}]` */
	crumbs: readonly Crumb[];
	/** one quiet fact beside the name, such as "200 in 14 days"; hidden on a narrow window */
	note?: ReactNode;
	/** buttons and links; on a narrow window their `.lbl` is hidden, so give each an icon */
	actions?: ReactNode;
	/** the page has no heading of its own: its name in the bar is the h1 */
	heading?: boolean;
	/** the window's title; the crumbs' words by default */
	title?: string;
}

/** Sets the window's title and sets it again when the route's own, plainer one arrives after it. Returns the end of that. */
function keepTitle(title: string): () => void {
	const set = () => {
		if (document.title !== title) document.title = title;
	};
	set();
	const watching = new MutationObserver(set);
	watching.observe(document.head, { childList: true, subtree: true, characterData: true });
	return () => watching.disconnect();
}

/** Fills the top bar from inside a page. Renders nothing in place. */
export function PageTop({ crumbs, note, actions, heading = false, title }: PageTopProps) {
	const slots = useSlots();
	const { fill } = slots;
	// biome-ignore lint/correctness/useExhaustiveDependencies: once a mount; `fill` changes when the bar is filled
	useLayoutEffect(() => fill(), []);
	const words =
		title ??
		crumbs
			.map((crumb) => crumb.label)
			.filter((label) => typeof label === "string")
			.reverse()
			.join(" · ");
	useEffect(() => (words === "" ? undefined : keepTitle(`${words} · Casebook`)), [words]);
	const Here = heading ? "h1" : "b";
	return (
		<>
			{slots.crumbs !== null &&
				createPortal(
					<div className="crumb">
						{crumbs.map((crumb, i) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: crumbs are a path; their place is what they are
							<Fragment key={i}>
								{i > 0 && (
									<span className="sep" aria-hidden="true">
										/
									</span>
								)}
								{crumb.href === undefined ? <Here aria-current={heading ? undefined : "page"}>{crumb.label}</Here> : <Link href={crumb.href}>{crumb.label}</Link>}
							</Fragment>
						))}
						{note !== undefined && note !== null && <span className="note">{note}</span>}
					</div>,
					slots.crumbs,
				)}
			{slots.actions !== null && actions !== undefined && createPortal(actions, slots.actions)}
		</>
	);
}
