import type { ItemState, ProbeStatus, Verdict } from "@/lib/model";

/** A verdict, or a line that could not be read (which is no verdict). */
export type MarkKind = Verdict | "reject";

/** The drawing inside a 12 by 12 box. Shape alone tells the verdicts apart; colour comes from the class of the svg around it. */
export function MarkShape({ verdict }: { verdict: MarkKind }) {
	switch (verdict) {
		case "pass":
			return <circle cx="6" cy="6" r="4" fill="currentColor" />;
		case "fail":
			return <path d="M6 .6 11.4 6 6 11.4 .6 6Z" fill="currentColor" />;
		case "unmatched":
			return <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
		case "incomparable":
			return (
				<>
					<rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1" />
					<path d="M2 6 6 2M2 10 10 2M6 10l4-4" stroke="currentColor" strokeWidth="1.1" fill="none" />
				</>
			);
		case "skipped":
			return <path d="M2.5 6h7" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" fill="none" />;
		case "reject":
			return (
				<>
					<path d="M.8 4h5M6.2 8h5" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" fill="none" />
					<path d="M6 1.6v8.8" stroke="currentColor" strokeWidth="1" strokeDasharray="1.6 1.4" fill="none" />
				</>
			);
	}
}

/** A mark inside another SVG, centred on (x, y). It carries no name: the drawing around it does. */
export function MarkAt({ verdict, x, y, size = 12 }: { verdict: MarkKind; x: number; y: number; size?: number }) {
	return (
		<svg className={`v v-${verdict}`} x={x - size / 2} y={y - size / 2} width={size} height={size} style={{ width: size, height: size }} viewBox="0 0 12 12" aria-hidden="true">
			<MarkShape verdict={verdict} />
		</svg>
	);
}

export interface MarkProps {
	verdict: MarkKind;
	/** 12 in text, 16 in titles, 9 in miniatures */
	size?: 9 | 12 | 16;
	/** what a screen reader says; the verdict's own word by default, `null` where a word stands beside the mark */
	label?: string | null;
}

/** A verdict mark. */
export function Mark({ verdict, size = 12, label = verdict }: MarkProps) {
	const className = `v v-${verdict}${size === 12 ? "" : ` v-${size}`}`;
	if (label === null) {
		return (
			<svg className={className} viewBox="0 0 12 12" aria-hidden="true">
				<MarkShape verdict={verdict} />
			</svg>
		);
	}
	return (
		<svg className={className} viewBox="0 0 12 12" role="img" aria-label={label}>
			<MarkShape verdict={verdict} />
		</svg>
	);
}

const INKS: { [kind in MarkKind]: string } = { pass: "", fail: " fail-ink", unmatched: " warn-ink", incomparable: " i2", skipped: " i2", reject: " warn-ink" };

/** A mark with its word, in the verdict's ink. */
export function MarkWord({ verdict, word = verdict, size }: { verdict: MarkKind; word?: string; size?: 9 | 12 | 16 }) {
	return (
		<span className={`vb${INKS[verdict]}`}>
			<Mark verdict={verdict} size={size} label={null} />
			{word}
		</span>
	);
}

/** The mark a session's or an attempt's own word borrows. A word that is not known was not judged. */
export function sessionVerdict(word: string): Verdict {
	switch (word) {
		case "accepted":
			return "pass";
		case "validation_failed":
		case "max_iter_exhausted":
			return "fail";
		case "no_json":
			return "unmatched";
		default:
			return "incomparable";
	}
}

/** The mark of a session's or an attempt's word, named by that word; `text` shows the word too. */
export function SessionMark({ word, text = false, size }: { word: string; text?: boolean; size?: 9 | 12 | 16 }) {
	const verdict = sessionVerdict(word);
	return text ? <MarkWord verdict={verdict} word={word} size={size} /> : <Mark verdict={verdict} size={size} label={word} />;
}

/** The mark a probe's status borrows: incomplete and not compared are never a pass. */
export function statusVerdict(status: ProbeStatus): Verdict {
	switch (status) {
		case "fail":
			return "fail";
		case "pass":
			return "pass";
		case "incomplete":
			return "unmatched";
		case "not compared":
			return "skipped";
	}
}

/** The mark of a probe's status, named by the status; `text` shows the word too. */
export function StatusMark({ status, text = false, size }: { status: ProbeStatus; text?: boolean; size?: 9 | 12 | 16 }) {
	const verdict = statusVerdict(status);
	return text ? <MarkWord verdict={verdict} word={status} size={size} /> : <Mark verdict={verdict} size={size} label={status} />;
}

/** The five verdicts with their words, for the head of a section that shows marks. */
export function Legend({ verdicts = ["pass", "fail", "unmatched", "incomparable", "skipped"] }: { verdicts?: readonly MarkKind[] }) {
	return verdicts.map((verdict) => (
		<span className="vb" key={verdict}>
			<Mark verdict={verdict} label={null} />
			{verdict}
		</span>
	));
}

const STATE_WORDS: { [state in ItemState]: string } = { done: "done", open: "open", partial: "partly", blocked: "blocked", failed: "failed", unknown: "not known" };

function stateShape(state: ItemState) {
	const box = <rect x="3.5" y="3.5" width="9" height="9" rx="1.5" />;
	switch (state) {
		case "done":
			return (
				<>
					{box}
					<path d="m5.8 8.2 1.7 1.7 3-3.8" />
				</>
			);
		case "open":
			return box;
		case "partial":
			return (
				<>
					{box}
					<path d="M8 3.5v9M3.5 12.5 8 8" />
				</>
			);
		case "blocked":
			return (
				<>
					<circle cx="8" cy="8" r="5.5" />
					<path d="M5 8h6" strokeWidth="2" />
				</>
			);
		case "failed":
			return (
				<>
					{box}
					<path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4" />
				</>
			);
		case "unknown":
			return (
				<>
					<rect x="3.5" y="3.5" width="9" height="9" rx="1.5" strokeDasharray="2 1.7" />
					<path d="M8 8h.01" strokeWidth="2" />
				</>
			);
	}
}

/** The state of a list item or a team: one ink, so that colour stays with verdicts. `label` null where a word stands beside it. */
export function StateIcon({ state, label = STATE_WORDS[state] }: { state: ItemState; label?: string | null }) {
	if (label === null) {
		return (
			<svg className="ic" viewBox="0 0 16 16" aria-hidden="true">
				{stateShape(state)}
			</svg>
		);
	}
	return (
		<svg className="ic" viewBox="0 0 16 16" role="img" aria-label={label}>
			{stateShape(state)}
		</svg>
	);
}

/** A state with its word; `word` is the document's own, such as "Resolved". */
export function StateWord({ state, word = STATE_WORDS[state] }: { state: ItemState; word?: string }) {
	return (
		<span className={`st st-${state}`}>
			<StateIcon state={state} label={null} />
			{word}
		</span>
	);
}
