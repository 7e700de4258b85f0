"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { activeTab, MOST_TABS, type Tabs } from "./tabs";

export interface TabBarProps {
	tabs: Tabs;
	/** slots in which a query runs */
	running: ReadonlySet<number>;
	panelId: string;
	onShow: (slot: number) => void;
	onAdd: () => void;
	onRename: (slot: number, name: string) => void;
	onClose: (slot: number) => void;
}

export function tabId(panelId: string, slot: number): string {
	return `${panelId}-tab-${slot}`;
}

/** The queries side by side. F2 or a double press renames one. */
export function TabBar({ tabs, running, panelId, onShow, onAdd, onRename, onClose }: TabBarProps) {
	const [renaming, setRenaming] = useState(false);
	const list = useRef<HTMLDivElement>(null);
	const active = activeTab(tabs);

	const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
		const at = tabs.list.findIndex((tab) => tab.slot === tabs.active);
		const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.list.length - 1 }[event.key];
		if (event.key === "F2") setRenaming(true);
		else if (to !== undefined) {
			const tab = tabs.list[(to + tabs.list.length) % tabs.list.length]!;
			onShow(tab.slot);
			list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(panelId, tab.slot))}`)?.focus();
		} else return;
		event.preventDefault();
	};

	return (
		<>
			<div className="tabs sq-tabs" role="tablist" aria-label="Queries" ref={list} onKeyDown={onKeyDown}>
				{tabs.list.map((tab) => (
					<button
						key={tab.slot}
						type="button"
						role="tab"
						id={tabId(panelId, tab.slot)}
						aria-selected={tab.slot === tabs.active}
						aria-controls={panelId}
						tabIndex={tab.slot === tabs.active ? 0 : -1}
						title="F2 renames it"
						onClick={() => onShow(tab.slot)}
						onDoubleClick={() => setRenaming(true)}
					>
						{tab.name}
						{running.has(tab.slot) && <span className="i3"> runs</span>}
					</button>
				))}
			</div>
			{renaming && (
				<NameField
					key={active.slot}
					name={active.name}
					onEnd={(name) => {
						if (name !== null) onRename(active.slot, name);
						setRenaming(false);
						list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
					}}
				/>
			)}
			{tabs.list.length < MOST_TABS && (
				<button type="button" className="btn quiet icon" aria-label="New query" title="New query" onClick={onAdd}>
					<Icon name="plus" />
				</button>
			)}
			<Menu
				label="This query"
				bare
				buttonClass="btn quiet icon"
				items={[
					{ label: "Rename", kbd: "F2", onSelect: () => setRenaming(true) },
					{ label: tabs.list.length === 1 ? "Empty" : "Close", icon: "close", onSelect: () => onClose(tabs.active) },
				]}
			>
				<Icon name="more" />
			</Menu>
		</>
	);
}

/** Enter keeps the name, Esc does not; leaving the field keeps it. */
function NameField({ name, onEnd }: { name: string; onEnd: (name: string | null) => void }) {
	const field = useRef<HTMLInputElement>(null);
	const ended = useRef(false);
	useEffect(() => field.current?.select(), []);
	const end = (keep: boolean) => {
		if (ended.current) return;
		ended.current = true;
		const text = field.current?.value.trim() ?? "";
		onEnd(keep && text !== "" ? text : null);
	};
	return (
		<input
			ref={field}
			className="in sq-rename"
			aria-label="Name of the query"
			defaultValue={name}
			maxLength={60}
			onBlur={() => end(true)}
			onKeyDown={(event) => {
				if (event.key !== "Enter" && event.key !== "Escape") return;
				event.preventDefault();
				event.stopPropagation();
				end(event.key === "Enter");
			}}
		/>
	);
}
