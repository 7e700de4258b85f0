import { deployedAt, short } from "./commits";
import type { Random } from "./random";
import { artifact, type Objection, objection, type Request, request, thinking, type Worker, worker } from "./staffing";
import { formatNanos } from "./time";

export type Daemon = "gateway" | "validatord";
export type FinalVerdict = "accepted" | "max_iter_exhausted" | "infra_error";
export type AttemptVerdict = "accepted" | "no_json" | "validation_failed" | "infra_error";

interface Attempt {
	iteration: number;
	verdict: AttemptVerdict;
	error?: string | null;
	raw?: string;
	span_id?: string;
}

/** A session as it was, before a daemon wrote it down in its own manner. */
export interface Session {
	id: string;
	daemon: Daemon;
	startedAt: bigint;
	endedAt: bigint;
	ask: Request;
	model: Model;
	maxIterations: number;
	verdict: FinalVerdict;
	attempts: Attempt[];
	artifact: Record<string, unknown> | null;
	lastObjection: Objection | null;
	grounded: boolean | null;
	durationMs: number;
}

const MODELS = {
	"kimi-k2.6": { share: 38, first: 0.82, talk: 460, ms: 1500, provider: "ollama_cloud", noJson: 0.2 },
	"qwen2.5:latest": { share: 34, first: 0.68, talk: 600, ms: 900, provider: "ollama", noJson: 0.75 },
	"qwen3.5:latest": { share: 18, first: 0.7, talk: 1000, ms: 1250, provider: "ollama", noJson: 0.35 },
	"gpt-oss:20b": { share: 10, first: 0.55, talk: 1400, ms: 3100, provider: "ollama", noJson: 0.65 },
} as const;
export type Model = keyof typeof MODELS;
export const MODEL_NAMES = Object.keys(MODELS) as Model[];
const SHARES = Object.fromEntries(MODEL_NAMES.map((name) => [name, MODELS[name].share])) as Record<Model, number>;

/** From here on validatord reads fenced answers wrongly where one fence stands inside another. */
const FENCE_BROKEN_FROM = "2026-05-04T05:11:33Z";

/** The id that both daemons make from the clock: nanoseconds in hexadecimal, then the low half of a second reading. */
export function clockId(nanos: bigint): string {
	return `${nanos.toString(16).padStart(16, "0")}-${((nanos + 38n) & 0xffffffffn).toString(16).padStart(8, "0")}`;
}

function wrongArtifact(good: Record<string, unknown>, why: Objection, ask: Request): Record<string, unknown> {
	const bad = structuredClone(good);
	const city = /^city '([^']+)'/.exec(why.reason)?.[1];
	if (city !== undefined) bad.city = city;
	const fills = bad.fills as Partial<Worker>[] | undefined;
	if (fills !== undefined) {
		const id = /^candidate (W-\d+)/.exec(why.reason)?.[1];
		if (id !== undefined) fills[0] = { candidate_id: id, name: fills[0]?.name };
		if (why.variant === "Completeness") fills.push(worker(1001 + ((ask.prompt.length * 17) % 900)));
		if (why.field === "fills[0].candidate_id") fills[0] = { name: fills[0]?.name };
	}
	if (why.reason === "subject is empty") bad.subject = "";
	if (why.reason.includes("SSN")) bad.body = `${String(bad.body)} Her number is 000-12-3456.`;
	if (why.reason.includes("184 characters")) bad.body = String(bad.body).padEnd(184, "!").slice(0, 184);
	if (why.reason.startsWith("endorsed_names")) bad.endorsed_names = [...(good.endorsed_names as string[]), worker(1301).name, worker(1702).name];
	if (why.field === "to") delete bad.to;
	if (why.field === "operation") bad.operation = `${ask.role} x${ask.count} in ${ask.city}`;
	return bad;
}

function fenced(prose: string, value: unknown, nested: boolean): string {
	const json = JSON.stringify(value, null, 2);
	if (nested) return `${prose}\n\n\`\`\`\nHere is the object:\n\`\`\`json\n${json}\n\`\`\`\n\`\`\``;
	return `${prose}\n\n\`\`\`json\n${json}\n\`\`\``;
}

