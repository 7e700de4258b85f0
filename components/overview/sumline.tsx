import type { AnswerState } from "@/components/answer/types";
import { Figure } from "@/components/ui/figure";
import { count, num, outOf } from "@/components/ui/format";
import { Mark } from "@/components/ui/mark";
import { type CaseTotals, caseTotals, notCompared, probesPassing } from "@/lib/tables/board";
import { sessionsAccepted } from "@/lib/tables/sessions";
import { rejectCount } from "@/lib/tables/sources";

interface SumlineProps {
	totals: CaseTotals | undefined;
	sessions: AnswerState<{ accepted: number; sessions: number }>;
	rejects: AnswerState<{ rejects: number; files: number }>;
}

/** The workspace in one line. Cases that were not compared stand beside those that were; what the workspace has none of is not said. */
export function Sumline(props: SumlineProps) {
	const { totals } = props;
	const sessions = props.sessions.rows[0];
	const rejects = props.rejects.rows[0];
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
			{totals !== undefined && totals.notCompared > 0 && (
				<span className="vb warn-ink">
					<Mark verdict="unmatched" label={null} />
					<span>
						<Figure query={notCompared} tone="warn">
							{num(totals.notCompared)}
						</Figure>{" "}
						not compared
					</span>
				</span>
			)}
			{totals !== undefined && totals.probes > 0 && (
				<span>
					<span className="m b">
						<Figure query={probesPassing}>{outOf(totals.probesPass, totals.probes)}</Figure>
					</span>{" "}
					{totals.probes === 1 ? "probe passes" : "probes pass"} throughout
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
