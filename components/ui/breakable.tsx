import { Fragment } from "react";

/** A long name that may wrap after `_`, `/`, `.`, `:` and `-`, and nowhere else where it fits. */
export function Breakable({ text }: { text: string }) {
	const parts = text.match(/[^_/.:-]+[_/.:-]*|[_/.:-]+/g) ?? [text];
	return parts.map((part, i) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
		<Fragment key={i}>
			{part}
			<wbr />
		</Fragment>
	));
}
