/** Words that follow "team" without being its name. */
const NO_NAME = /^(?:status|report|page|pages|meeting|notes?|updates?|structure|leads?|members?|handoff|chronicle|final|summary|investigation|findings|log|and|of|the|is|work|plan)$/i;

/**
 * The team of a document: its `Team:` line, else `TEAM NAME` in its title, else in its file name. The word TEAM goes,
 * the spelling stays, and a number that is no name without it keeps it (`TEAM-001`). Null where none is named.
 */
export function teamOf(path: string, title: string | null, headTeam: string | null): string | null {
	if (headTeam !== null) return withoutTeamWord(headTeam);
	return teamInTitle(title ?? "") ?? teamInName(path);
}

/** For a status page that names no team: what its title, or else its file name, is about. */
export function subjectOf(path: string, title: string | null): string | null {
	const strip = (text: string) => text.replace(/\b(?:status|report|page|update)\b/gi, " ").replace(/\s+/g, " ").replace(/^[\s:,\u2013\u2014-]+|[\s:,\u2013\u2014-]+$/g, "");
	return strip(title ?? "") || strip(stemOf(path).replace(/[_-]+/g, " ")) || null;
}

function withoutTeamWord(text: string): string | null {
	return text.replace(/^team[\s:_]+|\s+team$/gi, "").trim() || null;
}

function teamInTitle(title: string): string | null {
	const match = /\bTEAM(-[A-Za-z0-9]+\b|[\s_]+[^:()|,\u2013\u2014]*)/i.exec(title);
	if (!match) return null;
	if (match[1]!.startsWith("-")) return match[0];
	const words: string[] = [];
	for (const word of match[1]!.trim().split(/[\s_]+/)) {
		if (words.length === 3 || !/^[A-Z0-9][\w.-]*$/.test(word) || NO_NAME.test(word)) break;
		words.push(word);
	}
	return words.length > 0 ? words.join(" ") : null;
}

function teamInName(path: string): string | null {
	const match = /(?:^|[_\s-])(TEAM(-\d[A-Za-z0-9]*|[_ -][A-Za-z0-9]+))/i.exec(stemOf(path));
	if (!match) return null;
	if (/^-\d/.test(match[2]!)) return match[1]!;
	const name = match[2]!.slice(1);
	return NO_NAME.test(name) ? null : name;
}

function stemOf(path: string): string {
	return (path.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
}
