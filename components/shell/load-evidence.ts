import type { EvidenceData, EvidenceLine } from "@/components/evidence/types";
import { evidenceOf } from "@/lib/answer/evidence";
import type { Engine } from "@/lib/engine/engine";
import { literal, type NamedQuery, type Params } from "@/lib/tables/query";
import { comparedText } from "./compared-text";
import type { WorkspaceSession } from "./workspace-session";

const LINES = 50;
const CONTEXT = 1;
/** a raw line is cut for the drawer; the source page shows it whole */
const LINE_CHARS = 4000;

/** The evidence of a figure: its query run again, the first source lines with their neighbours, and the sources' hashes. */
export async function loadEvidenceFor(engine: Engine, session: WorkspaceSession, query: NamedQuery<Params, unknown>, params: Params, signal: AbortSignal): Promise<EvidenceData> {
	const evidence = await evidenceOf(engine, query, params, LINES, signal);
	const lines: EvidenceLine[] = await Promise.all(evidence.lines.map((place) => withText(session, place, signal)));
	const described = evidence.sources.length === 0 ? null : await engine.query(`SELECT path, sha256, bytes, rejects FROM sources WHERE path IN (${evidence.sources.map(literal).join(", ")}) ORDER BY path`, { signal });
	await described?.complete;
	return {
		sql: evidence.sql,
		elapsedMs: evidence.elapsedMs,
		rows: evidence.rows,
		lines,
		linesTotal: evidence.linesTotal,
		sources: Array.from({ length: described?.numRows ?? 0 }, (_, row) => {
			const path = described!.text(row, 0) ?? "";
			return { path, sha256: described!.text(row, 1), bytes: Number(described!.cell(row, 2)), rejects: Number(described!.cell(row, 3)), loadedAt: session.info(path)?.loadedAt ?? null };
		}),
		note: await comparedNote(engine, params, signal),
	};
}

/** What the run behind a figure compared and what it did not, in one sentence; null where no one run is behind it. */
async function comparedNote(engine: Engine, params: Params, signal: AbortSignal): Promise<string | null> {
	const { probe, run } = params;
	if (typeof probe !== "string" || typeof run !== "string") return null;
	const counts = await engine.query(`SELECT passed, failed, unmatched, incomparable, skipped FROM runs WHERE probe = ${literal(probe)} AND run = ${literal(run)}`, { signal });
	await counts.complete;
	if (counts.numRows === 0) return null;
	const [passed = 0, failed = 0, unmatched = 0, incomparable = 0, skipped = 0] = counts.columns.map((_, column) => Number(counts.cell(0, column)));
	return comparedText({ passed, failed, unmatched, incomparable, skipped });
}

async function withText(session: WorkspaceSession, place: { source: string; line: number | null }, signal: AbortSignal): Promise<EvidenceLine> {
	const { source, line } = place;
	const bare: EvidenceLine = { source, line, text: null, before: [], after: [] };
	if (line === null) return bare;
	try {
		const from = Math.max(1, line - CONTEXT);
		const text = await session.lines(source, from, line - from + 1 + CONTEXT, signal);
		const at = (number: number) => ({ line: number, text: (text.lines[number - text.first] ?? "").slice(0, LINE_CHARS) });
		const last = text.first + text.lines.length - 1;
		return {
			...bare,
			text: at(line).text,
			before: Array.from({ length: line - text.first }, (_, i) => at(text.first + i)),
			after: Array.from({ length: Math.max(0, last - line) }, (_, i) => at(line + 1 + i)),
		};
	} catch (error) {
		if (signal.aborted) throw error;
		// The file is gone or no text: the place still stands, the drawer says that the line could not be fetched.
		return bare;
	}
}
