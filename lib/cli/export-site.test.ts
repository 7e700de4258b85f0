import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, beforeEach, test } from "node:test";
import { clearOut, MARKER, takeOut } from "./export-out";
import { baseOf } from "./export-site";
import { withPolicy } from "./site-html";

const made: string[] = [];
let root: string;
let out: string;

beforeEach(async () => {
	const folder = await mkdtemp(join(tmpdir(), "casebook-export-"));
	made.push(folder);
	root = join(folder, "reports");
	out = join(folder, "copy");
	await mkdir(root);
	await writeFile(join(root, "a.txt"), "alpha");
});
after(async () => {
	for (const folder of made) await rm(folder, { recursive: true, force: true });
});

test("a copy goes into a new folder, an empty one, or an earlier copy, and nowhere else", async () => {
	await takeOut(root, out, []);
	await takeOut(root, join(out, "deep", "er"), []);
	await mkdir(out);
	await takeOut(root, out, []);
	await writeFile(join(out, "thesis.tex"), "precious");
	await assert.rejects(takeOut(root, out, []), /holds thesis\.tex, which no export wrote/);
	await writeFile(join(out, MARKER), JSON.stringify({ format: "casebook.site.v1", entries: [] }));
	await takeOut(root, out, []);
	await assert.rejects(takeOut(root, join(root, "a.txt"), []), /is a file/);
	await assert.rejects(takeOut(root, join(root, "a.txt", "x"), []), /is a file/);
});

test("a copy never goes into the workspace, unless a .gitignore leaves it out", async () => {
	await assert.rejects(takeOut(root, join(root, "site"), []), /lies in the workspace/);
	await assert.rejects(takeOut(root, join(root, "b", "site"), []), /lies in the workspace/);
	await rm(join(root, "a.txt"));
	await assert.rejects(takeOut(root, root, []), /holds the workspace/);
	await assert.rejects(takeOut(root, join(root, ".."), []), /holds reports, which no export wrote/);
	await writeFile(join(root, "..", MARKER), JSON.stringify({ format: "casebook.site.v1", entries: ["reports"] }));
	await assert.rejects(takeOut(root, join(root, ".."), []), /holds the workspace/);
	await symlink(root, join(root, "..", "way-in"));
	await assert.rejects(takeOut(root, join(root, "..", "way-in", "site"), []), /lies in the workspace/);
	await mkdir(join(root, "b"));
	await writeFile(join(root, "b", ".gitignore"), "/site/\n");
	await takeOut(root, join(root, "b", "site"), []);
	await takeOut(root, join(root, "b", "site", "deeper"), []);
	await takeOut(root, join(root, "node_modules", "site"), []);
	await assert.rejects(takeOut(root, join(root, "site"), []), /lies in the workspace/);
	await assert.rejects(takeOut(root, join(root, "b", "site"), ["*.json"]), /lies in the workspace/);
});

test("a new copy removes what the earlier one wrote and nothing else", async () => {
	await clearOut(out, ["index.html", "_next"]);
	await mkdir(join(out, "_next"));
	await writeFile(join(out, "_next", "old.js"), "1");
	await writeFile(join(out, "CNAME"), "lab.example");
	await assert.rejects(clearOut(out, ["index.html", "CNAME"]), /CNAME was not written by the earlier export/);
	assert.deepEqual((await readdir(out)).sort(), ["CNAME", "_next", MARKER].sort());
	await clearOut(out, ["index.html", "workspace"]);
	assert.deepEqual((await readdir(out)).sort(), ["CNAME", MARKER].sort());
	assert.deepEqual((JSON.parse(await readFile(join(out, MARKER), "utf8")) as { entries: string[] }).entries, ["index.html", "workspace"]);
});

test("a marker that leads elsewhere removes nothing", async () => {
	await mkdir(out);
	for (const entries of [["../reports"], [".."], ["."], [""], ["a/b"], ["a\\b"], "all", [1], undefined]) {
		await writeFile(join(out, MARKER), JSON.stringify({ format: "casebook.site.v1", entries }));
		await assert.rejects(clearOut(out, []), /is not what an export writes/, JSON.stringify(entries));
	}
	await writeFile(join(out, MARKER), "{");
	await assert.rejects(clearOut(out, []), /is not what an export writes/);
	assert.deepEqual(await readdir(root), ["a.txt"]);
});

test("a base is a path of plain names", () => {
	assert.deepEqual(["", "/", "/casebook", "/casebook/", "/a/b-c/d.e~f_1"].map(baseOf), ["", "", "/casebook", "/casebook", "/a/b-c/d.e~f_1"]);
	for (const bad of ["casebook", "//host", "/a//b", "/a b", "/../x", "/a/.", "https://lab.example/x", '/"', "/a?b", "/a#b", "/%2e%2e"]) assert.throws(() => baseOf(bad), /a base is a path/, bad);
});

test("a page's policy comes before everything, and names each of its inline scripts", () => {
	const inline = ["self.__next_f.push([1,\"a\"])", "\nlet x = '</div>';\n"];
	const page = withPolicy(`<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><script src="/a.js" async=""></script></head><body><script>${inline[0]}</script><script id="_R_">${inline[1]}</script></body></html>`, "bm9uY2U=");
	const policy = /^<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page)?.[1] ?? "";
	const early = /<script>(\{const m=.*?)<\/script>/.exec(page)?.[1] ?? "";
	const hashes = [early, ...inline].map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
	assert.match(policy, /^default-src 'none'; /);
	assert.ok(policy.includes(`script-src 'self' ${hashes.join(" ")} 'wasm-unsafe-eval';`), policy);
	assert.ok(policy.includes("style-src-elem 'self' 'nonce-bm9uY2U=';"));
	assert.match(policy, /worker-src blob:; /);
	assert.doesNotMatch(policy, /https?:|\*|'unsafe-eval'|script-src[^;]*unsafe-inline|frame-ancestors/);
	assert.throws(() => withPolicy("<p>no page</p>", "x"), /no <head>/);
});

test("the early script reads the cookie that the theme switch writes", async () => {
	const name = /THEME_COOKIE = "([^"]+)"/.exec(await readFile(resolve("components/shell/theme-cookie.ts"), "utf8"))?.[1];
	assert.ok(name !== undefined && withPolicy("<head></head>", "x").includes(`(?:^|; )${name}=(light|dark)`));
});
