/** The page of the team that certified one checkpoint of the GPT-2 port. */
export function checkpointPage(): string {
	return `
# Checkpoint 4 Status - TEAM WREN

**Date:** 2026-04-20
**Status:** ✅ RESOLVED

## Completed

- ✅ Reference scores exported from the PyTorch model
- ✅ Test compares with them instead of checking ranges
- ✅ Largest difference 0.0 over 48 values
- ✅ Determinism test: two runs give the same bytes
- ✅ Error message says how the reference is made

## Blocked

Nothing since 2026-04-20. Before: no reference file, see ´docs/checkpoint_04_resolution.md´.

## Next Steps

1. **Checkpoint 5, attention output** (2 days)
   ´´´bash
   cargo test --test checkpoint_05 -- --nocapture
   ´´´
2. **Export all references in one go** (1 hour)
   ´´´bash
   python3 tools/export_references.py --all
   ´´´

## Artifacts

### Generated

- ✅ ´checkpoint_04_scores.npy´ - reference, shape [1, 12, 2, 2]
- ✅ ´docs/checkpoint_04_resolution.md´ - report

## Success Criteria

- ✅ Largest difference below 1e-4
- ✅ Reference can be made again by anybody

## Files to Keep

- ´tools/export_references.py´
- ´tests/checkpoint_04.rs´
`;
}

/** The report that closed the issue behind that page. */
export function resolutionReport(): string {
	return `
# Resolution of issue 1: no reference for checkpoint 4

**Date:** 2026-04-20
**Team:** TEAM WREN
**Issue:** Checkpoint 4 was never compared with anything
**Severity:** BLOCKER
**Status:** ✅ RESOLVED

## Summary

The audit of 2026-04-17 found that the test of the attention scores passes without a reference file. It only asked whether the numbers are finite, between -100 and 100 and of the right shape; a wrong scale factor would have passed. The reference now exists, the test reads it, and the largest difference is 0.0.

> **Finding:** ´checkpoint_04_scores.npy´ is named by the specification and exists nowhere.
>
> **Verdict of the audit:** do not proceed.

## Before and after

| Measure | Before | After |
|---|---|---|
| Reference file | none | shape [1, 12, 2, 2] |
| Values compared | 0 | 48 |
| Largest absolute difference | unknown | 0.0 |
| Tolerance | none | 1e-4 |
| Confidence | 40 % | 100 % |

## Required actions

| Action | State | Evidence |
|---|---|---|
| Export the scores of the PyTorch model | done | ´tools/export_references.py´, 48 values |
| Compare instead of checking ranges | done | ´tests/checkpoint_04.rs´, difference 0.0 |
| Stay below 1e-4 | exceeded | largest difference 0.0 |
| Say in the test how the reference is made | done | head of every ´tests/checkpoint_*.rs´ |

## What was run

´´´bash
python3 tools/export_references.py --checkpoint 4
cargo test --test checkpoint_04 -- --nocapture
´´´

´´´
reference: [12, 2, 2]  0.15886375, -1.5639379, -0.11345699, ...
ours:      [12, 2, 2]  0.15886375, -1.5639379, -0.11345699, ...
max abs 0e0, max rel 0e0, tolerance 1e-4
test checkpoint_04_scores ... ok
test checkpoint_04_deterministic ... ok
test result: ok. 2 passed; 0 failed; 0 ignored
´´´

## Verdict

**Cleared to proceed.** Confidence 100 %, up from 40 %.

## Next

- Checkpoint 5 (attention output) by the same method
- Export of all references in the nightly build
`;
}
