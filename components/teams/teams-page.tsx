"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useAnswer } from "@/components/answer/use-answer";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { notReadYet, useNarrow, useSteady } from "@/components/answer/use-steady";
import { count, Empty, ErrorBox, Icon, sourceHref } from "@/components/ui";
import { teamBoard } from "@/lib/tables/teams";
import { TeamList } from "./team-list";
import { TeamPage } from "./team-page";

const NONE = {};
const KNOWN = ["id", "state"];

/** Teams: the board, and one team's latest status page beside it. On a narrow window each is a page of its own. */
export function TeamsPage() {
	const unknown = useKnownParams(KNOWN);
	const params = useSearchParams();
	const { load } = useWorkspace();
	const narrow = useNarrow();
	const board = useSteady(useAnswer(teamBoard, NONE));
	const id = params.get("id");
	const state = params.get("state");
	const teams = board.rows;
	const unread = notReadYet(load, "teams") ?? (board.state === "loading" ? "Reading teams…" : null);
	const first = state ? teams.find((team) => team.state === state) : teams[0];
	const team = id === null ? first : teams.find((candidate) => candidate.team === id);
	const blocked = teams.filter((candidate) => candidate.state === "blocked").length;

	const detail =
		team !== undefined ? (
			<TeamPage key={team.source} team={team} />
		) : id === null ? null : unread !== null ? (
			<p className="waiting">{unread}</p>
		) : (
			<Empty title={<>No team {id}</>} level={2} actions={<Link className="btn" href="/teams">All teams</Link>}>
				<p>{teams.length === 0 ? "No status page is in this workspace." : `The pages name ${count(teams.length, "team")}: ${teams.map((candidate) => candidate.team).join(", ")}.`}</p>
			</Empty>
		);

	return (
		<>
			<PageTop
				heading={team === undefined || (narrow && id === null)}
				crumbs={id === null ? [{ label: "Teams" }] : [{ label: "Teams", href: state ? `/teams?state=${encodeURIComponent(state)}` : "/teams" }, { label: id }]}
				note={id === null && teams.length > 0 ? `${count(teams.length, "team")}, ${blocked} blocked` : undefined}
				actions={
					team === undefined || (narrow && id === null) ? undefined : (
						<Link className="btn quiet" href={sourceHref(team.source)} prefetch={false}>
							<Icon name="notebooks" />
							<span className="lbl">Open the Markdown</span>
						</Link>
					)
				}
			/>
			{unknown.length > 0 && (
				<div style={{ padding: "var(--s-3) var(--s-6) 0" }}>
					<UnknownParams />
				</div>
			)}
			{board.state === "error" ? (
				<div className="page">
					<ErrorBox failure={board.failure} sql={board.sql} />
				</div>
			) : teams.length === 0 ? (
				<div className="page">{unread !== null ? <p className="waiting">{unread}</p> : <NoTeams />}</div>
			) : narrow ? (
				id === null ? (
					<section style={{ paddingTop: "var(--s-4)" }} aria-label="Teams">
						<TeamList teams={teams} chosen={null} />
					</section>
				) : (
					<section className="page" aria-label="Team">
						{detail}
					</section>
				)
			) : (
				<div className="split" style={{ gridTemplateColumns: "300px minmax(0, 1fr)" }}>
					<section className="pane" aria-label="Teams">
						<div style={{ position: "sticky", top: "var(--top-h)", maxHeight: "calc(100dvh - var(--top-h))", overflowY: "auto", padding: "var(--s-4) 0 0" }}>
							<TeamList teams={teams} chosen={team?.team ?? null} />
						</div>
					</section>
					<section className="pane" aria-label="Team" style={{ padding: "var(--s-5) var(--s-6) var(--s-8)", containerType: "inline-size", containerName: "page" }}>
						{detail}
					</section>
				</div>
			)}
		</>
	);
}

function NoTeams() {
	return (
		<Empty title="No team in this workspace yet" level={2}>
			<p>
				A team appears when a Markdown file is a status page: a head with <span className="m">Status:</span> and a date, and lists of what is completed, blocked and next.
			</p>
		</Empty>
	);
}
