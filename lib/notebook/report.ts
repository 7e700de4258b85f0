import { escapeMarkup } from "@/lib/model";
import type { CheckResult } from "./check";
import { settingsOf } from "./graph";
import { REPORT_STYLE } from "./report-style";
import { type Block, type Inline, proseOf, visible } from "./prose";
import type { Cell, Notebook, Pin } from "./types";
import { type CellOutcome, type Summary, summaryText } from "./verdict";

/** What a report shows of one cell's run. */
export interface ReportCell {
	state: "ok" | "failed" | "not run";
	sql: string;
	elapsedMs: number;
	columns: readonly { name: string; kind: string }[];
	/** the first rows as text; null is NULL */
	rows: readonly (readonly (string | null)[])[];
	numRows: number;
	message: string | null;
	check: CheckResult | null;
	outcome: CellOutcome | null;
	pin: Pin | null;
	digest: string | null;
	sources: { readonly [path: string]: string | null };
	/** a chart cell's drawing; null for other cells */
	chart: ReportChart | null;
}

/** A drawing that stands for itself: SVG whose text is escaped, and what it leaves out or why there is none, in words. */
export interface ReportChart {
	svg: string | null;
	words: string;
}

export interface Report {
	notebook: Notebook;
	cells: ReadonlyMap<string, ReportCell>;
	summary: Summary;
	/** RFC 3339, when this was run */
	ranAt: string;
	/** what was run: the program and its engine */
	ranWith: string;
	inputs: { readonly [name: string]: string | number | boolean | null };
}

/**
 * A report as one HTML file: it opens from disk, holds no script and reaches nothing (its own policy forbids both). Every result says how
 * many rows it has where it shows fewer.
 */
