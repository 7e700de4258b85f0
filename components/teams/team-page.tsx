"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { bytes, count, ErrorBox, Figure, Icon, num, Section, SourceLink, Time } from "@/components/ui";
import { type TeamRow, teamArtifacts, teamBlockers, teamBoard, teamCriteria, teamDoc, teamItems, teamPages, teamSteps } from "@/lib/tables/teams";
import { TeamStateWord } from "./team-list";
import { type Artifact, ArtifactsPart, BlockerPart, CriteriaPart, ItemsPart, StepsPart } from "./team-parts";
import { stateReason } from "./words";

const NONE = {};

/** A team's latest status page. A part that the page lacks is not shown. */
export function TeamPage({ team }: { team: TeamRow }) {
	const { source } = team;
	const page = useMemo(() => ({ source }), [source]);
	const doc = useAnswer(teamDoc, page);
	const blockers = useAnswer(teamBlockers, page);
	const items = useAnswer(teamItems, page);
	const artifacts = useAnswer(teamArtifacts, page);
	const criteria = useAnswer(teamCriteria, page);
	const steps = useAnswer(teamSteps, page);
	const pages = useAnswer(teamPages, useMemo(() => ({ team: team.team }), [team.team]));
	const failed = [doc, blockers, items, artifacts, criteria, steps, pages].find((answer) => answer.state === "error");
	const parts = useMemo(() => {
		// The same list item can be a criterion, an artifact or a step; it is shown once, where it says most.
		const told = new Set([...artifacts.rows, ...criteria.rows, ...steps.rows].map((row) => row.line));
		const rest = items.rows.filter((item) => !told.has(item.line));
		return {
			done: rest.filter((item) => item.state === "done"),
			blocked: rest.filter((item) => item.state === "blocked" || item.state === "failed"),
			open: rest.filter((item) => item.state === "open" || item.state === "partial"),
			silent: rest.filter((item) => item.state === "unknown").length,
		};
	}, [items.rows, artifacts.rows, criteria.rows, steps.rows]);
	const about = doc.rows[0];
	const reason = stateReason(team.state, team.stateWords);
	const total = team.done + team.blocked + team.open;
	const overtaken = artifacts.rows.filter((artifact) => artifact.found !== null && (artifact.said === "pending" || artifact.said === "missing"));
	const earlier = pages.rows.filter((row) => row.source !== source);
	const reading = items.state === "loading" && items.rows.length === 0;

	return (
		<>
			<div className="row wrap" style={{ gap: "var(--s-2) var(--s-4)" }}>
				<h1 className="wrap-any">{team.team}</h1>
				<TeamStateWord state={team.state} />
				{reason !== null && <span className="i2">{reason}</span>}
				<span className="grow" />
				<span className="i3 small">
					from <SourceLink path={source} line={team.line} short />, {team.since === null ? "which gives no date" : <Time value={team.since} style="minute" />}
				</span>
			</div>
			<dl className="heads">
				{total > 0 && (
					<div>
						<dt>Items done</dt>
						<dd className="m">
							<Figure query={teamBoard} params={NONE} label={`items of the page of ${team.team}: done, of all that say a state`}>
								{`${num(team.done)}/${num(total)}`}
							</Figure>
						</dd>
					</div>
				)}
				{team.lastActivity !== null && team.lastActivity !== team.since && (
					<div>
						<dt>Latest date on the page</dt>
						<dd>
							<Time value={team.lastActivity} style="minute" />
						</dd>
					</div>
				)}
				{about?.title != null && (
					<div>
						<dt>Document</dt>
						<dd style={{ whiteSpace: "normal" }}>{about.title}</dd>
					</div>
				)}
				{about?.words != null && (
					<div>
						<dt>Length</dt>
						<dd>{count(about.words, "word")}</dd>
					</div>
				)}
				{about?.repaired && (
					<div>
						<dt>Text</dt>
						<dd title={about.note ?? undefined}>repaired</dd>
					</div>
				)}
			</dl>
			{about?.repaired && (
				<p className="note-line">
					<Icon name="info" />
					<span>{about.note === null ? "The text of the file was mis-decoded once; it is repaired here. The file itself is as it was." : `${sentence(about.note)} The file itself is as it was.`}</span>
				</p>
			)}
			{overtaken.length > 0 && <Overtaken artifacts={overtaken} />}
			{failed?.state === "error" && <ErrorBox failure={failed.failure} sql={failed.sql} />}
			{blockers.rows.map((blocker) => (
				<BlockerPart key={`${blocker.line ?? blocker.title}`} blocker={blocker} source={source} />
			))}
			{reading ? (
				<p className="waiting">Reading the page…</p>
			) : (
				<Columns source={source} parts={parts} artifacts={artifacts.rows} criteria={criteria.rows} />
			)}
			{steps.rows.length > 0 && <StepsPart steps={steps.rows} source={source} />}
			{!reading && blockers.rows.length + items.rows.length + artifacts.rows.length + criteria.rows.length + steps.rows.length === 0 && failed === undefined && (
				<p className="i2" style={{ marginTop: "var(--s-5)" }}>
					The page has no list that says a state, no artifacts, criteria or steps. <SourceLink path={source}>Read its text</SourceLink>
				</p>
			)}
			{parts.silent > 0 && (
				<p className="i3 small" style={{ marginTop: "var(--s-5)" }}>
					{count(parts.silent, "list item")} more on the page {parts.silent === 1 ? "says" : "say"} no state. <SourceLink path={source}>Read its text</SourceLink>
				</p>
			)}
			{earlier.length > 0 && (
				<Section title="Other pages of this team" note={`${count(earlier.length, "page")}; the latest is shown above`}>
					<ul className="items">
						{earlier.map((row) => (
							<li key={row.source} style={{ gridTemplateColumns: "minmax(0, 1fr) auto auto" }}>
								<SourceLink path={row.source} line={row.line} />
								<span className="i2">{row.stateWords ?? row.state}</span>
								<span className="i3">{row.since === null ? "no date" : <Time value={row.since} style="date" />}</span>
							</li>
						))}
					</ul>
				</Section>
			)}
		</>
	);
}

