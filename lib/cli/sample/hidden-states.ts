import { type SampleFile, textFile } from "./file";
import { Random } from "./random";

const FOLDER = "reports/hidden-states/20260424T151200Z";
const REFERENCE = { team: "HERON-LLAMA", first: 7, entries: 14 };
const CANDIDATE = { team: "orch-worker", entries: 108 };
const SHOWN = 10;

export interface HiddenStateAnswers {
	path: string;
	referenceEntries: number;
	candidateEntries: number;
	common: number;
	/** entries that only one side has */
	unmatched: number;
	/** the first token whose values differ by more than 1e-4 */
	firstDivergence: number;
	/** common tokens within 1e-4 */
	within: number;
	maxAbsDiff: number;
}

/** Six decimals in the scientific form of C: two digits of exponent at least. */
function scientific(value: number): string {
	return value.toExponential(6).replace(/e([+-])(\d)$/, "e$10$2");
}

/** The first ten logits per token of llama.cpp and of the port, and the comparison that the team made of them. */
export function hiddenStates(): { files: SampleFile[]; answers: HiddenStateAnswers } {
	const random = new Random("hidden states");
	const logits = () => Array.from({ length: SHOWN }, () => Number((4 + random.bell() * 3.1).toFixed(6)));
	const ours = Array.from({ length: CANDIDATE.entries }, logits);
	// Tokens 7 to 10 agree to the rounding; from 11 on the port reads another position of the cache.
	const llama = Array.from({ length: REFERENCE.entries }, (_, index) => {
		const mine = ours[REFERENCE.first + index]!;
		if (index < 4) return mine.map((value) => Number((value + random.int(-9, 9) / 1e6).toFixed(6)));
		return index === 6 ? [...logits().slice(0, 9), -48211.730469] : logits();
	});
	const rows = llama.map((values, index) => {
		const token = REFERENCE.first + index;
		const diffs = values.map((value, i) => Math.abs(value - ours[token]![i]!));
		return { token, max: Math.max(...diffs), mean: diffs.reduce((sum, diff) => sum + diff, 0) / diffs.length };
	});
	const csv = [
		`# reference entries: ${REFERENCE.entries}`, `# candidate entries: ${CANDIDATE.entries}`, `# common tokens: ${rows.length}`,
		"token_idx,max_abs_diff,mean_abs_diff,llama_team,our_team",
		...rows.map((row) => [row.token, scientific(row.max), scientific(row.mean), REFERENCE.team, CANDIDATE.team].join(",")),
	];
	const six = (values: readonly number[]) => `[${values.map((value) => value.toFixed(6)).join(",")}]`;
	const llamaLog = llama.map((values, index) => `{"checkpoint":"logits","team":"${REFERENCE.team}","token_idx":${REFERENCE.first + index},"dtype":"f32","shape":"[151936]","values":${six(values)}}`);
	const ourLog = ours.map((values, index) => `{"ts":"2026-04-24T18:${String(2 + Math.floor(index / 60)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}Z","team":"${CANDIDATE.team}","checkpoint":"logits","token_idx":${index},"dtype":"f32","shape":"[1,151936]","values":${six(values)},"source":"orch-worker"}`);
	const within = rows.filter((row) => row.max <= 1e-4).length;
	return {
		files: [
			textFile(`${FOLDER}/parity_report.csv`, `${csv.join("\n")}\n`),
			textFile(`${FOLDER}/llama_hidden_states.jsonl`, `${llamaLog.join("\n")}\n`),
			textFile(`${FOLDER}/our_hidden_states.jsonl`, `${ourLog.join("\n")}\n`),
		],
		answers: {
			path: `${FOLDER}/parity_report.csv`,
			referenceEntries: REFERENCE.entries, candidateEntries: CANDIDATE.entries, common: rows.length,
			unmatched: CANDIDATE.entries - rows.length,
			firstDivergence: rows.find((row) => row.max > 1e-4)!.token, within,
			maxAbsDiff: Number(scientific(Math.max(...rows.map((row) => row.max)))),
		},
	};
}
