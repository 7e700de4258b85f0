"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { type BarSeries, SessionBars } from "@/components/chart/bars";
import { Read } from "@/components/parity/read";
import { Empty } from "@/components/ui/bits";
import { Figure } from "@/components/ui/figure";
import { count, num } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { type SessionFilter, sessionCount, sessionsByDay } from "@/lib/tables/sessions";

const NONE = {};
const NO_DAEMON = "no daemon named";

/** Before any time that the engine can hold: with it a count leaves out sessions without a time, as the bars do. */
const ANY_TIME = "1678-01-01 00:00:00";

function timed(daemon: string, verdict: string | null): SessionFilter {
	return { daemon, verdict, kind: null, model: null, after: ANY_TIME, before: null, q: null };
}

/** Sessions a day, one panel a daemon. */
export function SessionsSection({ all }: { all: { sessions: number } | undefined }) {
	const answer = useAnswer(sessionsByDay, NONE);
	const series = useMemo(() => seriesOf(answer.rows), [answer.rows]);
	const inBars = answer.rows.reduce((sum, row) => sum + row.sessions, 0);
	const untimed = all === undefined || answer.state !== "ready" ? 0 : all.sessions - inBars;
	return (
		<Section bare id="sessions" title="Sessions a day" end={<Link href="/sessions">All sessions</Link>}>
			<Read
				answer={answer}
				what="Sessions"
				empty={
					<Empty title={all !== undefined && all.sessions > 0 ? "No session here has a time" : "No session in this workspace"}>
						<p>
							{all !== undefined && all.sessions > 0 ? (
								<>Sessions are counted a day by their <code>timestamp</code>; none of the {num(all.sessions)} has one.</>
							) : (
								<>Sessions are read from JSONL logs whose lines have a <code>schema</code> that begins with <code>session.iterate.</code></>
							)}
						</p>
					</Empty>
				}
			>
				{() => (
					<div style={{ paddingTop: 14 }}>
						<SessionBars
							series={series}
							label="Sessions a day (UTC)"
							short={shortWord}
							figure={(one, word, sessions) =>
								one.name === NO_DAEMON ? (
									num(sessions)
								) : (
									<Figure query={sessionCount} params={timed(one.name, word)} label={`sessions of ${one.name} that ended as ${word}`}>
										{num(sessions)}
									</Figure>
								)
							}
						/>
						{untimed > 0 && <p className="small i3">{count(untimed, "session")} without a time {untimed === 1 ? "is" : "are"} in no bar.</p>}
					</div>
				)}
			</Read>
		</Section>
	);
}

function shortWord(word: string): string {
	switch (word) {
		case "max_iter_exhausted":
			return "exhausted";
		case "infra_error":
			return "infra";
		default:
			return word.replaceAll("_", " ");
	}
}

function seriesOf(rows: readonly { day: string; daemon: string | null; verdict: string | null; sessions: number }[]): BarSeries[] {
	const byDaemon = new Map<string, Map<string, { [word: string]: number }>>();
	for (const row of rows) {
		const name = row.daemon ?? NO_DAEMON;
		const days = byDaemon.get(name) ?? new Map<string, { [word: string]: number }>();
		byDaemon.set(name, days);
		const counts = days.get(row.day) ?? {};
		days.set(row.day, counts);
		const word = row.verdict ?? "no verdict";
		counts[word] = (counts[word] ?? 0) + row.sessions;
	}
	return [...byDaemon].map(([name, days]) => {
		const counts = [...days.values()];
		const total = counts.reduce((sum, day) => sum + Object.values(day).reduce((a, b) => a + b, 0), 0);
		const accepted = counts.reduce((sum, day) => sum + (day.accepted ?? 0), 0);
		return { name, head: `${num(total)} sessions, ${num(accepted)} accepted`, days: [...days].map(([day, of]) => ({ day, counts: of })) };
	});
}
