"use client";

import { type ReactNode, useId } from "react";
import { useEvidence, useHasEvidence, useIsOpen } from "@/components/evidence/evidence-provider";
import type { AnyQuery, FigureTone } from "@/components/evidence/types";
import type { Params } from "@/lib/tables/query";

export interface FigureProps {
	/** the figure as it is shown */
	children: ReactNode;
	query: AnyQuery;
	params?: Params;
	/** what the figure is, in words: `cases of scaling_trace that pass`. The query's own sentence by default. */
	label?: string;
	tone?: FigureTone;
	/** more classes, such as `m b` */
	className?: string;
}

/** The plain text of what a figure shows, for the head of the drawer. */
function textOf(node: ReactNode): string {
	if (typeof node === "string" || typeof node === "number" || typeof node === "bigint") return String(node);
	if (Array.isArray(node)) return node.map(textOf).join("");
	return "";
}

const TONES: { [tone in FigureTone]: string } = { fail: " fail-ink", warn: " warn-ink", pass: "" };

/** A figure with a query behind it. Enter or a press opens its evidence. */
export function Figure({ children, query, params = {}, label, tone, className = "" }: FigureProps) {
	const id = useId();
	const { open } = useEvidence();
	const openable = useHasEvidence();
	const expanded = useIsOpen(id);
	const classes = `${className}${tone === undefined ? "" : TONES[tone]}`.trim();
	if (!openable) return <span className={classes || undefined}>{children}</span>;
	return (
		<button
			type="button"
			id={id}
			className={`p ${classes}`.trim()}
			aria-expanded={expanded}
			aria-haspopup="dialog"
			title={`Evidence: ${label ?? query.describe}`}
			onClick={(event) => {
				const anchor = event.currentTarget;
				open({ label, value: textOf(children) || (anchor.textContent ?? ""), query, params, tone, anchor }, id);
			}}
		>
			{children}
		</button>
	);
}
