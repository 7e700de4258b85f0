import type { CasebookFile } from "./casebook-file";

/**
 * The probe that a run belongs to under the rules: first the split whose probe and path fit, then the merge that names the result, then the rename. Each
 * takes the first rule that fits and is applied once, so rules cannot chase one another.
 *
 * @param id as `probeId` gives it
 * @param path the report's path inside the workspace
 */
export function applyProbeRules(file: CasebookFile, id: string, path: string): string {
	const split = file.split.find((rule) => fits(rule.probe, id) && fits(rule.path, path))?.into ?? id;
	const merged = file.merge.find((rule) => rule.probes.some((probe) => fits(probe, split)))?.into ?? split;
	return file.rename.find((rule) => rule.from === merged)?.to ?? merged;
}

/** The producer that the rules choose as the reference of a probe; null where none does. */
export function chosenReference(file: CasebookFile, probe: string): string | null {
	return file.reference.find((rule) => fits(rule.probe, probe))?.producer ?? null;
}

/** Renames that give a probe the name of another one, in words. @param ids the probes that there are, after splits and merges */
export function renameCollisions(file: CasebookFile, ids: Iterable<string>): string[] {
	const there = new Set(ids);
	const leaves = new Set(file.rename.map((rule) => rule.from));
	return file.rename
		.filter(({ from, to }) => there.has(from) && there.has(to) && !leaves.has(to))
		.map(({ from, to }) => `casebook.json: ${JSON.stringify(from)} is renamed to ${JSON.stringify(to)}, which is a probe already, so their runs are one history now. Write a rule under "merge" if that is meant, or choose another name.`);
}

/** Whether a name fits a pattern of `*` (no slash), `**` (anything) and a leading or inner `**` with its slash (any folders, or none). Takes time in proportion to both lengths multiplied, whatever the pattern. */
export function fits(pattern: string, name: string): boolean {
	const parts = pattern.match(/(?<=^|\/)\*\*\/|\*\*|\*|[^*]/gs) ?? [];
	// `reached[i]`: the parts so far fit the first i characters.
	let reached = new Uint8Array(name.length + 1);
	reached[0] = 1;
	for (const part of parts) {
		const next = new Uint8Array(name.length + 1);
		let seen = false;
		for (let i = 0; i <= name.length; i++) {
			seen ||= i > 0 && reached[i - 1] === 1;
			if (part === "**/") next[i] = reached[i] === 1 || (seen && name[i - 1] === "/") ? 1 : 0;
			else if (part === "*" || part === "**") next[i] = reached[i] === 1 || (i > 0 && next[i - 1] === 1 && (part === "**" || name[i - 1] !== "/")) ? 1 : 0;
			else next[i] = i > 0 && reached[i - 1] === 1 && name[i - 1] === part ? 1 : 0;
		}
		reached = next;
	}
	return reached[name.length] === 1;
}
