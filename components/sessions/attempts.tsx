"use client";

import { useEffect, useRef, useState } from "react";
import { CopyButton, count, Mark, num, Section, SessionMark, sessionVerdict } from "@/components/ui";
import type { Attempt, SessionDetail } from "@/lib/tables/sessions";
import { errorParts, plainWord, repeatOf, sessionEnd, utf8Bytes } from "./words";

/** Lines of raw output shown before the reader asks for all. */
const RAW_LINES = 40;

const INKS = { pass: "pass-ink", fail: "fail-ink", unmatched: "warn-ink", incomparable: "i2", skipped: "i2" } as const;

/** The tries of a session in order, each with its error and what the model wrote. `marked` (from 1) comes into view. */
export function Attempts({ session, marked, onMark }: { session: SessionDetail; marked: number | null; onMark: (attempt: number | null) => void }) {
	const { attempts } = session;
	const end = sessionEnd(session);
	const start = attempts[0]?.iteration === 0 ? 0 : 1;
	return (
		<Section title="Attempts" note={attempts.length === 0 ? undefined : "generate, validate, retry with the error"} end={num(attempts.length)} style={{ marginTop: "var(--s-5)" }}>
			{attempts.length === 0 ? (
				<p className="waiting">{session.absent.includes("attempts") ? "The record has no field attempts." : session.finalVerdict === "infra_error" ? "None: the model was never asked." : "The record lists none."}</p>
			) : (
				<ol className="atts">
					{attempts.map((attempt, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: attempts are a sequence; their place is what they are
						<One key={index} attempt={attempt} index={index} start={start} repeats={repeatOf(attempts, index)} before={attempts[index - 1]} marked={marked === index + 1} onMark={onMark} />
					))}
					{end !== null && (
						<li className="att">
							<div className="rail">
								<Mark verdict="skipped" label={null} />
							</div>
							<div className="i2">{end}</div>
						</li>
					)}
				</ol>
			)}
		</Section>
	);
}

interface OneProps {
	attempt: Attempt;
	index: number;
	/** the iteration that the log gives its first attempt: some count from 0, some from 1 */
	start: number;
	repeats: number | null;
	before: Attempt | undefined;
	marked: boolean;
	onMark: (attempt: number | null) => void;
}

function One({ attempt, index, start, repeats, before, marked, onMark }: OneProps) {
	const item = useRef<HTMLLIElement>(null);
	useEffect(() => {
		if (marked) item.current?.scrollIntoView({ block: "nearest" });
	}, [marked]);
	const word = attempt.verdict ?? "no verdict";
	const verdict = sessionVerdict(word);
	return (
		<li className="att" ref={item} aria-current={marked ? "true" : undefined}>
			<div className="rail">
				<SessionMark word={word} />
			</div>
			<div style={{ minWidth: 0 }}>
				<div className="row wrap" style={{ columnGap: 8 }}>
					<button type="button" className={`plain${marked ? " hl" : ""}`} aria-pressed={marked} title="Mark this attempt in the address" onClick={() => onMark(marked ? null : index + 1)}>
						<b>Attempt {index + 1}</b>
					</button>
					<span className={INKS[verdict]} title={word}>
						{plainWord(word)}
					</span>
					{attempt.iteration !== null && attempt.iteration !== start + index && <span className="i3 small">iteration {attempt.iteration} in the log</span>}
				</div>
				{attempt.error !== null && attempt.error !== "" && <ErrorText error={attempt.error} failed={verdict === "fail"} />}
				<Raw attempt={attempt} index={index} repeats={repeats} answered={before?.error !== null && before?.error !== undefined} />
			</div>
		</li>
	);
}

function ErrorText({ error, failed }: { error: string; failed: boolean }) {
	const { variant, text } = errorParts(error);
	return (
		<div className="verr" style={failed ? undefined : { borderLeftColor: "var(--rule-strong)", background: "var(--surface-1)" }}>
			{variant !== null && <span className="m b">{variant}</span>} {text}
		</div>
	);
}

function Raw({ attempt, index, repeats, answered }: { attempt: Attempt; index: number; repeats: number | null; answered: boolean }) {
	const [all, setAll] = useState(false);
	const { raw } = attempt;
	if (raw === null) {
		return (
			<p className="small i3" style={{ marginTop: 6 }}>
				No raw output is recorded.
			</p>
		);
	}
	if (raw === "") {
		return (
			<p className="small i3" style={{ marginTop: 6 }}>
				The raw output is empty, 0 bytes.
			</p>
		);
	}
	const lines = raw.split("\n");
	const shown = all ? lines : lines.slice(0, RAW_LINES);
	return (
		<>
			<div className="src fold" style={{ marginTop: 6 }}>
				{shown.map((line, i) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: lines of one text; their place is what they are
					<div key={i}>
						<i>{i + 1}</i>
						<span className={repeats === null ? undefined : "i3"}>{line}</span>
					</div>
				))}
			</div>
			<div className="row wrap small" style={{ marginTop: 4, columnGap: 12 }}>
				{shown.length < lines.length && (
					<button type="button" className="plain" style={{ color: "var(--accent)" }} onClick={() => setAll(true)}>
						{count(lines.length - shown.length, "more line")}
					</button>
				)}
				<span className="i3">raw output, {count(utf8Bytes(raw), "byte")}</span>
				{attempt.spanId !== null && attempt.spanId !== "" && (
					<span className="i3">
						span <span className="m">{attempt.spanId}</span>
					</span>
				)}
				<CopyButton text={raw} label={`Copy the raw output of attempt ${index + 1}`} done="Raw output copied" />
			</div>
			{repeats !== null && (
				<p className="i2" style={{ marginTop: 2 }}>
					Byte for byte the answer of attempt {repeats}
					{answered && repeats === index ? ": the error in the prompt changed nothing." : "."}
				</p>
			)}
		</>
	);
}
