import { createHash } from "node:crypto";
import { jsonFile, type SampleFile, textFile } from "./file";

export interface BundleAnswers {
	/** the folder */
	path: string;
	exitCode: number;
	checksums: { path: string; match: number; differs: number; missing: number; itself: number };
	tests: { path: string; passed: number };
}

export interface BenchmarkAnswers {
	path: string;
	/** of the largest size */
	size: number;
	speedupWarm: number;
}

const TESTS = ["test_steps_is_product", "test_polar_matches_reference", "test_omega_pixel"];

/** What was run in the folder of the last comparison: commands, exit code, the tests before it, and the hashes of what came out. */
export function bundleOf(folder: string, commit: string, outputs: readonly SampleFile[]): { files: SampleFile[]; answers: BundleAnswers } {
	const stamp = folder.slice(folder.lastIndexOf("/") + 1);
	const files = [
		textFile(`${folder}/commands.txt`, `# Scaling comparison of one pixel
# Timestamp: ${stamp}
# Git SHA: ${commit}
export PORT_THREADS=1
./build/simulator -config lattice.cfg -trace_pixel 412 977 > c_trace_scaling.log
python -m simulator_port -config lattice.cfg -trace_pixel 412 977 > trace_py_scaling.log
pytest -v tests/test_scaling.py > pytest.log
python tools/compare_traces.py --c c_trace_scaling.log --py trace_py_scaling.log --out metrics.json
echo $? > exit_code.txt
sha256sum * > sha256.txt
`),
		textFile(`${folder}/exit_code.txt`, "1\n"),
		textFile(`${folder}/pytest.log`, pytestLog()),
	];
	// The environment was written again after the hashes were taken, and the two images were too large to keep.
	const listed = [...outputs, ...files].map((file) => [hashOf(file.path.endsWith("/env.json") ? new TextEncoder().encode("{}\n") : file.bytes), file.path.slice(folder.length + 1)] as const);
	const away = ["c_image.bin", "py_image.bin"].map((name) => [hashOf(new TextEncoder().encode(`${folder}/${name}`)), name] as const);
	const entries = [...listed, ...away, [hashOf(new Uint8Array()), "sha256.txt"] as const].sort((a, b) => (a[1] < b[1] ? -1 : 1));
	const list = textFile(`${folder}/sha256.txt`, entries.map(([hash, name]) => `${hash}  ${name}\n`).join(""));
	return {
		files: [...files, list],
		answers: {
			path: folder,
			exitCode: 1,
			checksums: { path: list.path, match: listed.length - 1, differs: 1, missing: away.length, itself: 1 },
			tests: { path: `${folder}/pytest.log`, passed: TESTS.length },
		},
	};
}

function pytestLog(): string {
	const line = (text: string) => `${"=".repeat(Math.floor((80 - text.length) / 2))}${text}${"=".repeat(Math.ceil((80 - text.length) / 2))}`;
	const percent = (count: number) => String(Math.round((count * 100) / TESTS.length)).padStart(3);
	const tests = TESTS.map((name, i) => `${`tests/test_scaling.py::TestFactors::${name} PASSED`.padEnd(73)}[${percent(i + 1)}%]`);
	return [line(" test session starts "), "platform linux -- Python 3.13.3, pytest-8.4.1", `collected ${TESTS.length} items`, "", ...tests, "", line(` ${TESTS.length} passed in 1.87s `), ""].join("\n");
}

function hashOf(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** Times of both programs over the size of the image. */
export function benchmarkResults(): { file: SampleFile; answers: BenchmarkAnswers } {
	const path = "reports/benchmarks/20260503T160210Z/benchmark_results.json";
	const results = [
		{ size: 256, c_time: 0.0112, py_time_cold: 1.8431, py_time_warm: 0.0489 },
		{ size: 1024, c_time: 0.0874, py_time_cold: 1.9127, py_time_warm: 0.1093 },
		{ size: 4096, c_time: 1.3962, py_time_cold: 3.0276, py_time_warm: 1.1744 },
	].map((one) => ({ ...one, py_mem_warm_mb: Math.round(one.size * 0.0125 * 100) / 100, speedup_cold: one.c_time / one.py_time_cold, speedup_warm: one.c_time / one.py_time_warm }));
	const last = results.at(-1)!;
	return { file: jsonFile(path, results), answers: { path, size: last.size, speedupWarm: last.speedup_warm } };
}
