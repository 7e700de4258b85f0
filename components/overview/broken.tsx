"use client";

import Link from "next/link";
import { useAnswer } from "@/components/answer/use-answer";
import { probeHref } from "@/components/parity/href";
import { contradiction } from "@/components/parity/recorded";
import { Breakable, Commit, Figure, Mark, num, Section, StateIcon, Time } from "@/components/ui";
import { type BrokenRow, brokenProbes, casesOfRecorded, probeBroke, type RecordedRow, recordedBesideValues, teamOfProbe } from "@/lib/tables/broken";

const NONE = {};

/** Every failing probe: since which run and commit, and who is on it; and every report that its own values contradict. Nothing where there is neither. */
export function BrokenSection() {
	const answer = useAnswer(brokenProbes, NONE);
	const recorded = useAnswer(recordedBesideValues, NONE);
	const contradicted = recorded.rows.filter((row) => contradiction(row.recorded, row.verdict) !== null);
	if (answer.rows.length === 0 && contradicted.length === 0) return null;
	return (
		<Section id="broken" title="Broken now" note="since which run and commit, and the team whose page names its files">
			<ul className="broken">
				{answer.rows.map((row) => (
					<Broken key={row.probe} row={row} />
				))}
				{contradicted.map((row) => (
					<Contradicted key={`${row.probe} ${row.recorded} ${row.verdict}`} row={row} />
				))}
			</ul>
		</Section>
	);
}

/** A report that says one thing of cases whose values say another; the values decide. */
function Contradicted({ row }: { row: RecordedRow }) {
	return (
		<li>
			<Mark verdict={row.verdict} label={`values say ${row.verdict}`} />
			<Link className="b wrap-any" href={probeHref(row.probe, { case: row.firstCase })} prefetch={false} style={{ color: "inherit" }}>
				<Breakable text={row.probe} />
			</Link>
			<span className="i2">
				<span className="chip">
					recorded says {row.verdict === "fail" ? "pass" : "fail"}, values say {row.verdict}
				</span>{" "}
				in{" "}
				<Figure query={casesOfRecorded} params={{ probe: row.probe, run: row.run, recorded: row.recorded, verdict: row.verdict }} tone={row.verdict === "fail" ? "fail" : undefined} label={`cases of ${row.probe} that the report calls ${row.recorded}`}>
					{num(row.cases)}
				</Figure>{" "}
				{row.cases === 1 ? "case" : "cases"} of its newest run, <Time value={row.ranAt} from={row.ranAtFrom} style="minute" />
			</span>
			<span className="i3">
				the report writes <span className="m">{row.recorded}</span>; the values decide
			</span>
		</li>
	);
}

function Broken({ row }: { row: BrokenRow }) {
	return (
		<li>
			<Mark verdict="fail" label="fail" />
			<Link className="b wrap-any" data-row="" href={probeHref(row.probe, { run: row.run })} prefetch={false} style={{ color: "inherit" }}>
				<Breakable text={row.probe} />
			</Link>
			<span className="i2">
				since{" "}
				<Figure query={probeBroke} params={{ probe: row.probe }} label={`the run with which ${row.probe} broke`}>
					<Time value={row.ranAt} from={row.ranAtFrom} style="minute" />
				</Figure>
				{row.gitCommit === null || row.gitCommit === "" ? (
					<span className="i3">, no commit recorded</span>
				) : (
					<>
						, commit <Commit value={row.gitCommit} />
					</>
				)}
				<span className="i3">
					; {row.runs === row.brokenRuns ? (row.runs === 1 ? "its only run" : `all ${num(row.runs)} runs`) : `${num(row.brokenRuns)} of ${num(row.runs)} runs`}
					{row.goodAt === null ? (
						row.runs > row.brokenRuns && ", no good run before"
					) : (
						<>
							, last good <Time value={row.goodAt} style="date" />
							{row.goodCommit !== null && row.goodCommit !== "" && (
								<>
									{" "}
									at <Commit value={row.goodCommit} />
								</>
							)}
						</>
					)}
				</span>
			</span>
			<Who row={row} />
		</li>
	);
}

/** The teams on it, each with the line of its page that says so. */
function Who({ row }: { row: BrokenRow }) {
	if (row.teams.length === 0) return <span className="i3">no team’s page names its files</span>;
	return (
		<span className="row wrap" style={{ gap: "2px var(--s-4)" }}>
			{row.teams.map((one) => (
				<span className="row" key={one.team} style={{ gap: 6 }}>
					<Link href={`/team?id=${encodeURIComponent(one.team)}`} prefetch={false}>
						{one.team}
					</Link>
					{one.state === "blocked" && (
						<span className="st st-blocked small">
							<StateIcon state="blocked" label={null} />
							blocked
						</span>
					)}
					<span className="i3 small m">
						<Figure query={teamOfProbe} params={{ probe: row.probe, team: one.team }} label={`where the page of ${one.team} names a file of ${row.probe}`}>
							{one.line === null ? "page" : `page line ${one.line}`}
						</Figure>
					</span>
				</span>
			))}
		</span>
	);
}
