import { pct } from "@/components/ui/format";
import type { MarkKind } from "@/components/ui/mark";
import type { FigureTone } from "@/components/evidence/types";
import type { Drift, DriftVerdict } from "@/lib/drift/rules";

/** How far a metric moved, in few letters: `+29.8 %`, `from 0`, `added`; a change that rounds to nothing is not shown as none. */
export function changeText(drift: Pick<Drift, "verdict" | "change" | "changeRatio">): string {
	if (drift.verdict === null) return "";
	if (drift.verdict === "added" || drift.verdict === "removed") return drift.verdict;
	if (drift.change === 0) return "0";
	if (drift.changeRatio === null) return "from 0";
	const size = Math.abs(drift.changeRatio);
	if (size >= 1000) return `${drift.changeRatio > 0 ? "+" : ""}${drift.changeRatio.toExponential(1).replace("e+", "e").replace("-", "\u2212")} times`;
	return pct(drift.changeRatio, size < 0.0005 ? 4 : 1, true);
}

/** The mark that a drift borrows: a metric that only one baseline has was not compared. */
export function driftMark(verdict: DriftVerdict | null): MarkKind {
	switch (verdict) {
		case "ok":
			return "pass";
		case "warn":
			return "fail";
		case "added":
		case "removed":
			return "unmatched";
		case null:
			return "skipped";
	}
}

export function driftTone(verdict: DriftVerdict | null): FigureTone | undefined {
	return verdict === "warn" ? "fail" : verdict === "added" || verdict === "removed" ? "warn" : undefined;
}
