import { type SampleFile, textFile } from "./file";
import { Random } from "./random";
import { type AttemptVerdict, clockId, type Daemon, type FinalVerdict, row, type Session, session, writtenTime } from "./session-row";
import { nanosOf } from "./time";

export const SESSIONS_PATH = "logs/sessions.jsonl";
const FIRST_DAY = "2026-04-15T00:00:00Z";
const DAYS = 21;
const HOUR = 3_600_000_000_000n;
/** An afternoon on which the chat daemon was restarted again and again. */
const TROUBLE = { from: nanosOf("2026-04-27T18:00:00Z"), to: nanosOf("2026-04-27T20:30:00Z") };

/** One session as a reader finds it. */
export interface SessionExample {
	id: string;
	line: number;
	daemon: Daemon;
	timestamp: string;
	attempts: number;
}

export interface SessionAnswers {
	path: string;
	/** lines of the file, rejects included */
	lines: number;
	rows: number;
	byDaemon: Record<Daemon, number>;
	byVerdict: Record<FinalVerdict, number>;
	byDaemonAndVerdict: Record<Daemon, Record<FinalVerdict, number>>;
	byKind: Record<"fill" | "email" | "playbook", number>;
	byModel: Record<string, number>;
	attempts: number;
	attemptsByVerdict: Record<AttemptVerdict, number>;
	/** `grounded_in_roster` as the rows write it */
	grounded: { true: number; false: number; null: number; absent: number };
	firstTimestamp: string;
	lastTimestamp: string;
	/** the line whose timestamp is "yesterday", and the one on which two writers collided */
	yesterdayLine: number;
	collidedLine: number;
	/** the session with the prompt in several scripts */
	unicode: SessionExample;
	/** a gateway time that ends in 0, and a validatord time with fewer than nine digits */
	trailingZero: SessionExample;
	stripped: SessionExample;
	/** a session that was accepted on its last attempt after both kinds of failure */
	mixed: SessionExample;
	/** one id that both daemons logged */
	shared: { id: string; lines: number[] };
}

function allSessions(): Session[] {
	const random = new Random("sessions");
	const out: Session[] = [];
	for (let day = 0; day < DAYS; day++) {
		const midnight = nanosOf(FIRST_DAY) + BigInt(day) * 24n * HOUR;
		const weekday = (day + 3) % 7; // April 15 is a Wednesday
		const count = weekday === 0 || weekday === 6 ? random.int(11, 18) : random.int(38, 48);
		for (let i = 0; i < count; i++) {
			const startedAt = midnight + 12n * HOUR + BigInt(random.int(0, 35_999_999)) * 1_000_000n + BigInt(random.int(0, 999_999));
			const daemon = random.chance(0.14 + day * 0.022) ? "validatord" : "gateway";
			out.push(session(random, daemon, startedAt, startedAt >= TROUBLE.from && startedAt < TROUBLE.to));
		}
	}
	return out.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1));
}

/** Things that a reader should be able to find: a prompt in several scripts, an id on both daemons, a whole second. */
function plant(all: Session[]): void {
	const accepted = all.filter((one) => one.verdict === "accepted");
	const unicode = accepted.find((one) => one.ask.kind === "fill" && one.id > clockId(nanosOf("2026-04-29T00:00:00Z")))!;
	const { ask } = unicode;
	ask.prompt = `Fill ${ask.count} × ${ask.role} near the Café Zürich in ${ask.city}, ${ask.state} (你好, résumé on file, 日本語可 👩‍🍳). Начало в понедельник 06:00. JSON only.`;
	const [left, right] = (["gateway", "validatord"] as const).map((daemon) => accepted.find((one) => one.daemon === daemon && one.startedAt > nanosOf("2026-05-02T12:00:00Z"))!);
	left!.id = "unified-check-001";
	right!.id = "unified-check-001";
	right!.ask = left!.ask;
	right!.artifact = left!.artifact;
	right!.grounded = left!.grounded;
	right!.attempts = right!.attempts.map((attempt) => (attempt.verdict === "accepted" ? { ...attempt, raw: left!.attempts.at(-1)!.raw! } : attempt));
	const whole = accepted.find((one) => one.daemon === "validatord" && one.startedAt > nanosOf("2026-04-28T00:00:00Z"))!;
	whole.endedAt += 1_000_000_000n - (whole.endedAt % 1_000_000_000n);
	// A worker's number beyond what a double can hold.
	const exact = accepted.find((one) => one.ask.kind === "playbook" && one.daemon === "gateway" && one.id > clockId(nanosOf("2026-04-21T00:00:00Z")))!;
	exact.artifact = { ...exact.artifact, ledger_no: "9007199254740993 as a number" };
}

