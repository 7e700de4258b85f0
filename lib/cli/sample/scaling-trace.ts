import { Random } from "./random";
import type { FactorValues } from "./scaling";

/** A number as both programs print it: 15 significant digits, none for show. */
function digits(value: number): string {
	return String(Number(value.toPrecision(15)));
}

const GEOMETRY: readonly (readonly [key: string, values: readonly number[]])[] = [
	["pix0_vector_meters", [-0.211904770381264, 0.209871553046118, -0.229805116704432]],
	["fdet_vec", [0.999981336204711, -0.00610845117203902, -0.000119402338115747]],
	["sdet_vec", [-0.00610802246871935, -0.999970117354062, -0.0047701538826493]],
	["pixel_pos_meters", [-0.0441260315527741, 0.138028094417336, -0.230164208815569]],
	["R_distance_meters", [0.271984450263318]],
	["close_distance_meters", [0.23087941566203]],
	["obliquity_factor", [0.848870127533108]],
	["diffracted_vec", [-0.162237325800154, 0.507485237718493, -0.846240249011862]],
	["incident_vec", [0.000511930244718, 0, -0.999999868963703]],
	["lambda_meters", [9.768e-11]],
	["scattering_vec_A_inv", [-1666142803.77114, 5195383268.00464, 1574087124.91182]],
	["rot_a_angstroms", [-14.2981170263815, -21.9046613305518, -5.50114720393216]],
	["rot_b_angstroms", [-11.5107726644019, 0.644185770120366, -29.1087700155432]],
	["rot_c_angstroms", [21.1006284105544, -24.3771093354183, -9.69402816437202]],
	["hkl_frac", [-9.86405572310449, -3.15577024601883, -17.1883260254091]],
];

/**
 * The traces of one pixel from both programs. The reference calls its first factor `I_before_scaling`, the port
 * `I_before_scaling_pre_polar`; the port's lattice factor is off in every φ step, which is where the loss comes from.
 */
export function traceFiles(c: FactorValues, py: FactorValues): [c: string, py: string] {
	const random = new Random("trace");
	const cLines = ["crystal diffraction simulator, reference build", "detector convention: custom", "pivoting the detector around the sample"];
	const pyLines: string[] = [];
	for (const [key, values] of GEOMETRY) {
		cLines.push(`TRACE_C: ${key} ${values.map(digits).join(" ")}`);
		pyLines.push(`TRACE_PY: ${key} ${values.map((value) => digits(value * (1 - random.int(0, 60) / 1e10))).join(" ")}`);
	}
	cLines.push("TRACE_C: hkl_rounded -10 -3 -17");
	pyLines.push("TRACE_PY: hkl_rounded -10 -3 -17");
	const share = Math.sqrt(py.I_before_scaling / c.I_before_scaling);
	for (let tic = 0; tic < 10; tic++) {
		const deg = digits(tic / 100);
		const kFrac = -3.15577024601883 + tic * 0.00120884;
		const lattice = -2.318844 + tic * 0.0093117;
		cLines.push(`TRACE_C_PHI phi_tic=${tic} phi_deg=${deg} k_frac=${digits(kFrac)} F_latt=${digits(lattice)}`);
		pyLines.push(`TRACE_PY_PHI phi_tic=${tic} phi_deg=${deg} k_frac=${digits(kFrac + 0.0174)} F_latt=${digits(lattice * share)}`);
	}
	cLines.push("TRACE_C: F_cell 188.41", `TRACE_C: I_before_scaling ${digits(c.I_before_scaling)}`);
	pyLines.push("TRACE_PY: F_cell 188.41", `TRACE_PY: I_before_scaling_pre_polar ${digits(py.I_before_scaling)}`, `TRACE_PY: I_before_scaling_post_polar ${digits(py.I_before_scaling * py.polar)}`);
	for (const key of ["r_e_sqr", "fluence_photons_per_m2", "steps", "capture_fraction", "polar", "omega_pixel", "cos_2theta", "I_pixel_final"] as const) {
		cLines.push(`TRACE_C: ${key} ${digits(c[key])}`);
		pyLines.push(`TRACE_PY: ${key} ${digits(py[key])}`);
	}
	cLines.push("done, 1 pixel traced");
	return [`${cLines.join("\n")}\n`, `${pyLines.join("\n")}\n`];
}
