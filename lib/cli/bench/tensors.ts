import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { readPairs } from "@/lib/load/compare-tensor-read";
import { folderWorkspace } from "@/lib/workspace/folder";
import { type Bench, type Figure, timed } from "./figure";

const ELEMENTS = 64 * 1024 * 1024;
const PART = 4 * 1024 * 1024;
const TOLERANCE = 1e-4;

/** The same figures as numpy is asked for, in double precision; the time is its own, without the start of Python. */
const NUMPY = `
import sys, time
import numpy as np
best = []
for run in range(int(sys.argv[3])):
    start = time.perf_counter()
    a = np.load(sys.argv[1]).astype(np.float64)
    b = np.load(sys.argv[2]).astype(np.float64)
    d = b - a
    size = np.abs(d)
    at = int(size.argmax())
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(d == 0, 0.0, size / np.abs(a))
    figures = [size[at], at, ratio.max(), int(ratio.argmax()), size.mean(), np.sqrt((d * d).mean()), np.corrcoef(a, b)[0, 1], a.sum(), b.sum(), int((size > ${TOLERANCE}).sum()), int(np.isfinite(a).sum()), int(np.isfinite(b).sum())]
    print(time.perf_counter() - start, float(figures[0]), figures[1], float(figures[6]), figures[9], flush=True)
    del a, b, d, size, ratio
`;

/** A pair of 256 MB arrays, read from disk and compared in one thread. */
export const tensors: Figure = {
	name: "tensors",
	describe: "two float32 arrays of 256 MB from disk to all their figures in one thread, against numpy where python3 has it",
	async run(bench) {
		bench.say("writing two arrays");
		const paths = ["x_c.npy", "x_py.npy"].map((name) => path.join(bench.folder, name)) as [string, string];
		await writePair(paths);
		const values: number[] = [];
		let own: { maxAbs: number | null; at: number | null; correlation: number | null; above: number | null } | null = null;
		for (let run = 0; run < bench.runs; run++) {
			values.push((await timed(async () => {
				own = await compare(bench.folder);
			})) / 1000);
			bench.say(`${values[run]!.toFixed(2)} s`);
		}
		const numpy = await inNumpy(bench, paths);
		if (numpy !== null && own !== null) {
			const { maxAbs, at, correlation, above } = own as { maxAbs: number; at: number; correlation: number; above: number };
			if (maxAbs !== numpy.maxAbs || at !== numpy.at || above !== numpy.above || Math.abs(correlation - numpy.correlation) > 1e-9) throw new Error(`The figures differ: ${JSON.stringify(own)} against ${JSON.stringify(numpy)}.`);
		}
		bench.report({ what: "a pair of 256 MB", unit: "s", values, ...(numpy === null ? { note: "python3 with numpy is not there to compare with" } : { peer: { what: "numpy", values: numpy.seconds }, goal: 2 }) });
	},
};

async function compare(folder: string): Promise<{ maxAbs: number | null; at: number | null; correlation: number | null; above: number | null }> {
	const file = (name: string) => ({ path: name, dtype: "float32", shape: [ELEMENTS], fortranOrder: false, elements: ELEMENTS });
	const pair = { reference: file("x_c.npy"), candidate: file("x_py.npy"), tolerance: TOLERANCE };
	for await (const { result } of readPairs([pair], folderWorkspace(folder, { include: [] }), () => ELEMENTS * 4)) {
		if (result.kind !== "compared") throw new Error(result.reason);
		const { maxAbs, maxAbsAt, correlation, above } = result.figures;
		return { maxAbs, at: maxAbsAt, correlation, above };
	}
	throw new Error("The pair was not answered.");
}

async function writePair(paths: readonly [string, string]): Promise<void> {
	const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${ELEMENTS},), }`.padEnd(117);
	const head = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text}\n`, "latin1");
	const files = await Promise.all(paths.map((name) => open(name, "w")));
	try {
		await Promise.all(files.map((handle) => handle.write(head)));
		const [a, b] = [new Float32Array(PART), new Float32Array(PART)];
		let state = 12345;
		for (let from = 0; from < ELEMENTS; from += PART) {
			for (let i = 0; i < PART; i++) {
				state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
				a[i] = state / 2147483648 - 1;
				b[i] = a[i]! * (1 + ((state & 1023) - 512) * 1e-6);
			}
			await Promise.all([files[0]!.write(new Uint8Array(a.buffer)), files[1]!.write(new Uint8Array(b.buffer))]);
		}
	} finally {
		await Promise.all(files.map((handle) => handle.close()));
	}
}

async function inNumpy(bench: Bench, paths: readonly [string, string]): Promise<{ seconds: number[]; maxAbs: number; at: number; correlation: number; above: number } | null> {
	try {
		await promisify(execFile)("python3", ["-c", "import numpy"]);
	} catch {
		// No Python, or none with numpy: the figure stands without a peer.
		return null;
	}
	const { stdout } = await promisify(execFile)("python3", ["-c", NUMPY, ...paths, String(bench.runs)]);
	const lines = stdout.trim().split("\n").map((line) => line.split(" ").map(Number));
	const [, maxAbs, at, correlation, above] = lines[0]!;
	return { seconds: lines.map(([seconds]) => seconds!), maxAbs: maxAbs!, at: at!, correlation: correlation!, above: above! };
}
