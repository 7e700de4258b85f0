import { type SampleFile, textFile } from "./file";
import { Random } from "./random";

const PATH = "junit/pytest_20260504T113000Z.junit.xml";

const SUITES: Readonly<Record<string, readonly string[]>> = {
	"tests.test_scaling.TestFactors": ["test_r_e_sqr", "test_fluence", "test_steps_is_product", "test_capture_fraction", "test_polar_matches_reference", "test_omega_pixel", "test_cos_2theta"],
	"tests.test_trace.TestTrace": ["test_keys_in_order", "test_numbers_have_15_digits", "test_trace_off_by_default", "test_trace_pixel[412-977]", "test_trace_pixel[0-0]", "test_phi_rows"],
	"tests.test_lattice.TestLattice": ["test_f_latt_at_zero", "test_f_latt_rotated", "test_hkl_rounding", "test_k_frac_follows_phi", "test_mosaic_domains[1]", "test_mosaic_domains[10]", "test_cubic_interpolation"],
	"tests.test_detector.TestDetector": ["test_pix0_vector", "test_pivot_sample", "test_pivot_beam", "test_basis_is_orthonormal", "test_close_distance", "test_image_against_reference", "test_roi_bounds"],
	"tests.test_beam.TestBeam": ["test_wavelength", "test_divergence_sources", "test_dispersion_sources", "test_weights_sum_to_one"],
	"tests.test_devices.TestDevices": ["test_cpu_float32", "test_cpu_float64", "test_cuda_float32", "test_cuda_float64"],
	"tests.test_cli.TestCli": ["test_help", "test_unknown_flag", "test_writes_image", "test_runs_reference_binary", "test_seed_is_kept"],
};

const OUTCOMES: Readonly<Record<string, string>> = {
	"test_k_frac_follows_phi": '<failure message="AssertionError: k_frac at phi 0.09 is -3.12749, expected -3.14489">def test_k_frac_follows_phi():\n&gt;       assert abs(k_frac - expected) &lt; 1e-6\nE       AssertionError: k_frac at phi 0.09 is -3.12749, expected -3.14489\n\ntests/test_lattice.py:88: AssertionError</failure>',
	"test_image_against_reference": '<failure message="AssertionError: sum ratio below 0.99">def test_image_against_reference():\n&gt;       assert ratio &gt; 0.99\nE       AssertionError: sum ratio below 0.99\n\ntests/test_detector.py:141: AssertionError</failure>',
	"test_cuda_float32": '<skipped type="pytest.skip" message="no CUDA device">tests/test_devices.py:31: no CUDA device</skipped>',
	"test_cuda_float64": '<skipped type="pytest.skip" message="no CUDA device">tests/test_devices.py:38: no CUDA device</skipped>',
	"test_dispersion_sources": '<skipped type="pytest.xfail" message="dispersion is not ported">not ported</skipped>',
	"test_runs_reference_binary": '<error message="failed on setup with &quot;FileNotFoundError: simulator_reference&quot;">FileNotFoundError: simulator_reference</error>',
};

export interface JunitAnswers {
	path: string;
	tests: number;
	passed: number;
	failures: number;
	errors: number;
	skipped: number;
	/** in the order of the file */
	firstFailure: string;
}

/** A pytest run of the simulator port. */
export function junit(): { file: SampleFile; answers: JunitAnswers } {
	const random = new Random("junit");
	const cases: string[] = [];
	let firstFailure = "";
	let total = 0;
	for (const [suite, names] of Object.entries(SUITES)) {
		for (const name of names) {
			const millis = random.int(1, 900);
			total += millis;
			const outcome = OUTCOMES[name];
			if (firstFailure === "" && (outcome?.startsWith("<failure") ?? false)) firstFailure = name;
			const head = `<testcase classname="${suite}" name="${name}" time="${(millis / 1000).toFixed(3)}"`;
			cases.push(outcome === undefined ? `${head} />` : `${head}>${outcome}</testcase>`);
		}
	}
	const number = (start: string) => Object.values(OUTCOMES).filter((outcome) => outcome.startsWith(start)).length;
	const [failures, errors, skipped] = [number("<failure"), number("<error"), number("<skipped")];
	const head = `<testsuite name="pytest" errors="${errors}" failures="${failures}" skipped="${skipped}" tests="${cases.length}" time="${(total / 1000).toFixed(3)}" timestamp="2026-05-04T11:30:00.118204+00:00" hostname="bench-2">`;
	const text = `<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="pytest tests">${head}\n${cases.join("\n")}\n</testsuite></testsuites>\n`;
	return { file: textFile(PATH, text), answers: { path: PATH, tests: cases.length, passed: cases.length - failures - errors - skipped, failures, errors, skipped, firstFailure } };
}
