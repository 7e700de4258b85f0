/** Which probe a report belongs to, and when it ran as its path says. */

// Day precision at least: a month in a folder's name (`2025-10-cli-flags`) names a campaign, not a run.
const DATES = [
	/\d{4}-\d{2}-\d{2}[T_ ]\d{2}[-:]?\d{2}(?:[-:]?\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/g,
	/\d{4}-\d{2}-\d{2}/g,
	/(?<!\d)\d{8}[T_-]\d{4}(?:\d{2})?Z?(?!\d)/g,
	/(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
];
/** A hash: 7 to 64 hexadecimal digits that are neither a plain number nor a plain word. */
const HASH = /(?<![0-9a-zA-Z])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}(?![0-9a-zA-Z])/g;

/**
 * The probe's id, stable over runs: the name the report declares, else its path with dates, times and hashes
 * taken out; a folder that was nothing but a date disappears, and `*` stands for a file name that was. So
 * `scaling/20251008T212459Z/metrics.json` and `scaling/20251009T013046Z/metrics.json` are runs of
 * `scaling/metrics.json`. The extension stays: two reports of one name and two formats are two probes.
 */
export function probeId(declared: string | null, path: string): string {
	if (declared?.trim()) return declared.trim();
	const parts = path.split("/");
	const file = parts.pop()!;
	const [, stem = file, extension = ""] = /^(.*?)((?:\.[A-Za-z][A-Za-z0-9]{0,7}){0,2})$/.exec(file) ?? [];
	return [...parts.map(withoutDates).filter((part) => part !== ""), `${withoutDates(stem) || "*"}${extension}`].join("/");
}

function withoutDates(part: string): string {
	let out = part;
	for (const pattern of DATES) out = out.replace(pattern, "");
	out = out.replace(HASH, "");
	return out === part ? part : out.replace(/([-_. ])[-_. ]+/g, "$1").replace(/^[-_. ]+|[-_. ]+$/g, "");
}

/** The time that a path names, deepest folder first, as nanoseconds UTC; null when it names none. */
export function timeFromPath(path: string): bigint | null {
	for (const part of path.split("/").reverse()) {
		const match =
			/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T_ ](\d{2})[-:]?(\d{2})(?:[-:]?(\d{2}))?)?/.exec(part) ??
			/(?<!\d)(20\d{2})(\d{2})(\d{2})(?:[T_-](\d{2})(\d{2})(\d{2})?Z?)?(?!\d)/.exec(part);
		if (!match) continue;
		const [year, month, day, hour, minute, second] = match.slice(1).map((digits) => Number(digits ?? 0)) as [number, number, number, number, number, number];
		const millis = Date.UTC(year, month - 1, day, hour, minute, second);
		const date = new Date(millis);
		if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 60) continue;
		return BigInt(millis) * 1_000_000n;
	}
	return null;
}
