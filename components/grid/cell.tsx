"use client";

import Link from "next/link";
import { sourceHref } from "@/components/ui/links";
import type { QueryResult } from "@/lib/engine/engine";

/** A cell shows so many characters; its detail shows them all. */
const SHOWN = 400;

/** A value as a grid shows it: every digit of a number, NULL as a word, the empty string as a mark. */
export function CellText({ text }: { text: string | null }) {
	if (text === null) return <span className="null">null</span>;
	if (text === "") return <EmptyText />;
	const end = text.search(/[\r\n]/);
	const cut = end >= 0 && end < SHOWN ? end : text.length > SHOWN ? SHOWN : -1;
	if (cut < 0) return text;
	return (
		<>
			{text.slice(0, cut)}
			<span className="g-more" title="There is more: Enter shows the whole value.">
				{cut === end ? " ⏎" : "…"}
			</span>
		</>
	);
}

/** The empty string, which is not NULL. */
export function EmptyText() {
	return (
		<span className="g-empty" title="the empty string">
			‘’
		</span>
	);
}

/** The address of the source line that a row names, where the cell is one of the two that name it. */
export function placeOfCell(result: QueryResult, place: { source: number; line: number | null } | null, row: number, column: number): string | null {
	if (place === null || (column !== place.source && column !== place.line)) return null;
	const source = result.text(row, place.source);
	if (source === null || source === "") return null;
	const line = place.line === null ? null : Number(result.text(row, place.line) ?? Number.NaN);
	return sourceHref(source, line !== null && Number.isSafeInteger(line) && line > 0 ? line : null);
}

/** A cell's text, leading to the source where it names one. */
export function LinkedText({ text, href }: { text: string | null; href: string | null }) {
	if (href === null || text === null) return <CellText text={text} />;
	return (
		<Link href={href} prefetch={false} tabIndex={-1}>
			<CellText text={text} />
		</Link>
	);
}
