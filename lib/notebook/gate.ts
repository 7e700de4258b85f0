import { escapeMarkup } from "@/lib/model";
import type { Notebook } from "./types";
import type { CellOutcome } from "./verdict";

/** One line of a gate: a check, or a pinned cell. */
export interface GateLine {
	notebook: string;
	cell: string;
	line: number;
	what: "check" | "pin" | "cell";
	state: "passed" | "failed" | "could not be checked";
	text: string;
	elapsedMs: number;
}

/** What a gate knows of one cell's run. */
export interface GateCell {
	name: string;
	line: number;
	title: string | null;
	elapsedMs: number;
	/** why it did not run to its end; null when it did */
	problem: string | null;
	check: { passed: boolean; expected: string; found: string } | null;
	/** null: the cell has no pin */
	outcome: CellOutcome | null;
	outcomeText: string | null;
	/** rows that its sources gave at all; 0 means that it ran on nothing */
	sources: number;
}

/**
 * The lines of one notebook, in the order of its cells. A check passes only when it ran, and on data: one that read no source at all
 * could not be checked. A pinned cell that changed fails; a cell without check and pin is a line only when it did not run.
 */
export function gateLines(path: string, notebook: Notebook, cells: readonly GateCell[]): GateLine[] {
	const lines: GateLine[] = [];
	for (const cell of cells) {
		const base = { notebook: path, cell: cell.name, line: cell.line, elapsedMs: cell.elapsedMs };
		const named = cell.title ?? cell.name;
		if (cell.problem !== null) {
			lines.push({ ...base, what: cell.check ? "check" : "cell", state: "could not be checked", text: `${named}: ${cell.problem}` });
			continue;
		}
		if (cell.check) {
			const ran = `expected ${cell.check.expected}, found ${cell.check.found}`;
			if (cell.sources === 0) lines.push({ ...base, what: "check", state: "could not be checked", text: `${named}: it read no source, so it checked nothing (${ran})` });
			else lines.push({ ...base, what: "check", state: cell.check.passed ? "passed" : "failed", text: `${named}: ${ran}` });
		}
		if (cell.outcome !== null && cell.outcomeText !== null) {
			const state = cell.outcome.state === "changed" ? "failed" : cell.outcome.state === "cannot be checked" ? "could not be checked" : "passed";
			lines.push({ ...base, what: "pin", state, text: `${named}: ${cell.outcomeText}` });
		}
	}
	for (const problem of notebook.problems) lines.push({ notebook: path, cell: "", line: problem.line, what: "cell", state: "could not be checked", text: problem.message, elapsedMs: 0 });
	return lines;
}

/** 0 all passed · 1 one failed · 2 something could not be checked, or nothing was there to check. */
export function exitCode(lines: readonly GateLine[]): 0 | 1 | 2 {
	if (lines.some((line) => line.state === "failed")) return 1;
	if (lines.length === 0 || lines.some((line) => line.state === "could not be checked")) return 2;
	return 0;
}

/** XML has no way to write these characters. */
const xml = (text: string) => escapeMarkup(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd"));

/** The lines as JUnit XML: a suite a notebook, a test a line. What could not be checked is an error. */
export function junitXml(lines: readonly GateLine[], ranAt: string): string {
	const suites = grouped(lines);
	const of = (list: readonly GateLine[], state: GateLine["state"]) => list.filter((line) => line.state === state).length;
	const body = [...suites].map(([notebook, list]) => {
		const tests = list.map((line) => {
			const open = `<testcase classname="${xml(notebook)}" name="${xml(`${line.cell || `line ${line.line}`} (${line.what})`)}" file="${xml(notebook)}" line="${line.line}" time="${(line.elapsedMs / 1000).toFixed(3)}"`;
			if (line.state === "passed") return `${open}/>`;
			const tag = line.state === "failed" ? "failure" : "error";
			return `${open}><${tag} message="${xml(line.text)}">${xml(line.text)}</${tag}></testcase>`;
		});
		return `<testsuite name="${xml(notebook)}" tests="${list.length}" failures="${of(list, "failed")}" errors="${of(list, "could not be checked")}" skipped="0" time="${(list.reduce((sum, line) => sum + line.elapsedMs, 0) / 1000).toFixed(3)}" timestamp="${xml(ranAt)}">${tests.join("")}</testsuite>`;
	});
	return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="casebook" tests="${lines.length}" failures="${of(lines, "failed")}" errors="${of(lines, "could not be checked")}">${body.join("")}</testsuites>\n`;
}

function grouped(lines: readonly GateLine[]): Map<string, GateLine[]> {
	const out = new Map<string, GateLine[]>();
	for (const line of lines) out.set(line.notebook, [...(out.get(line.notebook) ?? []), line]);
	return out;
}

/** A summary in Markdown, as CI systems show it: failing lines first. */
export function gateMarkdown(lines: readonly GateLine[]): string {
	const order: GateLine["state"][] = ["failed", "could not be checked", "passed"];
	const cell = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replace(/[\r\n]+/g, " ").replaceAll("<", "&lt;");
	const sorted = [...lines].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
	const count = (state: GateLine["state"]) => lines.filter((line) => line.state === state).length;
	return [`**${count("passed")} of ${lines.length} passed**${count("failed") > 0 ? `, ${count("failed")} failed` : ""}${count("could not be checked") > 0 ? `, ${count("could not be checked")} could not be checked` : ""}`, "", "| state | notebook | cell | |", "|---|---|---|---|", ...sorted.map((line) => `| ${line.state} | ${cell(line.notebook)}:${line.line} | ${cell(line.cell)} | ${cell(line.text)} |`), ""].join("\n");
}
