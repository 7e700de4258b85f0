import { open } from "node:fs/promises";
import { Random } from "../sample/random";

const WORDS = "the candidate returns a roster with three workers who hold the licence and live within twelve miles of the site so that each shift is covered — später".split(" ");
const DAY = 86_400_000;
const LINES_PER_WRITE = 2000;

/** Writes a session log of nested rows (about 670 bytes each, attempts as a list of objects); the same for the same numbers. */
export async function writeSessions(path: string, rows: number): Promise<void> {
	const random = new Random("bench sessions");
	const file = await open(path, "w");
	try {
		for (let at = 0; at < rows; at += LINES_PER_WRITE) {
			const lines = Array.from({ length: Math.min(LINES_PER_WRITE, rows - at) }, (_, i) => JSON.stringify(session(random, at + i)));
			await file.write(`${lines.join("\n")}\n`);
		}
	} finally {
		await file.close();
	}
}

function session(random: Random, i: number): object {
	const tries = random.int(1, 3);
	const accepted = random.chance(0.7);
	const attempts = Array.from({ length: tries }, (_, iteration) => {
		const last = iteration === tries - 1;
		const verdict = last && accepted ? "accepted" : random.chance(0.5) ? "no_json" : "validation_failed";
		return {
			iteration,
			verdict,
			error: verdict === "accepted" ? null : `Completeness: ${prose(random, 30)}`,
			raw: verdict === "no_json" ? prose(random, 70) : `{"fills":[{"candidate_id":"W-${random.int(1000, 9999)}"}]}\n`,
			span_id: random.hex(16),
		};
	});
	const time = new Date(Date.UTC(2026, 0, 1) + Math.floor((i * 90 * DAY) / 300_000)).toISOString();
	return {
		schema: "session.iterate.v2",
		session_id: random.hex(24),
		timestamp: `${time.slice(0, -1)}${String(random.int(0, 999_999)).padStart(6, "0")}Z`,
		daemon: random.chance(0.6) ? "gateway" : "validatord",
		kind: "fill",
		provider: "ollama",
		model: "qwen2.5:latest",
		prompt: prose(random, 100),
		iterations: tries,
		max_iterations: 3,
		final_verdict: accepted ? "accepted" : "max_iter_exhausted",
		attempts,
		artifact: accepted && random.chance(0.2) ? { city: "Toledo", fills: random.int(1, 4) } : null,
		grounded_in_roster: random.chance(0.2) ? null : random.chance(0.5),
		duration_ms: random.int(100, 900_000) / 100,
	};
}

function prose(random: Random, size: number): string {
	let text = "";
	while (text.length < size) text += `${text === "" ? "" : " "}${WORDS[random.int(0, WORDS.length - 1)]!}`;
	return text;
}
