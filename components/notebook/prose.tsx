// biome-ignore-all lint/suspicious/noArrayIndexKey: rows, columns and blocks of one answer never move among one another
"use client";

import { Fragment, type ReactNode, useMemo } from "react";
import { Figure } from "@/components/ui";
import { cellQuery } from "@/lib/answer/cell-query";
import type { CellRun } from "@/lib/answer/notebook";
import type { FigureReference } from "@/lib/notebook/figures";
import { type Block, type Inline, proseOf, visible } from "@/lib/notebook/prose";

/** A piece of Markdown between cells. Only what `proseOf` knows is ever drawn. */
export function Prose({ markdown, plain = false, cells, ran }: { markdown: string; plain?: boolean | undefined; cells: ReadonlyMap<string, CellRun>; ran: boolean }) {
	const blocks = useMemo(() => proseOf(markdown, plain), [markdown, plain]);
	const draw = (list: readonly Block[]): ReactNode => list.map((block, at) => <Fragment key={at}>{one(block)}</Fragment>);
	const line = (list: readonly Inline[]): ReactNode => list.map((inline, at) => <Fragment key={at}>{inlineOf(inline)}</Fragment>);
	const inlineOf = (inline: Inline): ReactNode => {
		switch (inline.kind) {
			case "text":
				return inline.text;
			case "strong":
				return <strong>{line(inline.children)}</strong>;
			case "emphasis":
				return <em>{line(inline.children)}</em>;
			case "deleted":
				return <del>{line(inline.children)}</del>;
			case "code":
				return <code className="m">{inline.text}</code>;
			case "link":
				return (
					<a href={inline.href} rel="noopener noreferrer">
						{line(inline.children)}
					</a>
				);
			case "break":
				return <br />;
			case "figure":
				return <ProseFigure figure={inline.figure} run={cells.get(inline.figure.cell)} ran={ran} />;
		}
	};
	const one = (block: Block): ReactNode => {
		switch (block.kind) {
			case "heading": {
				const Head = `h${Math.min(6, block.level)}` as "h1" | "h2" | "h3" | "h4" | "h5" | "h6";
				return <Head>{line(block.children)}</Head>;
			}
			case "paragraph":
				return <p>{line(block.children)}</p>;
			case "list": {
				const items = block.items.map((item, at) => (
					<li key={at}>
						{item.checked !== null && <input type="checkbox" checked={item.checked} disabled aria-label={item.checked ? "done" : "open"} />}
						{draw(item.children)}
					</li>
				));
				return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
			}
			case "quote":
				return <blockquote>{draw(block.children)}</blockquote>;
			case "code":
				return <pre className="code">{block.text}</pre>;
			case "table":
				return (
					<div className="scroll">
						<table className="t">
							<thead>
								<tr>
									{block.head.map((cell, at) => (
										<th key={at} scope="col" className={block.align[at] === "right" ? "r" : undefined}>
											{line(cell)}
										</th>
									))}
								</tr>
							</thead>
							<tbody>
								{block.rows.map((row, n) => (
									<tr key={n}>
										{row.map((cell, at) => (
											<td key={at} className={block.align[at] === "right" ? "r" : undefined}>
												{line(cell)}
											</td>
										))}
									</tr>
								))}
							</tbody>
						</table>
					</div>
				);
			case "rule":
				return <hr />;
		}
	};
	return <div className="prose">{draw(blocks)}</div>;
}

/** `{{ cell.column }}`: the value of the reader's own run, which leads to its evidence; before that, what it will be. */
function ProseFigure({ figure, run, ran }: { figure: FigureReference; run: CellRun | undefined; ran: boolean }) {
	const result = run?.result ?? null;
	if (!run || result === null) {
		return (
			<span className="m i3" title={ran ? `The cell ${figure.cell} has no result.` : "Not run yet."}>
				{ran ? figure.raw : `${figure.cell}.${figure.column}`}
			</span>
		);
	}
	const column = result.columns.findIndex(({ name }) => name.toLowerCase() === figure.column.toLowerCase());
	const query = cellQuery(run);
	if (column < 0 || figure.row >= result.numRows || query === null) {
		return (
			<span className="m fail-ink" title={column < 0 ? `The cell ${figure.cell} has no column ${figure.column}.` : `The cell ${figure.cell} has ${result.numRows} rows.`}>
				{figure.raw}
			</span>
		);
	}
	const text = result.text(figure.row, column);
	return (
		<Figure query={query} className="m" label={`${figure.column} of ${visible(run.cell.title ?? figure.cell)}`}>
			{text === null ? <i>null</i> : visible(text)}
		</Figure>
	);
}
