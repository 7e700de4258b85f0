import assert from "node:assert/strict";
import { test } from "node:test";
import { activeTab, addTab, changeTab, closeTab, FIRST_QUERY, firstTabs, MOST_TABS, openLinked, readTabs, type Tabs, writeTabs } from "./tabs";

function memory(): Pick<Storage, "getItem" | "setItem"> {
	const map = new Map<string, string>();
	return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value) };
}

test("a first visit has one tab with a query that helps", () => {
	assert.equal(activeTab(readTabs(memory())).text, FIRST_QUERY);
});

test("up to four tabs, each on a connection of its own; a closed one's is free again", () => {
	let tabs = firstTabs();
	for (let i = 0; i < 6; i++) tabs = addTab(tabs);
	assert.deepEqual(tabs.list.map((tab) => tab.slot), [0, 1, 2, 3]);
	assert.equal(tabs.list.length, MOST_TABS);
	tabs = addTab(closeTab(tabs, 1), "SELECT 1");
	assert.equal(activeTab(tabs).slot, 1);
	assert.equal(activeTab(tabs).text, "SELECT 1");
});

test("the last tab is emptied, not closed", () => {
	const tabs = closeTab(firstTabs(), 0);
	assert.equal(tabs.list.length, 1);
	assert.equal(activeTab(tabs).text, "");
});

test("closing the tab on screen shows its neighbour", () => {
	const tabs = addTab(addTab(firstTabs()));
	assert.equal(closeTab(tabs, 2).active, 1);
	assert.equal(closeTab({ ...tabs, active: 0 }, 0).active, 1);
	assert.equal(closeTab(tabs, 0).active, 2);
});

test("a linked query takes the untouched tab, then a new one, and never a second copy", () => {
	let tabs = openLinked(firstTabs(), "SELECT 1");
	assert.equal(tabs.list.length, 1);
	assert.equal(activeTab(tabs).linked, true);
	tabs = changeTab(tabs, 0, { text: "SELECT mine", linked: false });
	tabs = openLinked(tabs, "SELECT 2");
	assert.equal(tabs.list.length, 2);
	assert.equal(tabs.list[0]!.text, "SELECT mine");
	tabs = openLinked({ ...tabs, active: 0 }, "SELECT 2");
	assert.equal(tabs.list.length, 2);
	assert.equal(activeTab(tabs).text, "SELECT 2");
});

test("what is stored comes back; what is no tabs does not", () => {
	const storage = memory();
	const tabs: Tabs = addTab(changeTab(firstTabs(), 0, { name: "Retry cost" }), "FROM runs");
	writeTabs(storage, tabs);
	assert.deepEqual(readTabs(storage), tabs);
	for (const text of ["{", "[]", '{"list":[{"slot":9,"name":"x","text":"","linked":false}]}', '{"list":[]}', "7"]) {
		assert.deepEqual(readTabs({ getItem: () => text }), firstTabs());
	}
});
