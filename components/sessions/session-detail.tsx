"use client";

import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { CopyButton, count, duration, Empty, ErrorBox, Figure, Icon, Null, Section, SessionMark, SourceLink, sqlHref, Time } from "@/components/ui";
import { type SessionDetail as Detail, sessionAt, sessionById, sessionOfLine } from "@/lib/tables/sessions";
import { type Chosen, isChosen, sessionHref } from "./address";
import { Attempts } from "./attempts";
import { JsonField, Missing, Prompt } from "./session-parts";
import { useSteady } from "@/components/answer/use-steady";
import { plainWord, sessionTitle } from "./words";

export interface SessionDetailProps {
	chosen: Chosen;
	attempt: number | null;
	onAttempt: (attempt: number | null) => void;
	/** to the neighbours in the list; absent where there is none */
	onNewer?: (() => void) | undefined;
	onOlder?: (() => void) | undefined;
	loading: boolean;
}

/** One session: what it came to, what was asked, each attempt, what came out. */
export function SessionDetail(props: SessionDetailProps) {
	return props.chosen.id === null ? <ByLine {...props} source={props.chosen.source ?? ""} line={props.chosen.line ?? 0} /> : <ById {...props} id={props.chosen.id} />;
}

function ById({ id, ...props }: SessionDetailProps & { id: string }) {
	const answer = useSteady(useAnswer(sessionById, useMemo(() => ({ id }), [id])));
	return <Rows answer={answer} {...props} />;
}

function ByLine({ source, line, ...props }: SessionDetailProps & { source: string; line: number }) {
	const answer = useSteady(useAnswer(sessionOfLine, useMemo(() => ({ source, line }), [source, line])));
	return <Rows answer={answer} {...props} />;
}

function Rows({ answer, ...props }: SessionDetailProps & { answer: ReturnType<typeof useSteady<Detail>> }) {
	const { chosen, loading } = props;
	if (answer.state === "error") return <ErrorBox failure={answer.failure} sql={answer.sql} />;
	const session = answer.rows.find((row) => isChosen(row, chosen)) ?? (answer.state === "loading" ? answer.rows[0] : undefined);
	if (session === undefined) {
		if (answer.state === "loading" || loading) return <p className="waiting">Reading the session…</p>;
		const name = chosen.id ?? `${chosen.source}:${chosen.line}`;
		return (
			<Empty title={<>No session {name}</>} level={2}>
				{answer.rows.length > 0 ? (
					<p>
						The id is there, but not in {chosen.source ?? "this source"}
						{chosen.line !== null && `, line ${chosen.line}`}. Rows that carry it: {answer.rows.map((row) => `${row.source}:${row.line}`).join(", ")}.
					</p>
				) : (
					<p>No session log of this workspace has it. Ids are compared as they are written, capitals and all.</p>
				)}
			</Empty>
		);
	}
	return (
		<div aria-busy={answer.state === "loading" || undefined}>
			<One session={session} rows={answer.rows} {...props} />
		</div>
	);
}

function One({ session, rows, attempt, onAttempt, onNewer, onOlder }: SessionDetailProps & { session: Detail; rows: readonly Detail[] }) {
	const place = useMemo(() => ({ source: session.source, line: session.line }), [session.source, session.line]);
	const same = rows.filter((row) => row.sessionId === session.sessionId);
	return (
		<>
			<div className="row wrap" style={{ gap: "var(--s-2) var(--s-4)" }}>
				<h1 className="row" style={{ gap: 10, fontSize: "var(--text-lg)", lineHeight: "var(--lead-lg)" }}>
					{session.finalVerdict !== null && <SessionMark word={session.finalVerdict} />}
					{sessionTitle(session)}
				</h1>
				<span className="row" style={{ gap: 2, minWidth: 0 }}>
					<span className="m i2 wrap-any">{session.sessionId ?? <Missing field="session_id" absent={session.absent} />}</span>
					{session.sessionId !== null && <CopyButton text={session.sessionId} label="Copy the session id" done="Session id copied" />}
				</span>
				<span className="grow" />
				{(onNewer !== undefined || onOlder !== undefined) && (
					<span className="row only-l">
						<button type="button" className="btn icon" aria-label="Session above in the list" title="Session above (k)" disabled={onNewer === undefined} onClick={onNewer}>
							<Icon name="up" />
						</button>
						<button type="button" className="btn icon" aria-label="Session below in the list" title="Session below (j)" disabled={onOlder === undefined} onClick={onOlder}>
							<Icon name="down" />
						</button>
					</span>
				)}
			</div>
			<Heads session={session} place={place} />
			{session.absent.length > 0 && (
				<p className="small i3" style={{ marginTop: "var(--s-2)" }}>
					absent:{" "}
					{session.absent.map((name, i) => (
						<span key={name}>
							{i > 0 && ", "}
							<span className="m">{name}</span>
						</span>
					))}
				</p>
			)}
			{same.length > 1 && <Chooser rows={same} session={session} />}
			<Prompt session={session} />
			<Attempts session={session} marked={attempt} onMark={onAttempt} />
			<JsonField title="Artifact" field="artifact" session={session} note="what came out" />
			<JsonField title="Validation" field="validation" session={session} note="the validator’s report" />
			<p className="small" style={{ marginTop: "var(--s-5)" }}>
				<Link href={sqlHref(`FROM sessions WHERE source = '${session.source.replaceAll("'", "''")}' AND line = ${session.line}`)} prefetch={false}>
					This row in SQL
				</Link>
			</p>
		</>
	);
}

