import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { openNodeEngine } from "@/lib/engine/open-node";
import type { Engine } from "@/lib/engine/engine";
import { load } from "@/lib/load/load";
import { failureOf } from "@/lib/model";
import { archiveWorkspace, checkArchiveSize, isArchiveName } from "@/lib/workspace/archive";
import { folderWorkspace } from "@/lib/workspace/folder";
import type { Workspace } from "@/lib/workspace/types";
import { CheckProblem, checkNotebooks } from "./check";
import { baseOf, exportSite } from "./export-site";
import { type Format, FORMATS, printResult, printTable } from "./print";
import { writeSample } from "./sample";

const USAGE = `casebook: the rooms of Casebook without a browser

  casebook serve [PATH] [--port N] [--host NAME] [--token T] [--include GLOB] [--write]   serve a folder and print the URL
  casebook export-site PATH OUT [--base /SUB] [--include GLOB]   a static copy of the app and a folder, for any host
  casebook sample OUT                                 write the sample workspace
  casebook sources PATH [--strict] [--include GLOB]   each source with format, lines, records, rejects, state
  casebook query PATH "SQL" [--format ${FORMATS.join("|")}]   rows of a query
  casebook status PATH                                the probes board as text
  casebook check PATH [NOTEBOOK…] [--junit F] [--html F] [--md F] [--archive F] [--update-pins]   run notebooks as a gate

  PATH is a folder, or an archive (x.casebook.zip) of a notebook and its sources.`;

interface Arguments {
	positional: string[];
	flags: Map<string, string[]>;
}

/** Runs a command; resolves to its exit code. Results go to stdout, all else to stderr. */
export async function main(argv: readonly string[]): Promise<number> {
	const [command, ...rest] = argv;
	// A reader that has seen enough (`| head`) closes the pipe; that is its right and no failure.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code === "EPIPE") process.exit(0);
		throw error;
	});
	try {
		switch (command) {
			case "sources":
				return await sources(parse(rest, ["strict"], ["include"]));
			case "query":
				return await query(parse(rest, [], ["format", "include"]));
			case "status":
				return await status(parse(rest, [], ["include"]));
			case "check":
				return await check(parse(rest, ["update-pins"], ["junit", "html", "md", "archive", "include"]));
			case "export-site":
				return await site(parse(rest, [], ["base", "include"]));
			case "sample":
				return await sample(parse(rest, [], []));
			case "help":
			case "--help":
			case "-h":
				process.stdout.write(`${USAGE}\n`);
				return 0;
			default:
				throw new UsageError(command === undefined ? "no command" : `no command ${command}`);
		}
	} catch (error) {
		if (error instanceof UsageError) {
			process.stderr.write(`casebook: ${error.message}\n\n${USAGE}\n`);
			return 1;
		}
		const failure = failureOf(error);
		const where = failure.kind === "query" && failure.position !== undefined ? place(failure.sql, failure.position) : "";
		const hint = failure.kind === "query" && failure.candidates.length > 0 ? ` Did you mean ${failure.candidates.join(" or ")}?` : "";
		process.stderr.write(`casebook: ${where}${failure.message}${hint}\n`);
		return 1;
	}
}

class UsageError extends Error {}

function parse(args: readonly string[], switches: readonly string[], options: readonly string[]): Arguments {
	const positional: string[] = [];
	const flags = new Map<string, string[]>();
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		if (!arg.startsWith("--") || arg === "--") {
			positional.push(arg);
			continue;
		}
		const [name, inline] = arg.slice(2).split(/=(.*)/s) as [string, string | undefined];
		if (switches.includes(name)) flags.set(name, ["true"]);
		else if (options.includes(name)) {
			const value = inline ?? args[++i];
			if (value === undefined) throw new UsageError(`--${name} needs a value`);
			flags.set(name, [...(flags.get(name) ?? []), value]);
		} else throw new UsageError(`no option --${name}`);
	}
	return { positional, flags };
}

/** Line and column of a place in a query, 1-based. */
function place(sql: string, position: number): string {
	const before = sql.slice(0, position).split("\n");
	return `line ${before.length}, column ${before.at(-1)!.length + 1}: `;
}

async function folderOf(folder: string | undefined): Promise<string> {
	if (folder === undefined) throw new UsageError("no folder named");
	const root = path.resolve(callerFolder(), folder);
	const found = await stat(root).catch(() => null);
	if (!found) throw new UsageError(`${folder} does not exist`);
	if (!found.isDirectory()) throw new UsageError(`${folder} is a file; name the folder that holds it`);
	return root;
}

/** The workspace of a `.casebook.zip`; null where the path is none. */
async function archiveOf(file: string | undefined): Promise<Workspace | null> {
	if (file === undefined || !isArchiveName(file)) return null;
	const where = path.resolve(callerFolder(), file);
	const found = await stat(where).catch(() => null);
	if (found === null || found.isDirectory()) return null;
	const name = path.basename(where);
	checkArchiveSize(name, found.size);
	return archiveWorkspace(name, () => readFile(where));
}