export function reportHtml(report: Report): string {
	const { notebook } = report;
	const title = visible(notebook.title ?? "Notebook");
	const body = notebook.segments.map((segment) => (segment.kind === "text" ? blocks(proseOf(segment.raw, segment.plain), report) : cellHtml(segment.cell, report))).join("\n");
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<p class="run" role="status"><b>${escapeMarkup(summaryText(report.summary).replace(/\.$/, ""))}.</b> Run ${escapeMarkup(report.ranAt)} with ${escapeMarkup(report.ranWith)}${notebook.pinnedAt === null ? "" : `; pinned ${escapeMarkup(notebook.pinnedAt)}`}. This file shows what that run said; open the notebook in Casebook to run it again.</p>
${body}
${pinsHtml(report)}
${sourcesHtml(report)}
</main>
</body>
</html>
`;
}

function cellHtml(cell: Cell, report: Report): string {
	const run = report.cells.get(cell.name);
	const title = visible(cell.title ?? cell.name);
	if (cell.kind === "input") return `<p class="cell input"><b>${escapeMarkup(title)}</b> <code>${escapeMarkup(visible(String(report.inputs[cell.name] ?? "null")))}</code></p>`;
	const parts: string[] = [`<figure class="cell ${cell.kind}" id="cell-${escapeMarkup(cell.name)}">`, `<figcaption><b>${escapeMarkup(title)}</b>${run ? outcomeHtml(run) : ""}</figcaption>`];
	if (run?.message) parts.push(`<p class="bad">${escapeMarkup(visible(run.message))}</p>`);
	if (cell.kind === "chart") parts.push(chartHtml(cell, run?.chart ?? null));
	else {
		if (run && run.columns.length > 0 && run.state === "ok") parts.push(tableHtml(run));
		parts.push(`<details><summary>SQL</summary><pre>${escapeMarkup(visible(cell.body))}</pre></details>`);
	}
	if (run?.digest) parts.push(`<p class="quiet">digest ${run.digest.slice(0, 8)}…${run.digest.slice(-4)}${run.pin ? `, pinned ${run.pin.digest.slice(0, 8)}…${run.pin.digest.slice(-4)}` : ", not pinned"}, ${run.numRows} ${run.numRows === 1 ? "row" : "rows"} in ${run.elapsedMs.toFixed(1)} ms</p>`);
	parts.push("</figure>");
	return parts.join("\n");
}

/** The drawing's own text was escaped by the library that made it. */
function chartHtml(cell: Cell, chart: ReportChart | null): string {
	const words = chart?.words ?? `A chart of ${String(settingsOf(cell).from ?? "nothing")}, which was not drawn.`;
	return `${chart?.svg ?? ""}${words === "" ? "" : `<p class="quiet">${escapeMarkup(visible(words))}</p>`}`;
}

function outcomeHtml(run: ReportCell): string {
	const words: string[] = [];
	if (run.check) words.push(`<span class="${run.check.passed ? "good" : "bad"}">${run.check.passed ? "passes" : "fails"}: expected ${escapeMarkup(visible(run.check.expected))}, found ${escapeMarkup(visible(run.check.found))}</span>`);
	if (run.state !== "ok") words.push(`<span class="bad">${run.state}</span>`);
	if (run.outcome) words.push(`<span class="${run.outcome.state === "reproduced" ? "good" : run.outcome.state === "changed" ? "bad" : "quiet"}">${escapeMarkup(outcomeText(run.outcome))}</span>`);
	return words.length === 0 ? "" : ` ${words.join(" · ")}`;
}

/** An outcome in words: `changed: 7 → 8 (logs/a.jsonl differs)`. */
export function outcomeText(outcome: CellOutcome): string {
	switch (outcome.state) {
		case "reproduced":
			return "reproduced";
		case "reproduced on changed sources":
			return `reproduced on changed sources (${visible(outcome.sources.join(", "))})`;
		case "changed":
			return `changed: ${visible(outcome.before ?? "null")} → ${visible(outcome.after ?? "null")}${outcome.sources.length === 0 ? "; every source it read is the pinned one" : ` (${visible(outcome.sources.join(", "))} ${outcome.sources.length === 1 ? "differs" : "differ"})`}`;
		case "cannot be checked":
			return `cannot be checked: ${visible(outcome.why)}`;
	}
}

function tableHtml(run: ReportCell): string {
	const cellOf = (text: string | null, kind: string) => `<td${kind === "number" ? ' class="n"' : ""}>${text === null ? "<i>null</i>" : escapeMarkup(visible(text))}</td>`;
	const rows = run.rows.map((row) => `<tr>${row.map((text, at) => cellOf(text, run.columns[at]?.kind ?? "text")).join("")}</tr>`).join("");
	const more = run.numRows > run.rows.length ? `<p class="quiet">${run.rows.length} of ${run.numRows} rows are shown.</p>` : "";
	return `<div class="scroll"><table><thead><tr>${run.columns.map((column) => `<th scope="col">${escapeMarkup(visible(column.name))}</th>`).join("")}</tr></thead><tbody>${rows}</tbody></table></div>${more}`;
}

/** Every result with its digest, what was pinned of it, and what the run says: what a reader holds against another run. */
function pinsHtml(report: Report): string {
	const rows = report.notebook.segments.flatMap((segment) => {
		const run = segment.kind === "cell" ? report.cells.get(segment.cell.name) : undefined;
		if (segment.kind !== "cell" || !run || (run.digest === null && run.pin === null)) return [];
		const { name } = segment.cell;
		const sources = Object.keys(run.sources).length;
		return [`<tr><td><a href="#cell-${escapeMarkup(name)}">${escapeMarkup(name)}</a></td><td class="hash">${run.digest ?? "<i>did not run</i>"}</td><td class="hash">${run.pin === null ? "<i>not pinned</i>" : run.pin.digest === run.digest ? "the same" : run.pin.digest}</td><td class="n">${run.numRows}</td><td class="n">${sources}</td><td>${run.outcome === null ? "" : escapeMarkup(run.outcome.state)}</td></tr>`];
	});
	if (rows.length === 0) return "";
	return `<h2>Pins</h2>\n<div class="scroll"><table><thead><tr><th scope="col">cell</th><th scope="col">digest of this run</th><th scope="col">pinned</th><th scope="col" class="n">rows</th><th scope="col" class="n">sources</th><th scope="col">says</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function sourcesHtml(report: Report): string {
	const hashes = new Map<string, string | null>();
	for (const run of report.cells.values()) for (const [path, hash] of Object.entries(run.sources)) hashes.set(path, hash);
	if (hashes.size === 0) return "";
	return `<h2>Sources</h2>\n<div class="scroll"><table><thead><tr><th scope="col">file</th><th scope="col">sha256</th></tr></thead><tbody>${[...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, hash]) => `<tr><td>${escapeMarkup(visible(path))}</td><td class="hash">${hash === null ? "<i>not known</i>" : hash}</td></tr>`).join("")}</tbody></table></div>`;
}

function blocks(list: readonly Block[], report: Report): string {
	return list.map((block) => blockHtml(block, report)).join("\n");
}

function blockHtml(block: Block, report: Report): string {
	const line = (children: readonly Inline[]) => children.map((child) => inlineHtml(child, report)).join("");
	switch (block.kind) {
		case "heading":
			return `<h${block.level}>${line(block.children)}</h${block.level}>`;
		case "paragraph":
			return `<p>${line(block.children)}</p>`;
		case "list": {
			const items = block.items.map((item) => `<li>${item.checked === null ? "" : item.checked ? "[x] " : "[ ] "}${blocks(item.children, report)}</li>`).join("");
			return block.ordered ? `<ol start="${Math.trunc(block.start)}">${items}</ol>` : `<ul>${items}</ul>`;
		}
		case "quote":
			return `<blockquote>${blocks(block.children, report)}</blockquote>`;
		case "code":
			return `<pre>${escapeMarkup(block.text)}</pre>`;
		case "table": {
			const cells = (row: readonly Inline[][], tag: "th" | "td") => row.map((cell, at) => `<${tag}${block.align[at] === "right" ? ' class="n"' : ""}>${line(cell)}</${tag}>`).join("");
			return `<div class="scroll"><table><thead><tr>${cells(block.head, "th")}</tr></thead><tbody>${block.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("")}</tbody></table></div>`;
		}
		case "rule":
			return "<hr>";
	}
}

function inlineHtml(inline: Inline, report: Report): string {
	switch (inline.kind) {
		case "text":
			return escapeMarkup(inline.text);
		case "strong":
			return `<strong>${inline.children.map((child) => inlineHtml(child, report)).join("")}</strong>`;
		case "emphasis":
			return `<em>${inline.children.map((child) => inlineHtml(child, report)).join("")}</em>`;
		case "deleted":
			return `<del>${inline.children.map((child) => inlineHtml(child, report)).join("")}</del>`;
		case "code":
			return `<code>${escapeMarkup(inline.text)}</code>`;
		case "link":
			// Paths of this site lead nowhere from a file on disk.
			return inline.href.startsWith("/") ? inline.children.map((child) => inlineHtml(child, report)).join("") : `<a href="${escapeMarkup(inline.href)}" rel="noopener noreferrer">${inline.children.map((child) => inlineHtml(child, report)).join("")}</a>`;
		case "break":
			return "<br>";
		case "figure": {
			const run = report.cells.get(inline.figure.cell);
			const at = run?.columns.findIndex((column) => column.name.toLowerCase() === inline.figure.column.toLowerCase()) ?? -1;
			const row = run?.rows[inline.figure.row];
			if (!run || at < 0 || !row) return `<span class="bad">${escapeMarkup(visible(inline.figure.raw))}</span>`;
			const text = row[at] ?? null;
			return `<a class="figure" href="#cell-${escapeMarkup(inline.figure.cell)}">${text === null ? "<i>null</i>" : escapeMarkup(visible(text))}</a>`;
		}
	}
}
