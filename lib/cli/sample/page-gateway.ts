import { COMMITS, short } from "./commits";
import type { ProbeAnswer } from "./parity";

/** The page of the team that moves the gateway to Go. It was written two days before the last run. */
export function gatewayPage(probes: readonly ProbeAnswer[]): string {
	// What the page says is what was true when it was written: the tenth run.
	const then = probes.map((probe) => ({ probe, run: probe.runs.find((run) => run.ranAt >= "2026-05-03")! }));
	const passed = then.reduce((sum, entry) => sum + entry.run.passed, 0);
	const total = then.reduce((sum, entry) => sum + entry.run.total, 0);
	return `
# Gateway cutover: Rust to Go

**Date:** 2026-05-03T10:00Z
**Team:** Gateway cutover
**Status:** 🟢 CLEAR

${passed} of ${total} cases agree on commit ´${short(COMMITS[9]!)}´. Nothing stands in the way of moving the first tenth of the traffic.

## Completed

${then.map(({ probe, run }) => `- ✅ ´${probe.probe}´: ${run.passed}/${run.total} match (${probe.reference} against ${probe.candidate})`).join("\n")}
- ✅ Both daemons append to one ´logs/sessions.jsonl´
- ✅ ´trace_id´ is never empty, with or without tracing
- ✅ Error bodies in the tagged shape on both sides

## Blocked

Nothing.

## Open

- ⏳ Load test at ten times today's rate
- ⏳ Alarm when a probe turns red, instead of somebody looking

## Next Steps

1. **Route a tenth of the traffic** (30 minutes)
   ´´´bash
   stack route --go 0.10
   ´´´
2. **Watch the session log for a day** (1 day)
   ´´´sql
   SELECT daemon, final_verdict, COUNT(*) FROM sessions GROUP BY daemon, final_verdict;
   ´´´
3. **Run the six probes again** (4 minutes)
   ´´´bash
   scripts/parity/all.sh
   ´´´
4. **Half of the traffic** (30 minutes)

## Artifacts

### Generated

- ✅ ´reports/parity/´ - every run since 2026-04-22
- ✅ ´reports/parity/SUMMARY.md´ - the table of the latest one
- ✅ ´baselines/audit_baselines.jsonl´ - both runtimes

### Pending

- ⏳ ´reports/load_test.md´

## Success Criteria

- All six probes green on three days in a row
- Share of accepted sessions on validatord not below the gateway's by more than two points
- No row of the session log lost

## Files to Keep

- ´scripts/parity/´ - the probes
- ´config/stack.toml´ - ports and paths of both stacks
`;
}
