import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { buildSample } from "@/lib/cli/sample/build";
import { type FuzzFile, fuzz } from "@/lib/formats/fuzz";
import type { Figure } from "./figure";

const COUNT = 10_000;
const SEED = 20261125;

function filesUnder(folder: string, inside = folder): FuzzFile[] {
	return readdirSync(folder)
		.sort()
		.flatMap((name) => {
			const full = path.join(folder, name);
			if (statSync(full).isDirectory()) return filesUnder(full, inside);
			return name.endsWith(".expected.json") ? [] : [{ path: path.relative(inside, full), bytes: new Uint8Array(readFileSync(full)) }];
		});
}

/** Every parser on mutants of fixtures, sample and, where they are there, real files. A failure is printed with its seed. */
export const mutants: Figure = {
	name: "mutants",
	describe: `${COUNT.toLocaleString("en-US")} mutated files through every parser: no crash, no hang, every line accounted for`,
	async run({ root, say, report }) {
		const real = path.resolve(root, "../shared/real");
		const files = [...filesUnder(path.join(root, "lib/formats/fixtures")), ...buildSample().files, ...(existsSync(real) ? filesUnder(real) : [])];
		const began = performance.now();
		const result = await fuzz(COUNT, SEED, files);
		for (const failure of result.failures.slice(0, 20)) say(`seed ${failure.seed}, ${failure.path}: ${failure.what}`);
		report({ what: "failures", unit: "mutants", values: [result.failures.length], goal: 0, note: `${result.runs} runs over ${files.length} files and ${Object.keys(result.formats).length} formats` });
		report({ what: "a mutant", unit: "ms", values: [(performance.now() - began) / result.runs], note: `the slowest took ${result.slowest.ms.toFixed(0)} ms (${result.slowest.path})` });
	},
};