/** `root` is null for an archive, which nothing is written to. */
async function withWorkspace(folder: string | undefined, flags: Map<string, string[]>, use: (engine: Engine, root: string | null, workspace: Workspace) => Promise<number>): Promise<number> {
	const archive = await archiveOf(folder);
	const root = archive === null ? await folderOf(folder) : null;
	const engine = await openNodeEngine();
	try {
		const workspace = root === null ? archive! : folderWorkspace(root, { include: flags.get("include") ?? [] });
		await load(workspace, engine);
		return await use(engine, root, workspace);
	} finally {
		await engine.close();
	}
}

function sources({ positional, flags }: Arguments): Promise<number> {
	return withWorkspace(positional[0], flags, async (engine) => {
		const result = await engine.query("SELECT path, format, lines, records, rejects, blanks, comments, other, pending, rows, state, note FROM sources ORDER BY path");
		await result.complete;
		await printTable(result, process.stdout);
		const rejects = await engine.query("SELECT coalesce(sum(rejects), 0)::BIGINT FROM sources");
		await rejects.complete;
		return flags.has("strict") && Number(rejects.cell(0, 0)) > 0 ? 1 : 0;
	});
}

function query({ positional, flags }: Arguments): Promise<number> {
	const format = (flags.get("format")?.at(-1) ?? "table") as Format;
	if (!FORMATS.includes(format)) throw new UsageError(`no format ${format}; there are ${FORMATS.join(", ")}`);
	const [folder, sql] = positional;
	if (sql === undefined) throw new UsageError("no query named");
	return withWorkspace(folder, flags, async (engine) => {
		await printResult(await engine.query(sql, { role: "user", maxRows: Number.MAX_SAFE_INTEGER }), format, process.stdout);
		return 0;
	});
}

function status({ positional, flags }: Arguments): Promise<number> {
	return withWorkspace(positional[0], flags, async (engine) => {
		const result = await engine.query(
			"SELECT status, probe, passed || '/' || compared AS pass, total - compared AS not_compared, first_divergence, broken_since, runs FROM probes ORDER BY CASE status WHEN 'fail' THEN 0 WHEN 'incomplete' THEN 1 WHEN 'not compared' THEN 2 ELSE 3 END, probe",
		);
		await result.complete;
		await printTable(result, process.stdout);
		const statuses = Array.from({ length: result.numRows }, (_, row) => result.text(row, 0));
		if (statuses.includes("fail")) return 1;
		if (statuses.length === 0) process.stderr.write("casebook: no probe in this workspace: nothing was compared\n");
		return statuses.length === 0 || statuses.some((word) => word !== "pass") ? 2 : 0;
	});
}

async function check({ positional, flags }: Arguments): Promise<number> {
	const [folder, ...notebooks] = positional;
	const last = (name: string) => {
		const value = flags.get(name)?.at(-1);
		return value === undefined ? null : path.resolve(callerFolder(), value) + (value.endsWith("/") ? "/" : "");
	};
	try {
		return await withWorkspace(folder, flags, (engine, root, workspace) =>
			checkNotebooks(engine, workspace, { notebooks, junit: last("junit"), html: last("html"), markdown: last("md"), archive: last("archive"), updatePins: flags.has("update-pins"), root, out: (line) => process.stdout.write(`${line}\n`), now: () => new Date() }),
		);
	} catch (error) {
		// A gate that could not look is not a gate that passed, and not one that failed.
		if (error instanceof UsageError) throw error;
		process.stderr.write(`casebook: ${error instanceof CheckProblem ? error.message : failureOf(error).message}\n`);
		return 2;
	}
}

async function sample({ positional }: Arguments): Promise<number> {
	const [out] = positional;
	if (out === undefined) throw new UsageError("no folder named");
	const { files, bytes } = await writeSample(path.resolve(callerFolder(), out));
	process.stderr.write(`casebook: ${files} files, ${bytes} bytes in ${out}\n`);
	return 0;
}

async function site({ positional, flags }: Arguments): Promise<number> {
	const [folder, out, ...more] = positional;
	const root = await folderOf(folder);
	if (out === undefined || more.length > 0) throw new UsageError("name the folder to export and the folder for the copy");
	const { files, bytes, leftOut, failed } = await exportSite(root, path.resolve(callerFolder(), out), { base: baseOf(flags.get("base")?.at(-1) ?? ""), include: flags.get("include") ?? [] });
	for (const file of failed) process.stderr.write(`casebook: ${file.path} was not copied: ${file.message}\n`);
	process.stderr.write(`casebook: the app and ${files} files of ${folder} (${bytes} bytes) in ${out}${leftOut === 0 ? "" : `; ${leftOut} left out are listed there and not copied`}\n`);
	return failed.length === 0 ? 0 : 1;
}

/** npm runs a script in the package's folder and keeps the caller's in INIT_CWD; npx stays in the caller's. */
function callerFolder(): string {
	return (process.env.npm_lifecycle_event === "casebook" && process.env.INIT_CWD) || process.cwd();
}
