import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { buildSample } from "@/lib/cli/sample/build";
import type { Parser } from "@/lib/model";
import { detect, HEAD_BYTES } from "./detect";
import { checkParser, type FuzzFile, fuzz, mutantOf, tryFile } from "./fuzz";
import { randomOf } from "./fuzz/mutate";

const COUNT = 500;
const SEED = 20260504;
const FIXTURES = path.resolve(process.cwd(), "lib/formats/fixtures");
const REAL = path.resolve(process.cwd(), "../shared/real");

function filesUnder(folder: string, inside = folder): FuzzFile[] {
	return readdirSync(folder)
		.sort()
		.flatMap((name) => {
			const full = path.join(folder, name);
			if (statSync(full).isDirectory()) return filesUnder(full, inside);
			return name.endsWith(".expected.json") ? [] : [{ path: path.relative(inside, full), bytes: new Uint8Array(readFileSync(full)) }];
		});
}

function files(): FuzzFile[] {
	const own = [...filesUnder(FIXTURES), ...buildSample().files];
	const real = existsSync(REAL) ? filesUnder(REAL) : [];
	// Some of each as a compressed file too.
	const packed = [...own, ...real].filter((_, i) => i % 9 === 0).map((file) => ({ path: `${file.path}.gz`, bytes: new Uint8Array(gzipSync(file.bytes)) }));
	return [...own, ...real, ...packed];
}

test(`${COUNT} mutants of fixtures, sample and real files: no crash, no hang, every line accounted for`, async () => {
	const { runs, failures, formats } = await fuzz(COUNT, SEED, files());
	assert.equal(runs, COUNT);
	assert.deepEqual(failures.slice(0, 5), [], `${failures.length} failures`);
	assert.ok(Object.keys(formats).length >= 12, `the mutants are of many formats: ${Object.keys(formats).join(", ")}`);
});

test("a file as it is passes, and a mutant is made again from its seed", async () => {
	const all = files();
	for (const file of all.filter((_, i) => i % 5 === 0)) assert.deepEqual((await tryFile(file, randomOf(1))).problems, [], file.path);
	assert.deepEqual(mutantOf(all, 77), mutantOf(all, 77));
	assert.notDeepEqual(mutantOf(all, 77), mutantOf(all, 78));
});

test("what a reader does wrong is found", async () => {
	const file = { path: "a.txt", bytes: new TextEncoder().encode("one\ntwo\n") };
	const found = detect(file.path, file.bytes.subarray(0, HEAD_BYTES));
	assert.ok(found.kind === "read");
	const good: Parser = found.parser(file.path);
	good.push(file.bytes);
	const end = good.end();
	const problems = async (parser: Partial<Parser>) => checkParser({ push: () => [], end: () => end, ...parser }, [file.bytes]);
	assert.deepEqual(await problems({}), []);
	assert.match((await problems({ end: () => ({ ...end, account: { ...end.account, lines: 3 } }) })).join(), /do not add up/);
	assert.match((await problems({ end: () => ({ ...end, batches: end.batches.map((batch) => ({ ...batch, numRows: 7 })) }) })).join(), /2 values in 7 rows/);
	assert.match((await problems({ push: () => assert.fail("no") })).join(), /stopped: .*no/);
	assert.match((await problems({ end: () => ({ ...end, rejects: [{ line: 9, byteOffset: 99, reason: "x", raw: "" }] }) })).join(), /line 9 of 2/);
});
