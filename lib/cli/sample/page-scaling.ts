import type { ScalingAnswers } from "./scaling";

/** The page of the team that follows the factors of the simulator port. */
export function scalingPage(of: ScalingAnswers): string {
	const last = of.runs.at(-1)!;
	const percent = (Math.abs(of.lastRelDelta) * 100).toFixed(1);
	return `
# Scaling audit: reference simulator against the port

**Date:** 2026-05-04T14:30Z
**Team:** Scaling audit
**Status:** 🟡 IN PROGRESS, BLOCKED on the lattice factor

## Completed

- ✅ Trace of pixel (412, 977) from both programs
- ✅ ´steps´ counts φ steps and mosaic domains (fixed after the run of 2026-04-16)
- ✅ ´polar´ is computed, no longer the placeholder 1 (fixed after 2026-04-18)
- ✅ ´omega_pixel´ uses the tilted detector (fixed after 2026-04-21)
- ✅ All nine factors agreed on 2026-04-24
- ⏳ Rotation of the crystal in every φ step

## Blocked

- ❌ ´${last.firstDivergence}´ is ${percent} % low since 2026-04-29
- ❌ ´I_pixel_final´ follows it; the seven factors between agree
- ❌ The detector image cannot be signed off before that

## Blocker: the lattice factor is off in every φ step

### Problem

The port collects ${percent} % less intensity than the reference before any factor is applied.

### Root Cause

Suspected, not shown: ´k_frac´ is larger by 0.0174 in all ten φ steps of the port's trace, as if the real-space vectors were rotated and the reciprocal ones were not. The change of 2026-04-28 touched that order.

### Fix Required

Derive the reciprocal vectors from the rotated real ones in each φ step, then trace again.

## Next Steps

1. **Revert the order of rotation on a branch** (20 minutes)
   ´´´bash
   git switch -c audit/rotate-order
   pytest tests/test_lattice.py -k k_frac
   ´´´
2. **Trace the pixel again** (2 minutes)
   ´´´bash
   tools/trace_pixel.sh 412 977 reports/scaling
   ´´´
3. **Compare** (5 seconds)
   ´´´bash
   tools/compare_traces.py --tolerance 1e-6 reports/scaling
   ´´´
4. **Repeat the detector image** (15 minutes)

## Artifacts

### Generated

- ✅ ´${last.path}´ - comparison of the last run
- ✅ ´${last.path.replace("metrics.json", "c_trace_scaling.log")}´ - trace of the reference
- ✅ ´${last.path.replace("metrics.json", "trace_py_scaling.log")}´ - trace of the port
- ✅ ´tensors/detector_c.npy´, ´tensors/detector_py.npy´ - detector images

### Pending

- ⏳ ´reports/scaling/rotate_order.md´ - what the branch shows

## Success Criteria

- All nine factors within 1e-6 relative
- Correlation of the detector images at least 0.9995
- ´tests/test_lattice.py´ passes

## Files to Keep

- ´tools/trace_pixel.sh´
- ´tools/compare_traces.py´
- ´src/crystal/rotate.py´ - needs the fix
`;
}