/** A text as it is: null, absent and empty are three things. */
function said(value: string | null, field: string, absent: readonly string[]): ReactNode {
	if (value === null) return <Missing field={field} absent={absent} />;
	return value === "" ? <span className="m i3">""</span> : value;
}

function Heads({ session, place }: { session: Detail; place: { source: string; line: number } }) {
	const { absent } = session;
	return (
		<dl className="heads">
			<div>
				<dt>Source</dt>
				<dd>
					<SourceLink path={session.source} line={session.line} short />
				</dd>
			</div>
			<div>
				<dt>Daemon, kind</dt>
				<dd>
					{said(session.daemon, "daemon", absent)}, {said(session.kind, "kind", absent)}
				</dd>
			</div>
			<div>
				<dt>Model, provider</dt>
				<dd>
					<span className="m">{said(session.model, "model", absent)}</span>, {said(session.provider, "provider", absent)}
				</dd>
			</div>
			<div>
				<dt>Logged</dt>
				<dd>{session.timestamp === null ? <Missing field="timestamp" absent={absent} /> : <Time value={session.timestamp} />}</dd>
			</div>
			<div>
				<dt>Took</dt>
				<dd className="m">
					{session.durationMs === null ? (
						<Missing field="duration_ms" absent={absent} />
					) : (
						<Figure query={sessionAt} params={place} label="how long this session took">
							{duration(session.durationMs)}
						</Figure>
					)}
				</dd>
			</div>
			<div>
				<dt>Grounded</dt>
				<dd>{session.grounded === null ? <Missing field="grounded_in_roster" absent={absent} /> : session.grounded ? "yes, in the roster" : "no"}</dd>
			</div>
			{session.traceId !== null && session.traceId !== session.sessionId && (
				<div>
					<dt>Trace</dt>
					<dd className="m">{said(session.traceId, "trace_id", absent)}</dd>
				</div>
			)}
		</dl>
	);
}

/** Several programs logged one id: each row is a session of its own. */
function Chooser({ rows, session }: { rows: readonly Detail[]; session: Detail }) {
	return (
		<Section title={`${count(rows.length, "row")} carry this id`} note="each is a session of its own; this is the marked one" style={{ marginTop: "var(--s-5)" }}>
			<div className="scroll">
				<table className="t" aria-label="Rows that carry this id">
					<tbody>
						{rows.map((row) => {
							const here = row.source === session.source && row.line === session.line;
							return (
								<tr key={`${row.source}:${row.line}`} data-selected={here ? true : undefined} aria-current={here ? "true" : undefined}>
									<td style={{ width: 20, paddingLeft: 6 }}>{row.finalVerdict === null ? <Null /> : <SessionMark word={row.finalVerdict} />}</td>
									<td className="m">
										<Link href={sessionHref(row, true)} prefetch={false} replace title={row.source}>
											{row.source.slice(row.source.lastIndexOf("/") + 1)}:{row.line}
										</Link>
									</td>
									<td>{row.daemon ?? <Null />}</td>
									<td className="i2 c-mid">{row.finalVerdict === null ? "" : plainWord(row.finalVerdict)}</td>
									<td className="i2 r">{row.timestamp === null ? <Null /> : <Time value={row.timestamp} />}</td>
								</tr>
							);
						})}
					</tbody>
				</table>
			</div>
		</Section>
	);
}
