"use client";

import Link from "next/link";
import { useAnswer } from "@/components/answer/use-answer";
import { Read } from "@/components/parity/read";
import { Empty } from "@/components/ui/bits";
import { Icon } from "@/components/ui/icon";
import { StateIcon } from "@/components/ui/mark";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type TeamRow, teamBoard } from "@/lib/tables/teams";

const NONE = {};
const WORD: { [state in TeamRow["state"]]: string } = { blocked: "Blocked", active: "Active", clear: "Clear", resolved: "Resolved", unknown: "Not known" };

/** Every team by its latest status page, blocked first. */
export function TeamsSection() {
	const answer = useAnswer(teamBoard, NONE);
	return (
		<Section bare id="teams" title="Teams" end={<Link href="/teams">Board</Link>}>
			<Read
				answer={answer}
				what="Teams"
				empty={
					<Empty title="No team in this workspace">
						<p>A team appears when a Markdown page names it with a status: what is done, what is open, what blocks it.</p>
					</Empty>
				}
			>
				{(rows) => (
					<ul>
						{rows.map((team) => (
							<li key={team.team} style={{ padding: "8px 0", borderBottom: "1px solid var(--rule)" }}>
								<div className="row">
									<Link className="b wrap-any" href={`/team?id=${encodeURIComponent(team.team)}`} prefetch={false} style={{ color: "inherit", minWidth: 0 }}>
										{team.team}
									</Link>
									<span className="grow" />
									<TeamState state={team.state} />
									<span className="i3 small nw" style={{ minWidth: 44, textAlign: "right" }}>
										{team.since === null ? "no date" : <Time value={team.since} style="date" />}
									</span>
								</div>
								<TeamSays team={team} />
							</li>
						))}
					</ul>
				)}
			</Read>
		</Section>
	);
}

function TeamState({ state }: { state: TeamRow["state"] }) {
	return (
		<span className={`st st-${state}`}>
			{state === "clear" || state === "resolved" ? <Icon name="check" /> : <StateIcon state={state === "active" ? "open" : state} label={null} />}
			{WORD[state]}
		</span>
	);
}

/** What stands in the way, else what comes next, else the page's own words. */
function TeamSays({ team }: { team: TeamRow }) {
	const [what, text] = team.blocker !== null ? [null, team.blocker] : team.nextStep !== null ? ["next: ", team.nextStep] : [null, team.stateWords];
	if (text === null) return null;
	return (
		<div className="i2 small wrap-any" style={{ marginTop: 2 }}>
			{what !== null && <span className="i3">{what}</span>}
			{text.length > 140 ? `${text.slice(0, 139)}…` : text}
		</div>
	);
}