/** One session that starts at `startedAt`. `troubled` is an hour in which the chat daemon does not answer well. */
export function session(random: Random, daemon: Daemon, startedAt: bigint, troubled: boolean): Session {
	const ask = request(random);
	const model = random.weighted(SHARES);
	const traits = MODELS[model];
	const maxIterations = random.weighted({ "3": 84, "2": 10, "5": 6 });
	const most = Number(maxIterations);
	const good = artifact(random, ask);
	const fenceBroken = daemon === "validatord" && formatNanos(startedAt, "stripped") >= FENCE_BROKEN_FROM;
	const infra = random.chance(troubled ? 0.55 : 0.035);
	const attempts: Attempt[] = [];
	let durationMs = 0;
	let verdict: FinalVerdict = "max_iter_exhausted";
	let last: Objection | null = null;
	const dies = infra ? random.weighted({ "0": 75, "1": 25 }) : "never";
	// A model that missed once tends to miss again: the second chance is worse than the first.
	for (let iteration = 0; iteration < most; iteration++) {
		const span_id = random.hex(16);
		if (String(iteration) === dies) {
			const refused = random.chance(0.2);
			durationMs += refused ? 0 : 5000 + random.int(0, 40);
			attempts.push({ iteration, verdict: "infra_error", error: refused ? "chatd: connection refused" : "chatd probe timed out after 5s", raw: "", span_id });
			verdict = "infra_error";
			break;
		}
		durationMs += Math.max(180, Math.round(traits.ms * (1 + random.bell() * 0.3) * (random.chance(0.05) ? 3.4 : 1)));
		const prose = thinking(random, ask, Math.round(traits.talk * (0.5 + random.next())));
		const nested = fenceBroken && random.chance(0.3);
		if (!nested && random.chance(iteration === 0 ? traits.first : 0.3)) {
			attempts.push({ iteration, verdict: "accepted", raw: fenced(prose, good, false), span_id });
			verdict = "accepted";
			break;
		}
		if (nested) {
			attempts.push({ iteration, verdict: "no_json", error: "no JSON object in the model's output", raw: fenced(prose, good, true), span_id });
		} else if (random.chance(traits.noJson)) {
			attempts.push({ iteration, verdict: "no_json", error: "no JSON object in the model's output", raw: prose, span_id });
		} else {
			last = objection(random, ask);
			attempts.push({ iteration, verdict: "validation_failed", error: `${last.variant}: ${last.reason}`, raw: fenced(prose, wrongArtifact(good, last, ask), false), span_id });
		}
	}
	const accepted = verdict === "accepted";
	const endedAt = startedAt + BigInt(durationMs) * 1_000_000n + BigInt(random.int(0, 999_999));
	return {
		id: clockId(startedAt), daemon, startedAt, endedAt, ask, model, maxIterations: most, verdict, attempts,
		artifact: accepted ? good : null,
		lastObjection: accepted ? null : last,
		grounded: accepted && ask.kind === "fill" ? random.chance(0.93) : null,
		durationMs,
	};
}

/** The error envelope: validatord wrote it flat until both daemons agreed on the tagged shape. */
function envelope(of: Objection, flat: boolean): Record<string, unknown> {
	if (flat) return { Kind: of.variant.toLowerCase(), Field: of.field ?? "", Reason: of.reason };
	return { [of.variant]: of.field === undefined ? { reason: of.reason } : { field: of.field, reason: of.reason } };
}

/** The time as the session's daemon writes it. */
export function writtenTime(of: Session): string {
	return formatNanos(of.endedAt, of.daemon === "gateway" ? "nine digits" : "stripped");
}

/**
 * The row that the daemon appends, without the line end. The gateway writes null for what is not there, validatord
 * leaves the member out; span ids and trace ids came later than the first rows.
 */
export function row(of: Session, elapsedMs: number): string {
	const gateway = of.daemon === "gateway";
	const at = formatNanos(of.endedAt, "stripped");
	const none = gateway ? null : undefined;
	const failed = of.lastObjection === null ? none : envelope(of.lastObjection, !gateway && at < "2026-04-26T21:49");
	const build = at >= "2026-05-03T09:02" ? deployedAt(at) : undefined;
	return JSON.stringify({
		schema: "session.iterate.v1",
		session_id: of.id,
		trace_id: at >= "2026-05-02T10:14" ? of.id : gateway ? undefined : at >= "2026-04-24" ? "" : undefined,
		timestamp: writtenTime(of),
		daemon: of.daemon,
		kind: of.ask.kind,
		provider: !gateway && at < "2026-04-17" ? "" : MODELS[of.model].provider,
		model: of.model,
		prompt: of.ask.prompt,
		iterations: of.attempts.length,
		max_iterations: of.maxIterations,
		final_verdict: of.verdict,
		attempts: of.attempts.map((attempt) => ({
			iteration: attempt.iteration,
			verdict: attempt.verdict,
			error: attempt.error ?? none,
			raw: attempt.raw === "" && !gateway ? undefined : attempt.raw,
			span_id: at >= "2026-04-20" ? attempt.span_id : undefined,
		})),
		artifact: of.artifact ?? none,
		validation: of.verdict === "accepted" ? { passed: true, findings: of.grounded === false ? [{ severity: "warning", field: "fills", message: "a worker is not in today's roster" }] : [], elapsed_ms: elapsedMs } : failed,
		grounded_in_roster: of.verdict === "accepted" || gateway ? of.grounded : undefined,
		duration_ms: !gateway && at < "2026-04-18" ? undefined : of.durationMs,
		build: gateway || build === undefined ? undefined : short(build),
	});
}
