"use client";

import Link from "next/link";
import { useMemo } from "react";
import { CopyButton } from "@/components/ui/copy";
import { num } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { jsonValue } from "@/lib/answer/export";
import type { QueryResult } from "@/lib/engine/engine";
import { EmptyText } from "./cell";

/** So many characters are laid out; a copy takes all. */
const SHOWN = 100_000;

export interface DetailProps {
	result: QueryResult;
	/** row of the result */
	row: number;
	/** row as it is displayed, from 0 */
	index: number;
	column: number;
	href: string | null;
	onClose: () => void;
}

/** The whole value of a cell. */
export function CellDetail({ result, row, index, column, href, onClose }: DetailProps) {
	const { name, type, kind } = result.columns[column]!;
	const text = useMemo(() => {
		const value = result.text(row, column);
		return value !== null && kind === "nested" ? jsonValue(result.cell(row, column), "  ") : value;
	}, [result, row, column, kind]);
	const cut = text !== null && text.length > SHOWN;
	return (
		<section
			className="g-detail"
			aria-label="Cell"
			onKeyDown={(event) => {
				if (event.key !== "Escape") return;
				event.stopPropagation();
				onClose();
			}}
		>
			<header>
				<h3>
					<span className="m">{name}</span> <span className="i3">row {num(index + 1)}</span>
				</h3>
				<span className="i3 small m wrap-any">{type}</span>
				{cut && (
					<span className="i3 small">
						first {num(SHOWN)} of {num(text.length)} characters; a copy takes all
					</span>
				)}
				<span className="grow" />
				{href !== null && (
					<Link className="btn quiet slim" href={href} prefetch={false}>
						Open the source
					</Link>
				)}
				{text !== null && <CopyButton text={text} label="Copy the value" done="Value copied" />}
				<button type="button" className="btn quiet icon slim" aria-label="Close" title="Close" onClick={onClose}>
					<Icon name="close" />
				</button>
			</header>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
			<pre tabIndex={0}>
				{text === null ? <span className="null">null</span> : text === "" ? <EmptyText /> : cut ? text.slice(0, SHOWN) : text}
			</pre>
		</section>
	);
}
