import { jsonFile, type SampleFile } from "./file";
import { Random } from "./random";

const SIDE = 32;

/** An NPY 1.0 file of little-endian float32 in C order. */
function npy(path: string, values: Float32Array): SampleFile {
	const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${SIDE}, ${SIDE}), }`;
	// The header is padded so that the data starts at a multiple of 64.
	const padded = `${head.padEnd(Math.ceil((10 + head.length + 1) / 64) * 64 - 11)}\n`;
	const bytes = new Uint8Array(10 + padded.length + values.length * 4);
	bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 0xff, padded.length >> 8]);
	bytes.set(new TextEncoder().encode(padded), 10);
	const view = new DataView(bytes.buffer);
	values.forEach((value, i) => {
		view.setFloat32(10 + padded.length + i * 4, value, true);
	});
	return { path, bytes };
}

export interface TensorAnswers {
	correlation: number;
	sumRatio: number;
	rmse: number;
	maxAbsDiff: number;
}

/** A detector image of both programs (a few spots on a flat ground) and the figures of their comparison. */
export function tensors(): { files: SampleFile[]; answers: TensorAnswers } {
	const random = new Random("tensors");
	const spots = Array.from({ length: 7 }, () => ({ row: random.int(2, 29), column: random.int(2, 29), height: random.int(40, 400) / 10 }));
	const image = (shift: number, scale: number) => Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
		const row = Math.floor(i / SIDE);
		const column = i % SIDE;
		let value = 0.35 + random.int(0, 99) / 2000;
		for (const spot of spots) {
			const far = (row - spot.row - shift) ** 2 + (column - spot.column) ** 2;
			value += spot.height / (1 + far * far);
		}
		return value * scale;
	});
	const c = image(0, 1);
	const py = image(0.18, 0.853);
	const n = c.length;
	let cSum = 0, pySum = 0, squares = 0, most = 0;
	for (let i = 0; i < n; i++) {
		cSum += c[i]!;
		pySum += py[i]!;
		squares += (py[i]! - c[i]!) * (py[i]! - c[i]!);
		most = Math.max(most, Math.abs(py[i]! - c[i]!));
	}
	let both = 0, cc = 0, pp = 0;
	for (let i = 0; i < n; i++) {
		const a = c[i]! - cSum / n;
		const b = py[i]! - pySum / n;
		both += a * b;
		cc += a * a;
		pp += b * b;
	}
	const answers = { correlation: both / Math.sqrt(cc * pp), sumRatio: pySum / cSum, rmse: Math.sqrt(squares / n), maxAbsDiff: most };
	return {
		files: [
			npy("tensors/detector_c.npy", c),
			npy("tensors/detector_py.npy", py),
			jsonFile("tensors/detector_metrics.json", {
				correlation: answers.correlation, mse: squares / n, rmse: answers.rmse, max_abs_diff: most,
				c_sum: cSum, py_sum: pySum, sum_ratio: answers.sumRatio,
				case_id: "DET-032", run_name: "detector-32", timestamp: "2026-05-04T10:21:07Z",
			}),
		],
		answers,
	};
}
