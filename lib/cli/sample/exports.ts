import { deployedAt, short } from "./commits";
import { type SampleFile, textFile } from "./file";
import { MODEL_NAMES, type Session } from "./session-row";
import { formatNanos } from "./time";

export interface ExportAnswers {
	/** daily_costs.csv: rows that read well, and the line with a cell too many */
	costs: { path: string; rows: number; tooManyCellsLine: number };
	latency: { path: string; rows: number };
	gatewayLog: { path: string; lines: number };
}

const CENTS_PER_ATTEMPT = { "kimi-k2.6": 1.31, "qwen2.5:latest": 0, "qwen3.5:latest": 0, "gpt-oss:20b": 0 } as const;

function day(of: Session): string {
	return formatNanos(of.endedAt, "stripped").slice(0, 10);
}

/** Model calls and their cost by day, counted from the sessions. */
function costs(all: readonly Session[]): { file: SampleFile; answers: ExportAnswers["costs"] } {
	const path = "exports/daily_costs.csv";
	const lines = ["date,model,calls,cost_usd,note"];
	for (const date of [...new Set(all.map(day))]) {
		for (const model of MODEL_NAMES) {
			const calls = all.filter((one) => day(one) === date && one.model === model).reduce((sum, one) => sum + one.attempts.length, 0);
			if (calls === 0) continue;
			const cost = ((calls * CENTS_PER_ATTEMPT[model]) / 100).toFixed(4);
			const note = date === "2026-04-27" && model === "kimi-k2.6" ? '"chat daemon restarted, twice; the tariff said ""peak"""' : "";
			// A model on our own machine costs nothing that is billed: empty, not 0. One invoice was lost.
			const billed = CENTS_PER_ATTEMPT[model] === 0 ? "" : date === "2026-05-01" ? '""' : cost;
			lines.push([date, `"${model}"`, calls, billed, note].join(","));
		}
	}
	const rows = lines.length - 1;
	const tooMany = 38;
	lines.splice(tooMany - 1, 0, '2026-04-24,"kimi-k2.6",3,0.0393,late, not billed yet');
	return { file: textFile(path, `${lines.join("\n")}\n`), answers: { path, rows, tooManyCellsLine: tooMany } };
}

/** Durations by day and daemon, in milliseconds, of the sessions that were not cut short. */
function latency(all: readonly Session[]): { file: SampleFile; answers: ExportAnswers["latency"] } {
	const path = "exports/latency.tsv";
	const lines = ["date\tdaemon\tsessions\tp50_ms\tp95_ms\tmax_ms"];
	for (const date of [...new Set(all.map(day))]) {
		for (const daemon of ["gateway", "validatord"] as const) {
			const times = all.filter((one) => day(one) === date && one.daemon === daemon && one.verdict !== "infra_error").map((one) => one.durationMs).sort((a, b) => a - b);
			if (times.length === 0) continue;
			const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
			lines.push([date, daemon, times.length, at(0.5), at(0.95), times.at(-1)!].join("\t"));
		}
	}
	return { file: textFile(path, `${lines.join("\n")}\n`), answers: { path, rows: lines.length - 1 } };
}

/** What the gateway printed: a line a session, and more where something went wrong. */
function gatewayLog(all: readonly Session[]): { file: SampleFile; answers: ExportAnswers["gatewayLog"] } {
	const path = "logs/gateway.log";
	const lines: string[] = [];
	let build = "";
	for (const one of all) {
		const at = formatNanos(one.endedAt, "nine digits").slice(0, 23);
		const now = deployedAt(at);
		if (now !== undefined && short(now) !== build) {
			build = short(now);
			lines.push(`${at}Z  INFO gateway: peer validatord is at ${build}`);
		}
		if (one.daemon !== "gateway") continue;
		for (const attempt of one.attempts) {
			if (attempt.verdict === "infra_error") lines.push(`${at}Z  WARN gateway::iterate: ${attempt.error} session=${one.id} iteration=${attempt.iteration}`);
			if (attempt.verdict === "validation_failed") lines.push(`${at}Z  INFO gateway::iterate: retry after "${attempt.error}" session=${one.id} iteration=${attempt.iteration}`);
		}
		lines.push(`${at}Z  INFO gateway::iterate: session=${one.id} kind=${one.ask.kind} model=${one.model} verdict=${one.verdict} iterations=${one.attempts.length} ms=${one.durationMs}`);
	}
	return { file: textFile(path, `${lines.join("\n")}\n`), answers: { path, lines: lines.length } };
}

/** Tables and a log that follow from the sessions. */
export function sessionExports(all: readonly Session[]): { files: SampleFile[]; answers: ExportAnswers } {
	const parts = { costs: costs(all), latency: latency(all), gatewayLog: gatewayLog(all) };
	return {
		files: [parts.costs.file, parts.latency.file, parts.gatewayLog.file],
		answers: { costs: parts.costs.answers, latency: parts.latency.answers, gatewayLog: parts.gatewayLog.answers },
	};
}
