"use client";

import { shortHash } from "./format";
import { Icon } from "./icon";
import { useCopy } from "./toast";

/** An icon button that copies `text`. `label` says what: "Copy the line". */
export function CopyButton({ text, label, done = "Copied", className = "btn quiet icon slim" }: { text: string; label: string; done?: string; className?: string }) {
	const copy = useCopy();
	return (
		<button type="button" className={className} aria-label={label} title={label} onClick={() => copy(text, done)}>
			<Icon name="copy" />
		</button>
	);
}

/** A sha256: first 8, ellipsis, last 4. A press copies all of it. */
export function Hash({ value, what = "sha256" }: { value: string | null; what?: string }) {
	const copy = useCopy();
	if (value === null) return <span className="null">{what} not known</span>;
	return (
		<button type="button" className="plain m hash" title={`${value}\nPress to copy.`} aria-label={`${what} ${shortHash(value)}, copy the whole`} onClick={() => copy(value, `${what} copied`)}>
			{shortHash(value)}
		</button>
	);
}

/** A commit: its first 7 characters, the whole in the title. */
export function Commit({ value }: { value: string | null }) {
	if (value === null || value === "") return null;
	return (
		<span className="m" title={value}>
			{value.slice(0, 7)}
		</span>
	);
}
