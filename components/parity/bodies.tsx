"use client";

import { Section } from "@/components/ui/section";
import { jsonLines, type JsonPiece } from "@/components/ui/json-text";
import { SourceLink } from "@/components/ui/links";
import type { CaseRow, RunRow } from "@/lib/tables/parity";
import { isBody } from "./side-text";
import { WireDifferences } from "./wire-differences";

/** Lines of one body that are drawn; the rest is in the source. */
const LINES = 600;

const INK: { [kind in JsonPiece["kind"]]: string | undefined } = { key: undefined, string: "s", number: "n1", word: "k", plain: undefined };

/** The case whose bodies are shown: the selected one, else the first that fails, else the first. Null where neither side of it is a JSON object or array. */
export function bodyCase(cases: readonly CaseRow[], selected: string | null): CaseRow | null {
	const one = cases.find((row) => row.caseName === selected) ?? cases.find((row) => row.verdict === "fail") ?? cases[0];
	if (one === undefined) return null;
	return isBody(one.reference) || isBody(one.candidate) ? one : null;
}

/** The two bodies of a case side by side, every value as the report writes it. */
export function Bodies({ run, one }: { run: RunRow; one: CaseRow }) {
	return (
		<Section
			id="bodies"
			title={
				<>
					Bodies: <span className="m wrap-any" style={{ fontWeight: 600 }}>{one.caseName}</span>
				</>
			}
			note="laid out on lines; every key and value as the report writes it"
			end={<SourceLink path={one.source} line={one.line} short />}
		>
			<div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(320px, 100%), 1fr))", borderBottom: "1px solid var(--rule-strong)" }}>
				<Body side="Reference" name={run.reference} text={one.reference} />
				<Body second side="Candidate" name={run.candidate} text={one.candidate} />
			</div>
			<WireDifferences one={one} note={run.note} />
		</Section>
	);
}

function Body({ side, name, text, second = false }: { side: string; name: string | null; text: string | null; second?: boolean }) {
	const lines = text === null ? [] : jsonLines(text);
	return (
		<section aria-label={`${side} body`} style={{ minWidth: 0, borderLeft: second ? "1px solid var(--rule)" : undefined }}>
			<h3 style={{ font: "var(--weight-label) var(--text-2xs)/16px var(--font-ui)", color: "var(--ink-3)", padding: "6px 10px", borderBottom: "1px solid var(--rule)" }}>
				{side}
				{name !== null && `, ${name}`}
			</h3>
			{text === null ? (
				<div style={{ padding: "2px 10px", lineHeight: "20px", background: "repeating-linear-gradient(135deg, var(--surface-2) 0 2px, transparent 2px 6px)" }}>
					<span className="null">absent</span>
				</div>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
				<pre tabIndex={0} style={{ padding: "4px 10px 8px", lineHeight: "20px", overflow: "auto", maxHeight: 560 }}>
					{lines.slice(0, LINES).map((pieces, i) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
						<span key={i}>
							{pieces.map((piece, j) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
								<span key={j} className={INK[piece.kind]}>
									{piece.text}
								</span>
							))}
							{"\n"}
						</span>
					))}
					{lines.length > LINES && <span className="i3">… {lines.length - LINES} more lines in the report</span>}
				</pre>
			)}
		</section>
	);
}
