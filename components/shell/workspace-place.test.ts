import assert from "node:assert/strict";
import { test } from "node:test";
import { originWords, placeAfter } from "./workspace-place";

test("a list stays, a thing of the old workspace gives way to its list, filters go", () => {
	const cases: [path: string, search: string, place: string | null][] = [
		["/", "", null],
		["/sql", "", null],
		["/sessions", "", null],
		["/sessions", "?daemon=gateway", "/sessions"],
		["/session", "?id=a", "/sessions"],
		["/probe", "?id=a", "/parity"],
		["/source", "?path=a", "/sources"],
		["/team", "?id=a", "/teams"],
		["/somewhere", "", null],
		["/somewhere", "?id=a", "/"],
	];
	for (const [path, search, place] of cases) assert.equal(placeAfter(path, search), place, `${path}${search}`);
});

test("a title says where the workspace comes from", () => {
	assert.equal(originWords({ kind: "served" }), "served folder");
	assert.equal(originWords({ kind: "local", how: "dropped" }), "dropped, stays on this machine");
});
