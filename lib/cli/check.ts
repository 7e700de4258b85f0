import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { pinsOf, type NotebookRun, runNotebook } from "@/lib/answer/notebook";
import { inputValues, readyInputs } from "@/lib/answer/notebook-inputs";
import { archiveOf, archiveParts } from "@/lib/answer/notebook-archive";
import { chartsOf } from "@/lib/answer/notebook-chart";
import { gateCells, reportOf } from "@/lib/answer/notebook-report";
import type { Engine } from "@/lib/engine/engine";
import { exitCode, type GateLine, gateLines, gateMarkdown, junitXml } from "@/lib/notebook/gate";
import { withPins } from "@/lib/notebook/front-matter";
import { isNotebook, laterVersion, parseNotebook, toMarkdown } from "@/lib/notebook/parse";
import { reportHtml } from "@/lib/notebook/report";
import type { Notebook } from "@/lib/notebook/types";
import type { Workspace } from "@/lib/workspace/types";

export interface CheckOptions {
	/** paths inside the workspace; none: every notebook in it */
	notebooks: readonly string[];
	junit: string | null;
	html: string | null;
	markdown: string | null;
	/** where the one notebook and the sources that it reads are packed */
	archive: string | null;
	updatePins: boolean;
	/** the workspace's folder on disk, where pins are written; null: it is an archive, which nothing is written to */
	root: string | null;
	out: (line: string) => void;
	now: () => Date;
}

/** A notebook that cannot be checked because of what was asked for: the caller prints it and exits with 2. */
export class CheckProblem extends Error {}

/**
 * Runs notebooks as gates over a loaded workspace and prints one line a check or pin, with what it expected and found. Returns the exit
 * code: 0 all passed, 1 one failed or changed, 2 something could not be checked or there was nothing to check.
 */
export async function checkNotebooks(engine: Engine, workspace: Workspace, options: CheckOptions): Promise<number> {
	const found = await notebooksOf(workspace, options.notebooks);
	if (options.updatePins && options.root === null) throw new CheckProblem("An archive is not written to. Unpack it, and write the pins into the folder.");
	if (options.archive !== null && found.length !== 1) throw new CheckProblem(`--archive packs one notebook; name it (${found.length === 0 ? "there is none here" : found.map((one) => one.path).join(", ")}).`);
	const at = options.now().toISOString();
	const lines: GateLine[] = [];
	const pages: { name: string; html: string }[] = [];
	for (const { path: file, notebook } of found) {
		const later = laterVersion(notebook);
		if (later !== null) {
			lines.push({ notebook: file, cell: "", line: 1, what: "cell", state: "could not be checked", text: later, elapsedMs: 0 });
			continue;
		}
		const inputs = await readyInputs(engine, notebook, {});
		const run = await runNotebook(engine, notebook, inputValues(inputs));
		const own = gateLines(file, notebook, gateCells(notebook, run));
		for (const { spec, problem } of inputs) if (problem !== null) own.push({ notebook: file, cell: spec.name, line: 1, what: "cell", state: "could not be checked", text: problem, elapsedMs: 0 });
		for (const line of own) options.out(lineText(line));
		options.out(`  ${file}: ${runFacts(run, inputs.length)}`);
		lines.push(...own);
		if (options.html !== null) pages.push({ name: file, html: reportHtml(reportOf(notebook, run, { at, with: engine.version }, await chartsOf(engine, notebook, run))) });
		if (options.updatePins && options.root !== null) options.out(await updatePins(options.root, file, notebook, run, at));
		if (options.archive !== null) options.out(await writeArchiveFile(options.archive, engine, workspace, file, notebook, run, at));
	}
	const code = exitCode(lines);
	if (lines.length === 0) options.out(found.length === 0 ? "casebook: no notebook in this workspace: nothing was checked. A notebook is a .md file whose front matter says casebook: 1." : "casebook: the notebooks have neither checks nor pins: nothing was checked.");
	if (options.junit !== null) await writeFile(options.junit, junitXml(lines, at));
	if (options.markdown !== null) await writeFile(options.markdown, gateMarkdown(lines));
	if (options.html !== null) await writePages(options.html, pages);
	return code;
}

