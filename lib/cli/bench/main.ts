import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { type Figure, type Machine, type Row, spread } from "./figure";
import { files } from "./files";
import { firstPage } from "./first-page";
import { ingest } from "./ingest";
import { memory } from "./memory";
import { mutants } from "./mutants";
import { parquet } from "./parquet";
import { probeScroll } from "./probe-scroll";
import { tensors } from "./tensors";
import { trace } from "./trace";

/** One line a figure. */
const FIGURES: readonly Figure[] = [ingest, memory, files, firstPage, mutants, parquet, tensors, trace, probeScroll];

const USAGE = `npm run bench [-- NAME… [--runs N]]

${FIGURES.map((figure) => `  ${figure.name.padEnd(12)} ${figure.describe}`).join("\n")}`;

/** Runs the named figures, or all; resolves to the exit code. The table goes to stdout, progress to stderr. */
export async function main(argv: readonly string[], machine: Machine): Promise<number> {
	const names = argv.filter((word, i) => !word.startsWith("--") && argv[i - 1] !== "--runs");
	const at = argv.indexOf("--runs");
	const runs = at < 0 ? 5 : Number(argv[at + 1]);
	const unknown = names.filter((name) => !FIGURES.some((figure) => figure.name === name));
	if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1 || argv.some((word) => word.startsWith("--") && word !== "--runs")) {
		process.stderr.write(`${unknown.length > 0 ? `There is no figure ${unknown.join(", ")}.\n` : ""}${USAGE}\n`);
		return 2;
	}
	process.stdout.write(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}\n`);
	for (const figure of FIGURES.filter(({ name }) => names.length === 0 || names.includes(name))) {
		const folder = await mkdtemp(path.join(tmpdir(), `casebook-bench-${figure.name}-`));
		process.stdout.write(`\n${figure.name}: ${figure.describe}\n`);
		try {
			await figure.run({ ...machine, folder, runs, say: (line) => process.stderr.write(`  … ${line}\n`), report: (row) => process.stdout.write(`${describeRow(row)}\n`) });
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}
	return 0;
}

/** `warm: 1.02 s (0.98 to 1.10) against native 1.20 s (1.15 to 1.31): 0.85 ×, goal 1 ×`; the ratio is that of the medians. */
function describeRow({ what, unit, values, peer, goal, note }: Row): string {
	const own = `  ${what}: ${inUnit(values, unit)}`;
	const tail = note === undefined ? "" : ` (${note})`;
	if (!peer) return `${own}${goal === undefined ? "" : `, goal ${goal} ${unit}`}${tail}`;
	const ratio = spread(values).median / spread(peer.values).median;
	return `${own} against ${peer.what} ${inUnit(peer.values, unit)}: ${ratio.toFixed(2)} ×${goal === undefined ? "" : `, goal ${goal} ×`}${tail}`;
}

function inUnit(values: readonly number[], unit: string): string {
	const { min, median, max } = spread(values);
	const digits = median < 10 ? 2 : median < 100 ? 1 : 0;
	return `${median.toFixed(digits)} ${unit}${values.length === 1 ? "" : ` (${min.toFixed(digits)} to ${max.toFixed(digits)})`}`;
}
