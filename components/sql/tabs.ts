import { type ChartChoice, isChoice } from "@/lib/chart";

/** Up to four queries side by side, each on a connection of its own. Pure; the storage comes in. */

export const MOST_TABS = 4;
export const FIRST_QUERY = "SELECT daemon, COUNT(*) FROM read_json_auto('sessions.jsonl', format='nd') GROUP BY daemon";

export interface QueryTab {
	/** which of the user connections, 0 to 3; it names the tab too */
	slot: number;
	name: string;
	text: string;
	/** it came with a link and has not run yet */
	linked: boolean;
	/** how its rows are shown; a table where it is absent */
	view?: "table" | "chart";
	/** what the reader chose to see drawn; absent for what the result suggests */
	chart?: ChartChoice;
}

export interface Tabs {
	/** never empty */
	list: readonly QueryTab[];
	/** the slot of the one on screen */
	active: number;
}

const STORE = "casebook.sql.tabs";

export function firstTabs(): Tabs {
	return { list: [{ slot: 0, name: "Query 1", text: FIRST_QUERY, linked: false }], active: 0 };
}

export function activeTab(tabs: Tabs): QueryTab {
	return tabs.list.find((tab) => tab.slot === tabs.active) ?? tabs.list[0]!;
}

/** Whether a tab holds nothing that a reader wrote. */
function untouched(tab: QueryTab): boolean {
	return tab.linked || tab.text.trim() === "" || tab.text === FIRST_QUERY;
}

/** A new tab on a free connection; the same tabs where none is free. */
export function addTab(tabs: Tabs, text = "", linked = false): Tabs {
	const free = [...Array(MOST_TABS).keys()].find((slot) => tabs.list.every((tab) => tab.slot !== slot));
	if (free === undefined) return tabs;
	return { list: [...tabs.list, { slot: free, name: `Query ${free + 1}`, text, linked }], active: free };
}

export function changeTab(tabs: Tabs, slot: number, patch: Partial<Omit<QueryTab, "slot">>): Tabs {
	return { ...tabs, list: tabs.list.map((tab) => (tab.slot === slot ? { ...tab, ...patch } : tab)) };
}

/** The last tab is emptied instead of closed. */
export function closeTab(tabs: Tabs, slot: number): Tabs {
	const at = tabs.list.findIndex((tab) => tab.slot === slot);
	if (at < 0) return tabs;
	const list = tabs.list.filter((tab) => tab.slot !== slot);
	if (list.length === 0) return { list: [{ slot, name: `Query ${slot + 1}`, text: "", linked: false }], active: slot };
	return { list, active: tabs.active === slot ? list[Math.min(at, list.length - 1)]!.slot : tabs.active };
}

/** Shows a query that came with a link: in the tab that has it, else in an untouched one, else in a new one, else in the one on screen. */
export function openLinked(tabs: Tabs, text: string): Tabs {
	const same = tabs.list.find((tab) => tab.text === text);
	if (same !== undefined) return { list: changeTab(tabs, same.slot, { linked: true }).list, active: same.slot };
	const shown = activeTab(tabs);
	if (untouched(shown) || tabs.list.length === MOST_TABS) return changeTab(tabs, shown.slot, { text, linked: true });
	return addTab(tabs, text, true);
}

/** What the storage holds, where it holds tabs; nothing else is trusted. */
export function readTabs(storage: Pick<Storage, "getItem">): Tabs {
	try {
		const value: unknown = JSON.parse(storage.getItem(STORE) ?? "null");
		if (typeof value !== "object" || value === null || !("list" in value) || !Array.isArray(value.list)) return firstTabs();
		const list: QueryTab[] = [];
		for (const entry of value.list as unknown[]) {
			if (isTab(entry) && list.every((tab) => tab.slot !== entry.slot)) list.push({ slot: entry.slot, name: entry.name, text: entry.text, linked: entry.linked, ...(entry.view === "chart" ? { view: "chart" } : {}), ...(isChoice(entry.chart) ? { chart: entry.chart } : {}) });
		}
		const active = "active" in value ? value.active : 0;
		if (list.length === 0) return firstTabs();
		return { list, active: list.find((tab) => tab.slot === active)?.slot ?? list[0]!.slot };
	} catch {
		// Storage can be forbidden or hold something else.
		return firstTabs();
	}
}

function isTab(value: unknown): value is QueryTab {
	if (typeof value !== "object" || value === null) return false;
	const { slot, name, text, linked } = value as Record<string, unknown>;
	return typeof slot === "number" && Number.isInteger(slot) && slot >= 0 && slot < MOST_TABS && typeof name === "string" && typeof text === "string" && typeof linked === "boolean";
}

export function writeTabs(storage: Pick<Storage, "setItem">, tabs: Tabs): void {
	try {
		storage.setItem(STORE, JSON.stringify(tabs));
	} catch {
		// The tabs then last as long as the page.
	}
}
