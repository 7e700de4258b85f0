"use client";

import { useEffect, useMemo, useState } from "react";
import { SaveMenu } from "@/components/chart/save-menu";
import { setUrlParams, useUrlState } from "@/components/shell/url-state";
import { Seg } from "@/components/ui/bits";
import { Field } from "@/components/ui/field";
import { Figure } from "@/components/ui/figure";
import { count, num } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { printTolerance, type Tolerance, type ToleranceKind } from "@/lib/parity/tolerance";
import { type CaseRow, type RunRow, runPassing } from "@/lib/tables/parity";
import { casesAt, positionsText } from "@/lib/tables/probe-questions";
import { ErrorPlot } from "./error-plot";
import { toleranceText } from "./measure";
import { Noise } from "./noise";
import { NotCompared } from "./not-compared";
import { askedOf, askRun, atTick, type KindQuestion, type Question, questionOf, TICKS, tickOf, typedTolerance, valueOnly } from "./question-model";
import { QuestionRows } from "./question-rows";
import { plainSvg } from "./save-charts";
import { addressed, rested, STILL } from "./thumb";

const NAMES: { [kind in ToleranceKind]: string } = { abs: "absolute", rel: "relative", ulp: "ULP" };

/** The tolerance as a question. Nothing where no compared case of the run has two numbers or a distance. */
export function ToleranceQuestion({ id, runs, run, rows, selected }: { id: string; runs: readonly RunRow[]; run: RunRow; rows: readonly CaseRow[]; selected: string | null }) {
	const question = useMemo(() => questionOf(rows, run), [rows, run]);
	return question === null ? null : <Asked id={id} runs={runs} run={run} rows={rows} question={question} selected={selected} />;
}

function write(tolerance: Tolerance | null) {
	setUrlParams({ tolerance: tolerance === null ? null : printTolerance(tolerance) }, { replace: true });
}

function Asked({ id, runs, run, rows, question, selected }: { id: string; runs: readonly RunRow[]; run: RunRow; rows: readonly CaseRow[]; question: Question; selected: string | null }) {
	const [text] = useUrlState("tolerance");
	const [thumb, setThumb] = useState(STILL);
	const { held } = thumb;
	useEffect(() => setThumb((last) => addressed(last, text)), [text]);

	const asked = askedOf(text);
	const fault = asked !== null && "problem" in asked ? asked.problem : null;
	const fromUrl = asked === null || "problem" in asked ? null : asked;
	const wanted = (held ?? fromUrl)?.kind ?? question.first;
	const kind = question.kinds.find((one) => one.kind === wanted) ?? question.kinds.find((one) => one.kind === question.first)!;
	const strange = wanted !== kind.kind;
	const tolerance = strange ? kind.start.tolerance : (held ?? fromUrl ?? kind.start.tolerance);
	const result = useMemo(() => askRun(kind, { kind: tolerance.kind, value: tolerance.value }), [kind, tolerance.kind, tolerance.value]);
	const own = text === null && held === null;
	const ask = (next: Tolerance | null) => {
		setThumb(STILL);
		write(next);
	};
	const rest = () => {
		if (held === null) return;
		setThumb(rested);
		write(held);
	};

	return (
		<Section
			id="question"
			title="Tolerance as a question"
			note="recorded and judged verdicts stay what they are"
			end={
				<>
					{text !== null && (
						<button type="button" className="btn quiet slim" onClick={() => ask(null)}>
							{kind.start.from === "report" ? "Back to the report’s tolerance" : "Clear the question"}
						</button>
					)}
					<SaveMenu name={`${id} errors`} svg={() => plainSvg(document.querySelector("#question .ask-plot"), `${id}, ${run.run}: ${NAMES[kind.kind]} errors of the cases`)} />
				</>
			}
		>
			<div className="ask">
				<div className="ask-side">
					<Control question={question} kind={kind} tolerance={tolerance} ask={ask} />
					{fault !== null && <p className="small fail-ink" role="status">The address asks something that is no tolerance: {fault}.</p>}
					{strange && <p className="small fail-ink" role="status">No compared case of this run can be asked for {wanted}.</p>}
					<Says id={id} run={run} kind={kind} tolerance={tolerance} own={own} result={result} rows={rows} />
				</div>
				<ErrorPlot histogram={kind.histogram} errors={kind.errors} range={kind.range} tolerance={tolerance.value} label={printTolerance(tolerance)}>
					<Slider kind={kind} tolerance={tolerance} onHold={(place) => setThumb((last) => ({ ...last, held: place }))} onRest={rest} />
				</ErrorPlot>
			</div>
			<p className="small" style={{ padding: "8px 0 2px" }}>
				<span className="b">{question.wouldPass.charAt(0).toUpperCase()}{question.wouldPass.slice(1)}.</span>
			</p>
			<QuestionRows id={id} run={run} rows={rows} kind={kind} result={result} selected={selected} />
			<Noise id={id} runs={runs} run={run} kind={kind.kind} />
		</Section>
	);
}

