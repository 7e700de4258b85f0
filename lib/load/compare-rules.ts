import type { Reject } from "@/lib/model";
import { applyProbeRules, chosenReference, renameCollisions } from "@/lib/parity/casebook-apply";
import { type CasebookFile, NO_RULES, readCasebookFile } from "@/lib/parity/casebook-file";
import type { PairRule } from "@/lib/parity/casebook-pairs";
import { probeId } from "@/lib/parity/identity";

/** The file of a person's own rules, at the root of a workspace. */
export const RULES_FILE = "casebook.json";

/** Which probe a run belongs to: the rules for paths, then a person's. */
export class ProbeRules {
	private file: CasebookFile = NO_RULES;
	private text = "";
	/** ids after splits and merges, as far as some rule renames */
	private readonly seen = new Set<string>();

	/** Takes the text of `casebook.json`; gives what is wrong with it. Rules without a fault hold. */
	read(text: string): Reject[] {
		const { file, problems } = readCasebookFile(text);
		this.file = file;
		this.text = text;
		return problems.map((problem) => rejectOf(problem, text));
	}

	/** @param declared the name that a report gives its probe, or null @param path the report's, or the run's */
	probeOf(declared: string | null, path: string): string {
		const id = probeId(declared, path);
		if (this.file === NO_RULES) return id;
		if (this.file.rename.length > 0) this.seen.add(applyProbeRules({ ...this.file, rename: [] }, id, path));
		return applyProbeRules(this.file, id, path);
	}

	/** The producer that a person chose as the reference of a run: by its probe's id, its name after the rules, or its folder. */
	referenceOf(run: string): string | null {
		const id = probeId(null, run);
		const names = [id, applyProbeRules(this.file, id, run), id.slice(0, Math.max(0, id.lastIndexOf("/")))];
		return names.map((name) => chosenReference(this.file, name)).find((name) => name !== null) ?? null;
	}

	/** Which files a person says are compared with which. */
	get pairs(): readonly PairRule[] {
		return this.file.pairs;
	}

	/** What a pair names and cannot be compared, as a reject of its rule's line. */
	pairProblem(rule: PairRule, words: string): Reject {
		return rejectOf(`casebook.json:${rule.line}: ${words}. Nothing is compared for it.`, this.text);
	}

	/** Renames that gave a probe the name of another, once all runs are known. */
	collisions(): Reject[] {
		return renameCollisions(this.file, this.seen).map((problem) => rejectOf(problem, ""));
	}
}

/** A problem as `casebook.json:4: …` with its line. */
function rejectOf(problem: string, text: string): Reject {
	const [, line, reason] = /^casebook\.json(?::(\d+))?(?::\d+)?: (.*)$/s.exec(problem) ?? [null, undefined, problem];
	const raw = line === undefined ? "" : (text.split("\n")[Number(line) - 1] ?? "");
	return { line: line === undefined ? null : Number(line), byteOffset: null, reason: reason!, raw };
}
