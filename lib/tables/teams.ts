import type { ItemState } from "@/lib/model";
import { defineQuery } from "./query";

export interface TeamRow {
	team: string;
	state: "blocked" | "active" | "clear" | "resolved" | "unknown";
	stateWords: string | null;
	/** the page's date, UTC */
	since: string | null;
	blocker: string | null;
	nextStep: string | null;
	done: number;
	open: number;
	blocked: number;
	lastActivity: string | null;
	source: string;
	line: number | null;
}

/** Teams by their latest status page, blocked first. */
export const teamBoard = defineQuery<Record<string, never>, TeamRow>({
	name: "team-board",
	describe: "every team by its latest status page, blocked first",
	sql: "SELECT * FROM teams ORDER BY CASE state WHEN 'blocked' THEN 0 WHEN 'active' THEN 1 WHEN 'unknown' THEN 2 WHEN 'clear' THEN 3 ELSE 4 END, since DESC NULLS LAST, team",
	rows: "SELECT source, line FROM teams",
	read: (row) => ({
		team: row.text("team"),
		state: row.text("state") as TeamRow["state"],
		stateWords: row.textOrNull("state_words"),
		since: row.textOrNull("since"),
		blocker: row.textOrNull("blocker"),
		nextStep: row.textOrNull("next_step"),
		done: row.number("done"),
		open: row.number("open"),
		blocked: row.number("blocked"),
		lastActivity: row.textOrNull("last_activity"),
		source: row.text("source"),
		line: row.numberOrNull("line"),
	}),
});

/** What blocks a team, as its page says. */
export const teamBlockers = defineQuery<{ source: string }, { title: string | null; problem: string | null; rootCause: string | null; fix: string | null; line: number | null }>({
	name: "team-blockers",
	describe: "the blockers on this page",
	sql: "SELECT * FROM blockers WHERE source = $source ORDER BY line",
	rows: "SELECT source, line FROM blockers WHERE source = $source ORDER BY line",
	read: (row) => ({ title: row.textOrNull("title"), problem: row.textOrNull("problem"), rootCause: row.textOrNull("root_cause"), fix: row.textOrNull("fix"), line: row.numberOrNull("line") }),
});

/** The files that a team's page names, with whether the workspace has one of that name. */
export const teamArtifacts = defineQuery<{ source: string }, { path: string; said: string | null; found: string | null; bytes: number | null; line: number | null }>({
	name: "team-artifacts",
	describe: "the files this page names, and what the workspace has of that name",
	sql: `SELECT a.path, a.said, a.line, min(s.path) AS found, min(s.bytes) AS bytes
FROM artifacts a LEFT JOIN sources s ON s.path = a.path OR ends_with(s.path, '/' || a.path) OR ends_with(a.path, '/' || s.path)
WHERE a.source = $source GROUP BY ALL ORDER BY a.line`,
	rows: "SELECT source, line FROM artifacts WHERE source = $source ORDER BY line",
	read: (row) => ({ path: row.text("path"), said: row.textOrNull("said"), found: row.textOrNull("found"), bytes: row.numberOrNull("bytes"), line: row.numberOrNull("line") }),
});

/** Success criteria, as the page says. */
export const teamCriteria = defineQuery<{ source: string }, { text: string; said: string | null; line: number | null }>({
	name: "team-criteria",
	describe: "the success criteria on this page",
	sql: "SELECT text, said, line FROM criteria WHERE source = $source ORDER BY line",
	rows: "SELECT source, line FROM criteria WHERE source = $source ORDER BY line",
	read: (row) => ({ text: row.text("text"), said: row.textOrNull("said"), line: row.numberOrNull("line") }),
});

/** Next steps with their commands, which are shown and never run. */
export const teamSteps = defineQuery<{ source: string }, { position: number; title: string; duration: string | null; command: string | null; line: number | null }>({
	name: "team-steps",
	describe: "the next steps on this page",
	sql: "SELECT position, title, duration, command, line FROM next_steps WHERE source = $source ORDER BY position",
	rows: "SELECT source, line FROM next_steps WHERE source = $source ORDER BY position",
	read: (row) => ({ position: row.number("position"), title: row.text("title"), duration: row.textOrNull("duration"), command: row.textOrNull("command"), line: row.numberOrNull("line") }),
});

/** List items of a team's page with their states. */
export const teamItems = defineQuery<{ source: string }, { section: string | null; state: ItemState; text: string; line: number | null }>({
	name: "team-items",
	describe: "the items on this page",
	sql: "SELECT section, state, text, line FROM doc_items WHERE source = $source ORDER BY line",
	rows: "SELECT source, line FROM doc_items WHERE source = $source ORDER BY line",
	read: (row) => ({ section: row.textOrNull("section"), state: row.text("state") as ItemState, text: row.text("text"), line: row.numberOrNull("line") }),
});

/** The document behind a team's page. */
export const teamDoc = defineQuery<{ source: string }, { title: string | null; status: string | null; date: string | null; repaired: boolean; words: number | null; note: string | null }>({
	name: "team-doc",
	describe: "the document behind this page",
	sql: "SELECT d.title, d.status, d.doc_date, coalesce(d.repaired, false) AS repaired, d.words, s.note FROM docs d LEFT JOIN sources s ON s.path = d.source WHERE d.source = $source",
	rows: "SELECT source, line FROM docs WHERE source = $source",
	read: (row) => ({
		title: row.textOrNull("title"),
		status: row.textOrNull("status"),
		date: row.textOrNull("doc_date"),
		repaired: row.boolean("repaired"),
		words: row.numberOrNull("words"),
		note: row.textOrNull("note"),
	}),
});

/** Every page of a team, latest first. */
export const teamPages = defineQuery<{ team: string }, { source: string; line: number | null; state: TeamRow["state"]; stateWords: string | null; since: string | null }>({
	name: "team-pages",
	describe: "the status pages of this team, latest first",
	sql: "SELECT source, line, state, state_words, since FROM team_pages WHERE team = $team ORDER BY since DESC NULLS LAST, source DESC",
	rows: "SELECT source, line FROM team_pages WHERE team = $team ORDER BY since DESC NULLS LAST, source DESC",
	read: (row) => ({ source: row.text("source"), line: row.numberOrNull("line"), state: row.text("state") as TeamRow["state"], stateWords: row.textOrNull("state_words"), since: row.textOrNull("since") }),
});
