"use client";

import Link from "next/link";
import { useAnswer } from "@/components/answer/use-answer";
import { Board } from "@/components/parity/board";
import { NoProbes } from "@/components/parity/no-probes";
import { Read } from "@/components/parity/read";
import { useBoard } from "@/components/parity/use-board";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Legend } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { caseTotals } from "@/lib/tables/board";
import { sessionsAccepted } from "@/lib/tables/sessions";
import { rejectCount } from "@/lib/tables/sources";
import { BaselinesSection } from "./baselines";
import { BrokenSection } from "./broken";
import { RejectsSection } from "./rejects";
import { SessionsSection } from "./sessions";
import { Sumline } from "./sumline";
import { TeamsSection } from "./teams";
import { UnclaimedSection } from "./unclaimed";

const KNOWN: readonly string[] = [];
const NONE = {};

/** What the workspace says at a glance: probes, sessions, baselines, teams, and what could not be read. */
export function Overview() {
	useKnownParams(KNOWN);
	const { name, load } = useWorkspace();
	const board = useBoard();
	const totals = useAnswer(caseTotals, NONE);
	const sessions = useAnswer(sessionsAccepted, NONE);
	const rejects = useAnswer(rejectCount, NONE);
	return (
		<div className="page">
			<PageTop
				crumbs={[{ label: "Overview" }]}
				note={
					load.loadedAt === null ? undefined : (
						<>
							as of <Time value={load.loadedAt} style="minute" />
						</>
					)
				}
			/>
			<UnknownParams />
			<div className="row wrap base" style={{ gap: "var(--s-2) var(--s-6)" }}>
				<h1 className="wrap-any">{name === "" ? "Workspace" : name}</h1>
				<Sumline totals={totals.rows[0]} sessions={sessions} rejects={rejects} />
			</div>
			<Section id="probes" title={<Link href="/parity" style={{ color: "inherit" }}>Probes</Link>} note="latest run of each; failing first, then by time of change" end={<Legend />} style={{ marginTop: "var(--s-4)" }}>
				<Read answer={board} what="Probes" empty={<NoProbes />}>
					{(rows) => <Board rows={rows} />}
				</Read>
			</Section>
			<BrokenSection />
			<div className="cols c3 below" style={{ gridTemplateColumns: "minmax(0, 400fr) minmax(0, 392fr) minmax(0, 330fr)" }}>
				<SessionsSection all={sessions.rows[0]} />
				<BaselinesSection />
				<TeamsSection />
				<RejectsSection total={rejects.rows[0]} />
				<UnclaimedSection />
			</div>
		</div>
	);
}
