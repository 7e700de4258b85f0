import type { ReactNode } from "react";

const MARKUP = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)/g;

/** A line of Markdown as text: code in mono, bold in bold, of a link its words. Nothing of a document becomes an address. */
export function Inline({ text }: { text: string }) {
	const out: ReactNode[] = [];
	let at = 0;
	for (const match of text.matchAll(MARKUP)) {
		if (match.index > at) out.push(text.slice(at, match.index));
		const [whole, code, bold, words] = match;
		if (code !== undefined)
			out.push(
				<span key={match.index} className="m">
					{code}
				</span>,
			);
		else if (bold !== undefined) out.push(<b key={match.index}>{bold}</b>);
		else out.push(words);
		at = match.index + whole.length;
	}
	out.push(text.slice(at));
	return out;
}
