import type { Heads } from "./heads";
import type { Outline } from "./outline";
import { hasVerdictTable } from "./parity";
import { COMMIT_DATE, type Shape, WORK_ORDER_KEY } from "./pairs";

export type DocKind = "status page" | "resolution" | "commit log" | "work order" | "plan" | "parity report" | "notebook" | "other";

const COMMIT_SUBJECT = /^[0-9a-f]{7,40} \S/;
const WORK_ORDER_WORDS = new Set(["summary", "mode", "focus", "branch", "mapped tests", "artifacts", "do now", "if blocked", "success criteria", "pitfalls to avoid", "pointers", "next up", "how-to map", "quality gates"]);

/** How a document has to be read at all, told from its lines before it is parsed. */
export function shapeOf(lines: readonly string[]): Shape {
	const dated = lines.filter((line) => COMMIT_DATE.test(line)).length;
	const subjects = lines.filter((line) => COMMIT_SUBJECT.test(line)).length;
	if (dated >= 1 && subjects >= 1 && (dated >= 2 || lines.slice(0, 10).some((line) => /^Author\s+SHA1\s+Message\s+Date\s*$/.test(line)))) return "commit log";
	const first = lines.find((line) => line.trim() !== "");
	if (first === undefined || !WORK_ORDER_KEY.test(first)) return "document";
	const keys = new Set(lines.flatMap((line) => (WORK_ORDER_KEY.exec(line)?.[1] ?? "").toLowerCase() || []));
	return [...keys].filter((key) => WORK_ORDER_WORDS.has(key)).length >= 3 ? "work order" : "document";
}

/** What a document is. A resolution report has a team too and is no status page of it. */
export function kindOf(path: string, heads: Heads, outline: Outline, team: string | null, shape: Shape): DocKind {
	if (shape !== "document") return shape;
	const name = (path.split("/").at(-1) ?? "").replace(/\.\w+$/, "").replace(/[^A-Za-z0-9]+/g, " ");
	const title = heads.title ?? "";
	const says = (pattern: RegExp) => pattern.test(title) || pattern.test(name);
	if (isResolution(heads, outline, says)) return "resolution";
	if ((team !== null && heads.status !== null) || says(/\bstatus\b(?! ?codes?\b)/i)) return "status page";
	if (says(/\b(?:plan|roadmap|ledger|backlog)\b/i) || hasPlanTable(outline)) return "plan";
	return hasVerdictTable(outline) ? "parity report" : "other";
}

function isResolution(heads: Heads, outline: Outline, says: (pattern: RegExp) => boolean): boolean {
	if (says(/\bresolution\b/i)) return heads.issue !== null || says(/\b(?:issue|report|bug|incident)\b/i);
	return heads.issue !== null && (/\b(?:resolved|closed|fixed)\b/i.test(heads.status ?? "") || outline.sections.some((section) => /^resolution\b/i.test(section.title)));
}

function hasPlanTable(outline: Outline): boolean {
	return outline.blocks.some((block) => block.kind === "table" && block.rows.some((row) => row.cells.some((cell) => /^\[[DP ]\]$/.test(cell))));
}