function Columns({ source, parts, artifacts, criteria }: { source: string; parts: { done: readonly Part[]; blocked: readonly Part[]; open: readonly Part[] }; artifacts: readonly Artifact[]; criteria: readonly { text: string; said: string | null; line: number | null }[] }) {
	const columns = [
		parts.done.length > 0 && <ItemsPart key="done" title="Completed" items={parts.done} source={source} />,
		(parts.blocked.length > 0 || parts.open.length > 0 || artifacts.length > 0) && (
			<div key="blocked">
				{parts.blocked.length > 0 && <ItemsPart title="Blocked" items={parts.blocked} source={source} />}
				{parts.open.length > 0 && (
					<div style={{ marginTop: parts.blocked.length > 0 ? "var(--s-5)" : 0 }}>
						<ItemsPart title="Open" items={parts.open} source={source} />
					</div>
				)}
				{artifacts.length > 0 && <ArtifactsPart artifacts={artifacts} source={source} />}
			</div>
		),
		criteria.length > 0 && <CriteriaPart key="criteria" criteria={criteria} source={source} />,
	].filter((column) => column !== false);
	if (columns.length === 0) return null;
	return (
		<div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(230px, 100%), 1fr))", gap: "var(--s-8)", alignItems: "start", marginTop: "var(--s-8)" }}>
			{columns}
		</div>
	);
}

/** A note of the loader as a sentence of its own. */
function sentence(note: string): string {
	return `${note.slice(0, 1).toUpperCase()}${note.slice(1)}${/[.?]$/.test(note) ? "" : "."}`;
}

type Part = Parameters<typeof ItemsPart>[0]["items"][number];

/** The page waits for files that are there: it is older than the evidence, or another file has the name. */
function Overtaken({ artifacts }: { artifacts: readonly Artifact[] }) {
	return (
		<div className="note-line">
			<Icon name="baselines" />
			<span>
				{artifacts.map((artifact, i) => (
					<span key={`${artifact.path}-${artifact.line}`}>
						{i > 0 && " "}
						The page says that <span className="m">{artifact.path}</span> is {artifact.said}. <SourceLink path={artifact.found ?? artifact.path} /> is in the workspace, {bytes(artifact.bytes)}.
					</span>
				))}{" "}
				The page may be older than the evidence. <Link className="u" href="/sources">All sources</Link>
			</span>
		</div>
	);
}
