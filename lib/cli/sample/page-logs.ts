import { COMMITS, short } from "./commits";
import type { ProbeAnswer } from "./parity";
import type { RunAnswer } from "./parity-runs";

/** The history of the Go port as somebody pasted it from a web page, newest first. */
export function commitLog(): string {
	const blocks = [...COMMITS].reverse().map((commit) => {
		const checks = commit.subject.startsWith("extract_json") ? "Some checks failed\nparity/nightly 1 blocking issue: extract_json 11/12\n" : "";
		return `porter\n${short(commit)} ${commit.subject}\n${checks}${commit.body}\n${commit.at.replace("T", " ").replace("Z", " +00:00")}`;
	});
	return `
# Commit log of the Go gateway

${COMMITS.length} Commits

Author SHA1 Message Date

${blocks.join("\n\n")}
`;
}

/** The order of work for the simulator port, as the supervisor leaves it for the next day. */
export function workOrder(last: RunAnswer): string {
	const folder = last.path.replace("/metrics.json", "");
	return `
Summary: Find the factor that the port loses in every φ step and bring I_before_scaling back within 1e-6.
Mode: Parity
Focus: SCALE-007 lattice factor after the rotation change
Branch: audit/rotate-order
Mapped tests:
- tests/test_lattice.py::TestLattice::test_k_frac_follows_phi
- tests/test_detector.py::TestDetector::test_image_against_reference
Artifacts:
- ${folder}/c_trace_scaling.log
- ${folder}/trace_py_scaling.log
- ${folder}/metrics.json
- reports/scaling/rotate_order.md
Do Now: SCALE-007 step 2, run ´pytest tests/test_lattice.py -k k_frac -v´ on the branch before anything else is changed.
If Blocked: Keep the output under reports/scaling, say in rotate_order.md what was tried, and stop.
Context:
- The nine factors agreed on 2026-04-24; the first one is lost since 2026-04-29.
- The factors between the first and the last agree to 5e-7, so one cause explains both failing cases.
- The two programs name the first factor differently: I_before_scaling there, I_before_scaling_pre_polar here.
Success Criteria:
- k_frac of all ten φ steps within 1e-6 relative of the reference.
- I_before_scaling and I_pixel_final within 1e-6 relative.
- No other factor moves by more than 1e-9.
Pitfalls To Avoid:
- Do not widen the tolerance.
- Do not trace another pixel; the history would no longer compare.
Next Up:
- SCALE-008 detector image: correlation at least 0.9995.
`;
}

/** The table that the harness writes after a run of all probes. */
export function paritySummary(probes: readonly ProbeAnswer[]): string {
	const rows = probes.map((probe) => {
		const { passed, total, status, firstDivergence } = probe.last;
		return `| ${probe.probe} | ${probe.reference} | ${probe.candidate} | ${passed}/${total} | ${status === "pass" ? "PASS" : "FAIL"} | ${firstDivergence ?? ""} |`;
	});
	const passed = probes.reduce((sum, probe) => sum + probe.last.passed, 0);
	const total = probes.reduce((sum, probe) => sum + probe.last.total, 0);
	return `
# Cutover parity summary

**Date:** 2026-05-05T08:40:00Z
**Commit:** ${COMMITS.at(-1)!.sha}

| Probe | Reference | Candidate | Match | Verdict | First difference |
|---|---|---|---|---|---|
${rows.join("\n")}
| replay | Bun | Go | | MISSING | |

${passed} of ${total} assertions hold. The replay probe is planned; its candidate does not exist yet.
`;
}
