import { createHmac } from "node:crypto";
import type { SampleCase } from "./parity-runs";
import { Random } from "./random";

const TEXTS = ["forklift_toledo", "welder_night_shift", "osha_certificate", "dental_assistant", "cnc_machinist", "unicode_cafe", "single_char", "long_200_words"] as const;

/** Eight texts through both embedding endpoints; the value is the cosine of the two vectors. */
export function embedCases(run: number): SampleCase[] {
	const random = new Random(`embed ${run}`);
	return TEXTS.map((name) => {
		const value = 1 - random.int(name === "long_200_words" ? 900 : 80, name === "long_200_words" ? 4200 : 640) / 1e9;
		if (run === 5 && name === "long_200_words") return { case: name, truth: "skipped", recorded: "skipped", note: "model context was set to 128 tokens on this host" };
		if (run === 7 && name === "single_char") return { case: name, truth: "incomparable", recorded: "incomparable", note: "reference has 768 dimensions, candidate 512: another model was loaded" };
		return { case: name, truth: "pass", value };
	});
}

const KEY = "casebook sample key, not a secret";
const ZEROS = "0".repeat(64);

interface AuditRow {
	seq: number;
	subject_id: string;
	ts: string;
	action: string;
	accessor: { id: string; role: string; trace_id: string };
}

const AUDIT: readonly (readonly [name: string, row: AuditRow])[] = [
	["known_answer", { seq: 1, subject_id: "KNOWN-ANSWER", ts: "2026-04-30T00:00:00.123456789Z", action: "read", accessor: { id: "probe", role: "auditor", trace_id: "" } }],
	["WORKER-1", { seq: 14, subject_id: "WORKER-1", ts: "2026-04-29T15:02:11.730184277Z", action: "read", accessor: { id: "coordinator-3", role: "coordinator", trace_id: "18aaf1c7d45e9b02-d45e9b28" } }],
	["WORKER-2", { seq: 9, subject_id: "WORKER-2", ts: "2026-04-29T16:44:50.004917313Z", action: "propose", accessor: { id: "gateway", role: "service", trace_id: "" } }],
	["WORKER-3", { seq: 22, subject_id: "WORKER-3", ts: "2026-04-29T17:20:08.918273645Z", action: "read", accessor: { id: "coordinator-1", role: "coordinator", trace_id: "18aaf947f18b7c66-f18b7c8c" } }],
	["WORKER-4", { seq: 31, subject_id: "WORKER-4", ts: "2026-04-29T18:07:39.461439210Z", action: "export", accessor: { id: "auditor-2", role: "auditor", trace_id: "18aafbddf6ad3d41-f6ad3d67" } }],
	["WORKER-5", { seq: 6, subject_id: "WORKER-5", ts: "2026-04-29T19:31:25.558260941Z", action: "read", accessor: { id: "coordinator-3", role: "coordinator", trace_id: "18ab0071b6a5e9d8-b6a5e9fe" } }],
];

function sealed(row: object): { row: string; hmac: string; verified: true } {
	const text = JSON.stringify(row);
	return { row: text, hmac: createHmac("sha256", KEY).update(text).digest("hex"), verified: true };
}

/**
 * Six audit rows, each as the bytes that are hashed and their HMAC. The sixth run drops an empty trace_id and strips
 * the zero at the end of a time, the seventh only the zero.
 */
export function subjectAuditCases(run: number): SampleCase[] {
	return AUDIT.map(([name, row]) => {
		const reference = sealed({ ...row, prev_hmac: ZEROS });
		const dropsTrace = run === 6 && row.accessor.trace_id === "";
		const stripsZero = run <= 7 && row.ts.endsWith("0Z");
		if (!dropsTrace && !stripsZero) return { case: name, truth: "pass", reference, candidate: reference };
		const { id, role } = row.accessor;
		const written = sealed({ ...row, ts: stripsZero ? row.ts.replace(/0Z$/, "Z") : row.ts, accessor: dropsTrace ? { id, role } : row.accessor, prev_hmac: ZEROS });
		return { case: name, truth: "fail", reference, candidate: { ...written, verified: false }, note: "the chain does not verify on the candidate's side" };
	});
}
