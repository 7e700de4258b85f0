"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { setUrlParams } from "@/components/shell/url-state";
import { Icon, Menu, num, StateWord, Time } from "@/components/ui";
import type { TeamRow } from "@/lib/tables/teams";
import { barParts, STATE_NAMES, stateReason, TEAM_STATES, type TeamState } from "./words";

/** The state of a team with its icon: blocked stands out, clear and resolved are a plain tick. */
export function TeamStateWord({ state }: { state: TeamState }) {
	switch (state) {
		case "blocked":
			return <StateWord state="blocked" word={STATE_NAMES.blocked} />;
		case "active":
			return <StateWord state="partial" word={STATE_NAMES.active} />;
		case "unknown":
			return <StateWord state="unknown" word={STATE_NAMES.unknown} />;
		case "clear":
		case "resolved":
			return (
				<span className="st">
					<Icon name="check" />
					{STATE_NAMES[state]}
				</span>
			);
	}
}

export function teamHref(team: string, state: string | null): string {
	return `/team?id=${encodeURIComponent(team)}${state ? `&state=${encodeURIComponent(state)}` : ""}`;
}

/** Done, blocked and open items of a page as one bar. */
export function ItemsBar({ done, blocked, open }: { done: number; blocked: number; open: number }) {
	return (
		<svg width="132" height="10" viewBox="0 0 132 10" style={{ display: "block", flex: "none" }} role="img" aria-label={`${done} done, ${blocked} blocked, ${open} open`}>
			{barParts({ done, blocked, open }, 132).map((part) =>
				part.kind === "open" ? (
					<rect key={part.kind} x={part.x + 0.5} y="1.5" width={Math.max(1, part.width - 1)} height="7" fill="none" style={{ stroke: "var(--ink-3)" }} />
				) : (
					<rect key={part.kind} x={part.x} y="1" width={part.width} height="8" style={{ fill: part.kind === "done" ? "var(--chart-5)" : "var(--ink-1)" }} />
				),
			)}
		</svg>
	);
}

/** The board: every team by its latest page, blocked first. */
export function TeamList({ teams, chosen }: { teams: readonly TeamRow[]; chosen: string | null }) {
	const state = useSearchParams().get("state");
	const shown = state ? teams.filter((team) => team.state === state) : teams;
	return (
		<>
			<div className="row" style={{ padding: "0 var(--s-4) var(--s-3)" }}>
				<b className="b">{state ? `${shown.length} of ${teams.length} teams` : `${teams.length} ${teams.length === 1 ? "team" : "teams"}`}</b>
				<span className="i3 small">{state ? "" : "blocked first"}</span>
				<span className="grow" />
				{state && (
					<button type="button" className="chip on" aria-label={`state: ${state}, remove this filter`} onClick={() => setUrlParams({ state: null })}>
						{state} <Icon name="close" />
					</button>
				)}
				<Menu
					label="Filter by state"
					align="end"
					bare
					buttonClass="btn quiet icon"
					items={[
						{ label: "all states", checked: !state, onSelect: () => setUrlParams({ state: null }) },
						null,
						...TEAM_STATES.map((one) => ({
							label: (
								<span className="row">
									{STATE_NAMES[one]} <span className="m i3">{num(teams.filter((team) => team.state === one).length)}</span>
								</span>
							),
							checked: state === one,
							onSelect: () => setUrlParams({ state: one }),
						})),
					]}
				>
					<Icon name="filter" />
				</Menu>
			</div>
			{shown.map((team) => {
				const items = team.done + team.blocked + team.open;
				const says = team.blocker ?? stateReason(team.state, team.stateWords) ?? team.nextStep;
				return (
					<Link key={team.team} className="team" href={teamHref(team.team, state)} prefetch={false} data-row="" aria-current={team.team === chosen ? "true" : undefined}>
						<div className="row" style={{ alignItems: "start" }}>
							<b className="b wrap-any">{team.team}</b>
							<span className="grow" />
							<TeamStateWord state={team.state} />
						</div>
						{says !== null && <div className="i3 small">{says}</div>}
						<div className="row small" style={{ marginTop: 8 }}>
							{items > 0 ? (
								<>
									<ItemsBar done={team.done} blocked={team.blocked} open={team.open} />
									<span className="m i2">
										{num(team.done)}
										<span className="i3">/{num(items)}</span>
									</span>
								</>
							) : (
								<span className="i3">no items on the page</span>
							)}
							<span className="grow" />
							<span className="i3">{team.since === null ? "no date" : <Time value={team.since} style="date" />}</span>
						</div>
					</Link>
				);
			})}
			{shown.length === 0 && (
				<p className="i3" style={{ padding: "var(--s-3) var(--s-4)" }}>
					No team is {state}.
				</p>
			)}
			<p className="row i3 small" style={{ padding: "var(--s-4)", gap: 14, borderTop: "1px solid var(--rule)" }}>
				<Key kind="done" />
				<Key kind="blocked" />
				<Key kind="open" />
			</p>
		</>
	);
}

function Key({ kind }: { kind: "done" | "blocked" | "open" }) {
	return (
		<span className="row" style={{ gap: 5 }}>
			<svg width="10" height="8" viewBox="0 0 10 8" aria-hidden="true">
				{kind === "open" ? <rect x=".5" y=".5" width="9" height="7" fill="none" style={{ stroke: "var(--ink-3)" }} /> : <rect width="10" height="8" style={{ fill: kind === "done" ? "var(--chart-5)" : "var(--ink-1)" }} />}
			</svg>
			{kind}
		</span>
	);
}
