/** A notebook of a stranger who means harm. Each has another idea; what has to happen is nothing. */
export interface Hostile {
	/** in a few words */
	idea: string;
	/** its text; without front matter of its own it gets one */
	markdown: string;
	/** cells that must not run, each with a reason at it */
	refused?: readonly string[];
	/** words that must be readable where it is opened: what was hidden, or is said of it */
	shows?: string;
}

/** The whole file, as a link carries it. */
export function hostileText({ markdown }: Hostile): string {
	return /^\uFEFF?---/.test(markdown) ? markdown : `---\ncasebook: 1\ntitle: Hostile\n---\n\n${markdown}\n`;
}

/** A cell's fence. */
export const fence = (kind: string, name: string, body: string) => `\`\`\`${kind} name=${name}\n${body}\n\`\`\`\n`;
