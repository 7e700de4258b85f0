import { type BundleAnswers, bundleOf } from "./bundle";
import { jsonFile, type SampleFile, textFile } from "./file";
import { type RunAnswer, statusOf } from "./parity-runs";
import { Random } from "./random";
import { traceFiles } from "./scaling-trace";
import { folderOf } from "./time";

const TOLERANCE = 1e-6;

/** The factors in the order in which the simulator multiplies them. */
const FACTORS = {
	I_before_scaling: "Intensity summed over the crystal, before any factor",
	r_e_sqr: "Square of the classical electron radius",
	fluence_photons_per_m2: "Photons of the beam per square metre",
	steps: "Divisor: sources × mosaic domains × φ steps × oversampling²",
	capture_fraction: "Part of the photons that the sensor absorbs",
	polar: "Polarization of the beam at this pixel",
	omega_pixel: "Solid angle of the pixel in steradians",
	cos_2theta: "Cosine of the scattering angle",
	I_pixel_final: "Intensity of the pixel after every factor",
} as const;
type Factor = keyof typeof FACTORS;
export type FactorValues = Record<Factor, number>;
const NAMES = Object.keys(FACTORS) as Factor[];

function withFinal(values: Omit<FactorValues, "I_pixel_final">): FactorValues {
	const { I_before_scaling, r_e_sqr, fluence_photons_per_m2, steps, capture_fraction, polar, omega_pixel } = values;
	return { ...values, I_pixel_final: ((I_before_scaling * r_e_sqr * fluence_photons_per_m2) / steps) * capture_fraction * polar * omega_pixel };
}

const C = withFinal({
	I_before_scaling: 718204.634118275, r_e_sqr: 7.94079248018965e-30, fluence_photons_per_m2: 1e24, steps: 10,
	capture_fraction: 0.998731254408716, polar: 0.923517846120933, omega_pixel: 4.18839516204427e-7, cos_2theta: 0.921046337905182,
});

/** The port rounds a little differently in three factors; that is far inside the tolerance. */
const ROUNDED = { polar: C.polar * (1 - 4.1e-8), omega_pixel: C.omega_pixel * (1 - 4.7e-7), cos_2theta: C.cos_2theta * (1 - 5.3e-8) };

/** What the port printed in each run, oldest first: it gets further each time, agrees once, then loses the first factor. */
const RUNS: readonly { startedAt: string; word: "CRITICAL" | "DIVERGENT"; py: FactorValues }[] = [
	{ startedAt: "2026-04-16T09:12:04Z", word: "CRITICAL", py: withFinal({ ...C, ...ROUNDED, steps: 1, polar: 1, omega_pixel: C.omega_pixel * 1.0021 }) },
	{ startedAt: "2026-04-18T15:40:51Z", word: "CRITICAL", py: withFinal({ ...C, ...ROUNDED, polar: 1, omega_pixel: C.omega_pixel * 1.0021 }) },
	{ startedAt: "2026-04-21T11:03:29Z", word: "DIVERGENT", py: withFinal({ ...C, ...ROUNDED, omega_pixel: C.omega_pixel * 1.0021 }) },
	{ startedAt: "2026-04-24T08:55:17Z", word: "CRITICAL", py: withFinal({ ...C, ...ROUNDED }) },
	{ startedAt: "2026-04-29T13:27:42Z", word: "CRITICAL", py: withFinal({ ...C, ...ROUNDED, I_before_scaling: 633121.905277401 }) },
	{ startedAt: "2026-05-04T10:18:36Z", word: "CRITICAL", py: withFinal({ ...C, ...ROUNDED, I_before_scaling: 613038.247905516 }) },
];

export interface ScalingAnswers {
	tolerance: number;
	runs: (RunAnswer & { recordedFirstDivergence: string | null })[];
	/** the first divergence of the last run, relative */
	lastRelDelta: number;
	brokenSince: string;
	/** the folder of the last run, which holds all that was run there */
	bundle: BundleAnswers;
}

/** Six comparisons of the simulator's factors for one pixel, the last with the two traces that it read. */
export function scalingReports(): { files: SampleFile[]; answers: ScalingAnswers } {
	const random = new Random("scaling");
	const files: SampleFile[] = [];
	const runs = RUNS.map(({ startedAt, word, py }) => {
		const folder = `reports/scaling/${folderOf(startedAt)}`;
		const commit = random.hex(40);
		const factors = Object.fromEntries(NAMES.map((name) => {
			const abs_delta = py[name] - C[name];
			const rel_delta = abs_delta / C[name];
			const status = Math.abs(rel_delta) <= TOLERANCE ? "PASS" : word;
			return [name, { description: FACTORS[name], c_value: C[name], py_value: py[name], abs_delta, rel_delta, status }];
		}));
		const divergent = NAMES.filter((name) => factors[name]!.status !== "PASS");
		files.push(
			jsonFile(`${folder}/metrics.json`, { tolerance_rel: TOLERANCE, first_divergence: divergent[0] ?? null, num_divergent: divergent.length, factors }),
			jsonFile(`${folder}/run_metadata.json`, {
				timestamp: startedAt, git_sha: commit, tolerance_rel: TOLERANCE,
				command: `tools/compare_traces.py --c ${folder}/c_trace_scaling.log --py ${folder}/trace_py_scaling.log --out ${folder}/metrics.json`,
				c_trace: `${folder}/c_trace_scaling.log`, py_trace: `${folder}/trace_py_scaling.log`,
			}),
			jsonFile(`${folder}/env.json`, { python: "3.13.3", torch: "2.8.0+cpu", device: "cpu", dtype: "float64", pixel: [412, 977] }),
		);
		const failed = divergent.length;
		const counts = { passed: NAMES.length - failed, failed, unmatched: 0, incomparable: 0, skipped: 0, compared: NAMES.length, total: NAMES.length };
		return {
			path: `${folder}/metrics.json`, ranAt: startedAt, commit, ...counts,
			firstDivergence: divergent[0] ?? null, status: statusOf(counts), recordedFirstDivergence: divergent[0] ?? null,
		};
	});
	const last = RUNS.at(-1)!;
	const [c, py] = traceFiles(C, last.py);
	const folder = `reports/scaling/${folderOf(last.startedAt)}`;
	files.push(textFile(`${folder}/c_trace_scaling.log`, c), textFile(`${folder}/trace_py_scaling.log`, py));
	const bundle = bundleOf(folder, runs.at(-1)!.commit!, files.filter((file) => file.path.startsWith(`${folder}/`)));
	files.push(...bundle.files);
	const lastRelDelta = (last.py.I_before_scaling - C.I_before_scaling) / C.I_before_scaling;
	return { files, answers: { tolerance: TOLERANCE, runs, lastRelDelta, brokenSince: RUNS[4]!.startedAt, bundle: bundle.answers } };
}
