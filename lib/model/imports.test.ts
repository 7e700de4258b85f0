import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

const PLANTED: [file: string, specifier: string][] = [
	["lib/model/a.ts", "@/lib/engine/engine"],
	["lib/parity/b.ts", "@/lib/formats/detect"],
	["lib/parity/c.ts", "../formats/detect"],
	["lib/formats/json/d.ts", "../../parity/judge"],
	["lib/engine/e.ts", "@/lib/tables/query"],
	["lib/tables/f.ts", "react"],
	["lib/load/g.ts", "@/lib/answer/ask"],
	["lib/answer/h.ts", "@/components/ui"],
	["lib/cli/i.ts", "next/server"],
	["components/ui/j.tsx", "@/app/page"],
];
const ALLOWED: [file: string, specifier: string][] = [
	["lib/load/k.ts", "@/lib/parity/judge"],
	["lib/formats/json/l.ts", "../numbers"],
	["components/ui/m.tsx", "react"],
	["app/n.tsx", "@/components/ui"],
];

let folder: string;
let reported: Set<string>;

/** The linter's own rules over a house of planted files, beside the real one. */
before(() => {
	folder = mkdtempSync(path.join(tmpdir(), "casebook-planted-"));
	copyFileSync("biome.json", path.join(folder, "biome.json"));
	for (const [file, specifier] of [...PLANTED, ...ALLOWED]) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), `import * as planted from "${specifier}";\n\nexport default planted;\n`);
	}
	const { stdout, stderr } = spawnSync(path.resolve("node_modules/.bin/biome"), ["lint", "--colors=off", "--max-diagnostics=none", "--vcs-enabled=false", "--reporter=github", "."], { cwd: folder, encoding: "utf8" });
	const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.includes("noRestrictedImports"));
	reported = new Set([...PLANTED, ...ALLOWED].map(([file]) => file).filter((file) => lines.some((line) => line.includes(`/${file},`))));
});
after(() => rmSync(folder, { recursive: true, force: true }));

for (const [file, specifier] of PLANTED) {
	test(`the linter catches ${specifier} in ${file}`, () => assert.ok(reported.has(file)));
}
for (const [file, specifier] of ALLOWED) {
	test(`the linter lets ${specifier} pass in ${file}`, () => assert.ok(!reported.has(file)));
}
