import { membersIn } from "@/lib/formats/json/members";
import { plainText, sourceOf, stringOf } from "@/lib/formats/json/strings";
import { NULL, NUMBER, OBJECT, STRING, Tape } from "@/lib/formats/json/tape";
import { readTime } from "@/lib/formats/markdown/dates";

/** What a file beside results says of their run. */
export interface RunFacts {
	/** nanoseconds UTC */
	ranAt: bigint | null;
	commit: string | null;
	exitCode: number | null;
	/** name to value, nested names dotted; null is a null of the file. Null where the file is no environment */
	environment: Map<string, string | null> | null;
	/** text of a commands file */
	commands: string | null;
}

/** Files that describe the run of their folder: where several say a thing, the first counts. */
const DESCRIPTIONS = ["run_metadata.json", "env.json", "trace_env.json", "environment.json", "git_sha.txt", "env.txt"];
const COMMANDS = ["commands.txt", "commands.sh", "command.txt"];
const EXIT_CODES = ["exit_code.txt", "exit_code", "exit_status.txt", "returncode.txt"];
export const FACT_FILES: readonly string[] = [...DESCRIPTIONS, ...COMMANDS, ...EXIT_CODES];

const TIME_KEYS = ["timestamp", "timestamp_utc", "timestamp_iso", "ran_at", "date"];
const COMMIT_KEYS = ["git_commit", "git_sha", "git_head", "commit_sha", "commit", "git_short_sha"];
const EXIT_KEYS = ["exit_code", "exitcode", "exit_status", "returncode", "return_code"];
const COMMIT_TEXT = /^[0-9a-f]{7,40}(?=\s|$)/i;
const DEPTH = 32;
/** Of a longer commands file the rest is on its source page. */
export const MAX_COMMANDS = 100_000;

export function isCommandsFile(name: string): boolean {
	return COMMANDS.includes(name);
}

export function isEnvironmentFile(name: string): boolean {
	return name !== "git_sha.txt" && DESCRIPTIONS.includes(name);
}

/** The facts in one of `FACT_FILES`. Text that is not what its name promises says nothing. */
export function factsOf(name: string, text: string): RunFacts {
	const facts: RunFacts = { ranAt: null, commit: null, exitCode: null, environment: null, commands: null };
	if (name === "git_sha.txt") return { ...facts, commit: COMMIT_TEXT.exec(text.trim())?.[0] ?? null };
	if (EXIT_CODES.includes(name)) return { ...facts, exitCode: integerOf(/^\s*(?:exit[ _]?(?:code|status)\s*[:=]?\s*)?([-+]?\d+)\s*$/i.exec(text)?.[1]) };
	if (isCommandsFile(name)) return { ...facts, ...commandFacts(text) };
	const environment = name.endsWith(".json") ? jsonEnvironment(text) : plainEnvironment(text);
	if (environment === null) return facts;
	const lower = new Map([...environment].map(([key, value]) => [key.toLowerCase(), value]));
	const first = (keys: readonly string[]) => keys.map((key) => lower.get(key)).find((value) => value !== undefined && value !== null && value !== "") ?? null;
	const time = TIME_KEYS.map((key) => lower.get(key)).find((value) => typeof value === "string" && readTime(value) !== null);
	return { ...facts, environment, ranAt: time ? readTime(time)!.ns : null, commit: first(COMMIT_KEYS), exitCode: integerOf(first(EXIT_KEYS)) };
}

/** Comments of a commands file say when and on which commit, as a last resort. */
function commandFacts(text: string): Partial<RunFacts> {
	const comment = (names: string) => new RegExp(`^#+[ \\t]*(?:${names})[ \\t]*[:=][ \\t]*(\\S.*)$`, "im").exec(text)?.[1] ?? null;
	const time = comment("timestamp|date|ran at|run at|started");
	const cut = text.length > MAX_COMMANDS ? `${text.slice(0, MAX_COMMANDS)}\n… cut after ${MAX_COMMANDS.toLocaleString("en-US")} of ${text.length.toLocaleString("en-US")} characters` : text;
	return { commands: cut, ranAt: time === null ? null : (readTime(time)?.ns ?? null), commit: COMMIT_TEXT.exec(comment("git sha|git commit|commit|revision") ?? "")?.[0] ?? null };
}

function jsonEnvironment(text: string): Map<string, string | null> | null {
	const tape = new Tape();
	const bytes = new TextEncoder().encode(text.replace(/^\uFEFF/, ""));
	if (tape.parse(bytes, 0, bytes.length) !== null || tape.kind(0) !== OBJECT) return null;
	const environment = new Map<string, string | null>();
	const visit = (token: number, prefix: string, depth: number) => {
		for (const [key, value] of membersIn(tape, token)) {
			const name = `${prefix}${stringOf(tape, key)}`;
			const kind = tape.kind(value);
			if (kind === OBJECT && tape.count(value) > 0 && depth < DEPTH) visit(value, `${name}.`, depth + 1);
			else if (kind === NULL) environment.set(name, null);
			else environment.set(name, kind === STRING || kind === NUMBER ? plainText(tape, value) : sourceOf(tape, value));
		}
	};
	visit(0, "", 0);
	return environment;
}

/** `KEY=VALUE` lines, with or without `export`; null where at least half of the lines are something else. */
function plainEnvironment(text: string): Map<string, string | null> | null {
	const environment = new Map<string, string | null>();
	let lines = 0;
	for (const line of text.split(/\r?\n/)) {
		if (line.trim() === "" || line.startsWith("#")) continue;
		lines++;
		const match = /^(?:export\s+)?([A-Za-z_][\w.]*)=(.*)$/.exec(line.trim());
		if (match) environment.set(match[1]!, match[2]!.replace(/^(["'])(.*)\1$/, "$2"));
	}
	return environment.size * 2 > lines ? environment : null;
}

function integerOf(text: string | null | undefined): number | null {
	return text !== null && text !== undefined && /^[-+]?\d{1,9}$/.test(text) ? Number(text) : null;
}