function count<K extends string>(into: Record<K, number>, key: K): void {
	into[key] = (into[key] ?? 0) + 1;
}

/** The session log, what it holds, and the sessions themselves for the files that follow from them. */
export function sessions(): { file: SampleFile; answers: SessionAnswers; logged: Session[] } {
	const all = allSessions();
	plant(all);
	all.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1));
	const random = new Random("session-rows");
	const gatewayAfter = (index: number) => index + all.slice(index).findIndex((one) => one.daemon === "gateway" && one.attempts.length === 1);
	const yesterday = 40 + all.slice(40).findIndex((one) => one.daemon === "validatord");
	const torn = gatewayAfter(Math.floor(all.length * 0.62));
	const collided = torn + 1 + all.slice(torn + 1).findIndex((one) => one.daemon === "validatord");
	const lines: string[] = [];
	const logged: Session[] = [];
	const lineOf = new Map<Session, number>();
	let yesterdayLine = 0;
	let collidedLine = 0;
	all.forEach((one, index) => {
		const text = row(one, random.int(0, 9)).replace('"9007199254740993 as a number"', "9007199254740993");
		if (index === torn) return;
		if (index === yesterday) {
			yesterdayLine = lines.push(text.replace(/"timestamp":"[^"]+"/, '"timestamp":"yesterday"'));
		} else if (index === collided) {
			const cut = row(all[torn]!, 2);
			collidedLine = lines.push(cut.slice(0, Math.floor(cut.length * 0.47)) + text);
		} else {
			lineOf.set(one, lines.push(text));
			logged.push(one);
		}
	});
	const example = (test: (one: Session) => boolean): SessionExample => {
		const one = logged.find(test)!;
		return { id: one.id, line: lineOf.get(one)!, daemon: one.daemon, timestamp: writtenTime(one), attempts: one.attempts.length };
	};
	const answers: SessionAnswers = {
		path: SESSIONS_PATH, lines: lines.length, rows: logged.length,
		byDaemon: { gateway: 0, validatord: 0 },
		byVerdict: { accepted: 0, max_iter_exhausted: 0, infra_error: 0 },
		byDaemonAndVerdict: { gateway: { accepted: 0, max_iter_exhausted: 0, infra_error: 0 }, validatord: { accepted: 0, max_iter_exhausted: 0, infra_error: 0 } },
		byKind: { fill: 0, email: 0, playbook: 0 },
		byModel: {},
		attempts: 0,
		attemptsByVerdict: { accepted: 0, no_json: 0, validation_failed: 0, infra_error: 0 },
		grounded: { true: 0, false: 0, null: 0, absent: 0 },
		firstTimestamp: writtenTime(logged[0]!), lastTimestamp: writtenTime(logged.at(-1)!),
		yesterdayLine, collidedLine,
		unicode: example((one) => one.ask.prompt.includes("你好")),
		trailingZero: example((one) => one.daemon === "gateway" && writtenTime(one).endsWith("0Z")),
		stripped: example((one) => one.daemon === "validatord" && writtenTime(one).length < 30),
		mixed: example((one) => one.verdict === "accepted" && one.attempts.length === 3 && one.startedAt > nanosOf("2026-05-01T00:00:00Z") && new Set(one.attempts.map((attempt) => attempt.verdict)).size === 3),
		shared: { id: "unified-check-001", lines: logged.filter((one) => one.id === "unified-check-001").map((one) => lineOf.get(one)!) },
	};
	for (const one of logged) {
		count(answers.byDaemon, one.daemon);
		count(answers.byVerdict, one.verdict);
		count(answers.byDaemonAndVerdict[one.daemon], one.verdict);
		count(answers.byKind, one.ask.kind);
		count(answers.byModel, one.model);
		answers.attempts += one.attempts.length;
		for (const attempt of one.attempts) count(answers.attemptsByVerdict, attempt.verdict);
		count(answers.grounded, one.verdict !== "accepted" && one.daemon === "validatord" ? "absent" : one.grounded === null ? "null" : one.grounded ? "true" : "false");
	}
	return { file: textFile(SESSIONS_PATH, `${lines.join("\n")}\n`), answers, logged: all };
}