function lineText(line: GateLine): string {
	const word = { passed: "pass", failed: "FAIL", "could not be checked": "NOT CHECKED" }[line.state];
	return `${word.padEnd(11)} ${line.notebook}:${line.line} ${line.what} ${line.text} (${line.elapsedMs.toFixed(0)} ms)`;
}

function runFacts(run: NotebookRun, inputs: number): string {
	const sources = new Set([...run.cells.values()].flatMap((cell) => Object.keys(cell.sources)));
	const values = Object.entries(run.inputs).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
	return `${run.cells.size} cells, ${sources.size} ${sources.size === 1 ? "source" : "sources"} read${inputs === 0 ? "" : `, with ${values.join(", ")}`}`;
}

async function notebooksOf(workspace: Workspace, asked: readonly string[]): Promise<{ path: string; notebook: Notebook }[]> {
	const manifest = await workspace.manifest();
	const served = new Map(manifest.files.filter((file) => file.state === "served").map((file) => [file.path, file]));
	for (const name of asked) if (!served.has(name)) throw new CheckProblem(`${name} is no file of this workspace. Notebooks are named by their path inside it.`);
	const out: { path: string; notebook: Notebook }[] = [];
	for (const file of served.values()) {
		if (asked.length > 0 ? !asked.includes(file.path) : !/\.(md|markdown)$/i.test(file.path)) continue;
		const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode((await workspace.bytes(file.path, 0, file.bytes)).bytes);
		if (isNotebook(text)) out.push({ path: file.path, notebook: parseNotebook(text) });
		else if (asked.length > 0) throw new CheckProblem(`${file.path} is no notebook: its front matter does not say casebook: 1.`);
	}
	return out;
}

/** Writes what the run came to as the notebook's pins, beside the file first, so that no half of it is ever there. */
async function updatePins(root: string, file: string, notebook: Notebook, run: NotebookRun, at: string): Promise<string> {
	const { pins, unpinned } = pinsOf(run);
	const failed = [...run.cells.values()].filter((cell) => cell.state !== "ok" || cell.check?.passed === false).map((cell) => cell.cell.name);
	if (failed.length > 0) return `  ${file}: pins not written, because ${failed.join(", ")} did not pass`;
	const target = path.join(root, file);
	const beside = `${target}.casebook-${process.pid}`;
	await writeFile(beside, toMarkdown({ ...notebook, head: withPins(notebook.head, at, pins) }));
	await rename(beside, target);
	return `  ${file}: ${Object.keys(pins).length} pins written${unpinned.length === 0 ? "" : `; without a pin, because a source's hash is not known: ${unpinned.join(", ")}`}`;
}

/** Packs the notebook, with the pins of this run, and what it reads. */
async function writeArchiveFile(target: string, engine: Engine, workspace: Workspace, file: string, notebook: Notebook, run: NotebookRun, at: string): Promise<string> {
	const { pins } = pinsOf(run);
	const parts = await archiveParts(engine, run);
	const bytes = await archiveOf(workspace, { fileName: file, text: toMarkdown({ ...notebook, head: withPins(notebook.head, at, pins) }) }, parts, at);
	await writeFile(target, bytes);
	const left = parts.filter((part) => part.problem !== null).map((part) => `${part.path} (${part.problem})`);
	return `  ${file}: archive of ${parts.length - left.length} sources, ${bytes.length} bytes${left.length === 0 ? "" : `; not in it: ${left.join(", ")}`}`;
}

/** One notebook is the file that was named; several are files in a folder of that name. */
async function writePages(target: string, pages: readonly { name: string; html: string }[]): Promise<void> {
	if (pages.length === 1 && !target.endsWith("/")) {
		await writeFile(target, pages[0]!.html);
		return;
	}
	await mkdir(target, { recursive: true });
	for (const page of pages) await writeFile(path.join(target, `${page.name.replaceAll("/", "__")}.html`), page.html);
}