/** Kind and value. What is typed is asked as soon as it is a tolerance. */
function Control({ question, kind, tolerance, ask }: { question: Question; kind: KindQuestion; tolerance: Tolerance; ask: (tolerance: Tolerance) => void }) {
	const [draft, setDraft] = useState<{ text: string; over: string } | null>(null);
	const now = printTolerance(tolerance);
	const typed = draft === null ? null : typedTolerance(draft.text, kind.kind);
	const problem = typed !== null && "problem" in typed ? typed.problem : null;
	// What was typed stands until the tolerance is changed from elsewhere.
	const stands = draft !== null && typed !== null && (draft.over === now || (!("problem" in typed) && printTolerance(typed) === now));
	return (
		<div className="row wrap" style={{ gap: "var(--s-2)" }}>
			<Seg
				label="Kind of tolerance"
				options={question.kinds.map((one) => ({ value: one.kind, label: NAMES[one.kind] }))}
				value={kind.kind}
				onChange={(next) => {
					setDraft(null);
					ask(question.kinds.find((one) => one.kind === next)!.start.tolerance);
				}}
			/>
			<Field
				label="Tolerance"
				mono
				width={150}
				value={stands ? draft.text : valueOnly(tolerance)}
				problem={stands ? problem : null}
				onChange={(next) => {
					setDraft({ text: next, over: now });
					const read = typedTolerance(next, kind.kind);
					if (!("problem" in read)) ask(read);
				}}
			/>
		</div>
	);
}

function Slider({ kind, tolerance, onHold, onRest }: { kind: KindQuestion; tolerance: Tolerance; onHold: (tolerance: Tolerance) => void; onRest: () => void }) {
	const [low, high] = [kind.range.low * TICKS, kind.range.high * TICKS];
	return (
		<input
			type="range"
			className="ask-slider"
			aria-label={`${NAMES[kind.kind]} tolerance, on a log scale`}
			aria-valuetext={printTolerance(tolerance)}
			min={low}
			max={high}
			step={1}
			value={tickOf(tolerance.value, kind.range)}
			onChange={(event) => onHold({ kind: kind.kind, value: atTick(kind.kind, Number(event.target.value)) })}
			onPointerUp={onRest}
			onKeyUp={(event) => {
				if (event.key !== "Tab" && event.key !== "Shift") onRest();
			}}
		/>
	);
}

interface SaysProps {
	id: string;
	run: RunRow;
	kind: KindQuestion;
	tolerance: Tolerance;
	/** nobody asked yet */
	own: boolean;
	result: ReturnType<typeof askRun>;
	rows: readonly CaseRow[];
}

/** The answer in words: how many pass, which way they flip, and what could not be asked. */
function Says({ id, run, kind, tolerance, own, result, rows }: SaysProps) {
	const params = { probe: id, run: run.run };
	const at = (list: readonly { position: number }[]) => ({ ...params, positions: positionsText(list.map(({ position }) => position)) });
	const toPass = result.flips.filter(({ verdict }) => verdict === "pass");
	const toFail = result.flips.filter(({ verdict }) => verdict === "fail");
	const compared = rows.filter(({ verdict }) => verdict === "pass" || verdict === "fail").length;
	const open = rows.length - compared;
	const group = (list: typeof toPass, words: string) => list.length > 0 && (
		<>
			<Figure query={casesAt} params={at(list)} label={`cases that would go ${words} at ${printTolerance(tolerance)}`}>
				{num(list.length)}
			</Figure>{" "}
			{list.length === 1 ? "goes" : "go"} {words}
		</>
	);
	return (
		<>
			<p role="status" aria-live="polite">
				At <b className="m">{printTolerance(tolerance)}</b>
				{own && kind.start.from === "report" && ", the report’s own tolerance"}
				{own && kind.start.from === "required" && ", the smallest at which every case that can be asked passes"},{" "}
				<Figure query={casesAt} params={at(result.passing)} label={`cases that pass at ${printTolerance(tolerance)}`} className="b">
					{num(result.passing.length)}
				</Figure>{" "}
				of {num(result.rows.length)} {result.rows.length === 1 ? "case passes" : "cases pass"}.{" "}
				{result.flips.length === 0 ? "No case flips." : <>{group(toPass, "from fail to pass")}{toPass.length > 0 && toFail.length > 0 && ", "}{group(toFail, "from pass to fail")}.</>}
			</p>
			<p className="small i2">
				As judged
				{kind.start.from === "report" && <> at <span className="m">{toleranceText(kind.start.tolerance.value)}</span></>}:{" "}
				<Figure query={runPassing} params={params}>
					{num(run.passed)}
				</Figure>{" "}
				of {count(run.passed + run.failed, "compared case")} {run.passed === 1 ? "passes" : "pass"}.
				{kind.unasked.map(({ problem, cases }) => (
					<span key={problem}>
						{" "}
						{count(cases.length, "compared case")} {cases.length === 1 ? "stays" : "stay"} as judged: {problem}.
					</span>
				))}
			</p>
			{open > 0 && (
				<p className="small row wrap" style={{ gap: "2px var(--s-3)" }}>
					<NotCompared probe={id} run={run.run} counts={run} /> <span className="i2">not compared, which no tolerance makes a pass</span>
				</p>
			)}
		</>
	);
}
