import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";

const biome = path.resolve("node_modules/.bin/biome");

/** Lints a file that is not there, as if it stood at `file`. */
function lint(file: string, code: string): string {
	const { stdout, stderr } = spawnSync(biome, ["lint", "--colors=off", `--stdin-file-path=${file}`], { input: code, encoding: "utf8" });
	return `${stdout}${stderr}`;
}

const planted: [file: string, specifier: string][] = [
	["lib/model/planted.ts", "@/lib/engine/engine"],
	["lib/parity/planted.ts", "@/lib/formats/detect"],
	["lib/parity/planted.ts", "../formats/detect"],
	["lib/formats/json/planted.ts", "../../parity/judge"],
	["lib/engine/planted.ts", "@/lib/tables/query"],
	["lib/tables/planted.ts", "react"],
	["lib/load/planted.ts", "@/lib/answer/ask"],
	["lib/answer/planted.ts", "@/components/ui"],
	["lib/cli/planted.ts", "next/server"],
	["components/ui/planted.tsx", "@/app/page"],
];

for (const [file, specifier] of planted) {
	test(`the linter catches ${specifier} in ${file}`, () => {
		assert.match(lint(file, `import * as planted from "${specifier}";\nexport default planted;\n`), /noRestrictedImports/);
	});
}

test("an import that the house allows is not reported", () => {
	assert.doesNotMatch(lint("lib/load/planted.ts", 'import * as allowed from "@/lib/parity/judge";\nexport default allowed;\n'), /noRestrictedImports/);
});
