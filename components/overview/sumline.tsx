"use client";

import { useAnswer } from "@/components/answer/use-answer";
import { Figure } from "@/components/ui/figure";
import { count, num, outOf } from "@/components/ui/format";
import { Mark } from "@/components/ui/mark";
import { caseTotals, notCompared, probesPassing } from "@/lib/tables/parity";
import { sessionsAccepted } from "@/lib/tables/sessions";
import { rejectCount } from "@/lib/tables/sources";

const NONE = {};

/** The workspace in one line. Cases that were not compared stand beside those that were; what the workspace has none of is not said. */
export function Sumline() {
	const totals = useAnswer(caseTotals, NONE).rows[0];
	const open = useAnswer(notCompared, NONE).rows[0];
	const passing = useAnswer(probesPassing, NONE).rows[0];
	const sessions = useAnswer(sessionsAccepted, NONE).rows[0];
	const rejects = useAnswer(rejectCount, NONE).rows[0];
	return (
		<div className="sumline" style={{ minHeight: 28 }}>
			{totals !== undefined && totals.probes > 0 && (
				<span>
					<span className="fig" style={{ fontSize: 17 }}>
						<Figure query={caseTotals}>{outOf(totals.passed, totals.compared)}</Figure>
					</span>
					compared cases pass
				</span>
			)}
			{open !== undefined && open.cases > 0 && (
				<span className="vb warn-ink">
					<Mark verdict="unmatched" label={null} />
					<span>
						<Figure query={notCompared} tone="warn">
							{num(open.cases)}
						</Figure>{" "}
						not compared
					</span>
				</span>
			)}
			{passing !== undefined && passing.probes > 0 && (
				<span>
					<span className="m b">
						<Figure query={probesPassing}>{outOf(passing.pass, passing.probes)}</Figure>
					</span>{" "}
					{passing.probes === 1 ? "probe passes" : "probes pass"} throughout
				</span>
			)}
			{sessions !== undefined && sessions.sessions > 0 && (
				<span>
					<span className="m b">
						<Figure query={sessionsAccepted}>{outOf(sessions.accepted, sessions.sessions)}</Figure>
					</span>{" "}
					sessions accepted
				</span>
			)}
			{rejects !== undefined && rejects.rejects > 0 && (
				<span className="vb warn-ink">
					<Mark verdict="reject" label={null} />
					<span>
						<Figure query={rejectCount} tone="warn">
							{num(rejects.rejects)}
						</Figure>{" "}
						{rejects.rejects === 1 ? "reject" : "rejects"} in {count(rejects.files, "file")}
					</span>
				</span>
			)}
		</div>
	);
}
