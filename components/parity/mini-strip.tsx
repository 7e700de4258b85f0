import { Fragment } from "react";
import { MarkAt } from "@/components/ui/mark";
import type { Verdict } from "@/lib/model";
import { stepPath } from "./strip-model";

/** One run of a miniature. */
export interface MiniRun {
	/** the run's worst verdict in sum: `fail` where a case fails, `pass` where all compared ones pass, else what it was; null for no verdict */
	verdict: Verdict | null;
	/** position of the first case that fails, from 0; null where none fails */
	depth: number | null;
	/** how many cases the run has */
	total: number;
}

/** Runs shown, px a run, height, the line above the first case, the floor. */
const LAST = 17;
const STEP = 11;
const HEIGHT = 26;
const TOP = 5;
const FLOOR = 21;

function height(run: MiniRun): number | null {
	if (run.depth !== null) return TOP + (Math.min(run.depth, run.total) / Math.max(1, run.total)) * (FLOOR - TOP);
	return run.verdict === "pass" ? FLOOR : null;
}

/** The history of a probe in a row of a board: one mark a run at the cursor's depth. Runs come oldest first. */
export function MiniStrip({ runs }: { runs: readonly MiniRun[] }) {
	const shown = runs.slice(-LAST);
	const width = LAST * STEP + 4;
	const left = width - 2 - shown.length * STEP;
	const heights = shown.map(height);
	const failing = runs.filter((run) => run.verdict === "fail").length;
	const latest = runs.at(-1);
	return (
		<div className="mini">
			<svg width={width} height={HEIGHT} role="img" aria-label={`History of ${runs.length} ${runs.length === 1 ? "run" : "runs"}, oldest left: ${failing} with a failing case, the latest ${latest?.verdict ?? "without a verdict"}`}>
				{shown.length > 0 && <line className="grid" x1={left} x2={width - 2} y1={TOP - 0.5} y2={TOP - 0.5} />}
				<path className="path" d={stepPath(heights, STEP, left)} />
				{shown.map((run, i) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
					<Fragment key={i}>{run.verdict !== null && <MarkAt verdict={run.verdict} x={left + i * STEP + STEP / 2} y={heights[i] ?? (TOP + FLOOR) / 2} size={9} />}</Fragment>
				))}
			</svg>
		</div>
	);
}
