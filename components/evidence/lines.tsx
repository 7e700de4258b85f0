import { Kbd, num, SourceLink } from "@/components/ui";
import type { EvidenceData, EvidenceLine } from "./types";

/** Longer lines are cut in the drawer, with a link to the whole; a 50 MB line must not stop the page. */
const SHOWN = 4000;

function Cut({ text, line }: { text: string; line: EvidenceLine }) {
	if (text.length <= SHOWN) return <span>{text}</span>;
	return (
		<span>
			{text.slice(0, SHOWN)}…{" "}
			<SourceLink path={line.source} line={line.line}>
				all {num(text.length)} characters
			</SourceLink>
		</span>
	);
}

/** One source line with file:line, marked, between its neighbours. */
function Line({ line }: { line: EvidenceLine }) {
	return (
		<>
			<div className="row small" style={{ marginBottom: 4 }}>
				<SourceLink path={line.source} line={line.line} />
			</div>
			{line.text === null ? (
				<p className="small i3">{line.line === null ? "This format has no lines: the whole file is what the figure was read from." : "The line could not be read from the source now."}</p>
			) : (
				<div className="src fold">
					{line.before.map((near) => (
						<div key={near.line}>
							<i>{near.line}</i>
							<span className="i3 clip-1">{near.text.slice(0, 400)}</span>
						</div>
					))}
					<div className="hi">
						<i>{line.line ?? ""}</i>
						<Cut text={line.text} line={line} />
					</div>
					{line.after.map((near) => (
						<div key={near.line}>
							<i>{near.line}</i>
							<span className="i3 clip-1">{near.text.slice(0, 400)}</span>
						</div>
					))}
				</div>
			)}
		</>
	);
}

/** The source lines behind a figure, one at a time. */
export function EvidenceLines({ data, at, onStep }: { data: EvidenceData; at: number; onStep: (by: 1 | -1) => void }) {
	const line = data.lines[at];
	if (line === undefined) {
		return (
			<>
				<h3>Source lines</h3>
				<p className="small i3">{data.linesTotal === 0 ? "No source line is behind this figure: it counts what is not there." : `${num(data.linesTotal)} lines, none of which could be read now.`}</p>
			</>
		);
	}
	const shownOnly = data.lines.length < data.linesTotal;
	return (
		<>
			<h3>
				{data.linesTotal === 1 ? "The source line" : "Source lines"}
				<span className="end">
					<span aria-live="polite">
						<span className="m">{num(at + 1)}</span> of <span className="m">{num(data.linesTotal)}</span>
					</span>
					{data.lines.length > 1 && (
						<>
							<button type="button" className="plain step-key" aria-label="Previous line" aria-keyshortcuts="[" disabled={at === 0} onClick={() => onStep(-1)}>
								<Kbd>[</Kbd>
							</button>
							<button type="button" className="plain step-key" aria-label="Next line" aria-keyshortcuts="]" disabled={at === data.lines.length - 1} onClick={() => onStep(1)}>
								<Kbd>]</Kbd>
							</button>
						</>
					)}
				</span>
			</h3>
			<Line line={line} />
			{shownOnly && at === data.lines.length - 1 && <p className="small i3" style={{ marginTop: 6 }}>The drawer steps through the first {num(data.lines.length)}. Open in SQL reaches the rest.</p>}
		</>
	);
}
