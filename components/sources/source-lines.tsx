"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useCallback, useEffect, useRef, useState } from "react";
import { Mark, num } from "@/components/ui";
import type { RejectRow } from "@/lib/tables/sources";
import type { LineCache } from "./line-cache";

/** A longer line is cut until the reader asks for all of it. */
const CUT = 2000;
/** More than this of one line would stop the browser; the rest is said. */
const MOST = 1_000_000;
/** Lines in one stretch: a browser's scroll area ends near 17 million pixels. */
const STRETCH = 400_000;
/** a line number is a target: 24 px at least */
const ROW = 24;

export interface SourceLinesProps {
	path: string;
	cache: LineCache;
	total: number;
	rejects: ReadonlyMap<number, RejectRow>;
	marked: number | null;
	wrap: boolean;
	/** the line at the top, kept by the page so that another folding begins where this one was */
	top: { current: number | null };
	onMark: (line: number) => void;
	hrefOf: (line: number) => string;
}

/** The text of a source with its line numbers, drawn where it is in view. */
export function SourceLines({ path, cache, total, rejects, marked, wrap, top, onMark, hrefOf }: SourceLinesProps) {
	const scroller = useRef<HTMLElement>(null);
	const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());
	const [stretch, setStretch] = useState(() => Math.floor(((top.current ?? marked ?? 1) - 1) / STRETCH));
	const base = Math.min(stretch, Math.floor(Math.max(0, total - 1) / STRETCH)) * STRETCH;
	const count = Math.min(STRETCH, total - base);
	const virtual = useVirtualizer<HTMLElement, HTMLDivElement>({
		count,
		getScrollElement: () => scroller.current,
		estimateSize: useCallback((index: number) => (rejects.has(base + index + 1) ? ROW * 2 : ROW), [rejects, base]),
		overscan: 20,
	});
	const drawn = virtual.getVirtualItems();
	const from = base + (drawn[0]?.index ?? 0) + 1;
	const to = base + (drawn.at(-1)?.index ?? 0) + 1;

	useEffect(() => {
		if (count > 0) cache.want(from, to);
	}, [cache, from, to, count]);
	useEffect(() => () => cache.stop(), [cache]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the rejects and the stretch; wrapped lines are measured
	useEffect(() => {
		if (!wrap) virtual.measure();
	}, [rejects, base, virtual]);

	const edge = useRef<"start" | "end" | null>(null);
	const turn = (by: 1 | -1) => {
		edge.current = by === 1 ? "start" : "end";
		setStretch(base / STRETCH + by);
	};
	// biome-ignore lint/correctness/useExhaustiveDependencies: once a stretch
	useEffect(() => {
		if (edge.current !== null) virtual.scrollToIndex(edge.current === "start" ? 0 : count - 1);
		edge.current = null;
	}, [base]);

	// A marked line comes into view once for each time it is marked; one that is in view stays where it is.
	const shown = useRef<string | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: once, where another folding was left; the mark stays in view if it was
	useEffect(() => {
		const line = top.current;
		if (line === null || count === 0) return;
		const near = marked !== null && marked >= line && marked < line + 60;
		if (marked !== null) shown.current = `${path}:${Math.min(marked, total)}`;
		virtual.scrollToIndex((near ? marked : line) - 1 - base, { align: near ? "center" : "start" });
	}, []);
	const firstSeen = virtual.range?.startIndex;
	useEffect(() => {
		if (firstSeen !== undefined) top.current = base + firstSeen + 1;
	}, [firstSeen, base, top]);
	useEffect(() => {
		if (marked === null || total === 0) return;
		const line = Math.min(marked, total);
		if (shown.current === `${path}:${line}`) return;
		const wanted = Math.floor((line - 1) / STRETCH);
		if (wanted * STRETCH !== base) {
			setStretch(wanted);
			return;
		}
		shown.current = `${path}:${line}`;
		const range = virtual.range;
		const index = line - 1 - base;
		if (range !== null && scroller.current !== null && scroller.current.scrollTop > 0 && index > range.startIndex && index < range.endIndex) return;
		virtual.scrollToIndex(index, { align: "center" });
	}, [marked, total, base, path, virtual]);

	const gutter = String(total).length * 8 + 46;
	const line: CSSProperties = { display: "grid", gridTemplateColumns: wrap ? `${gutter}px minmax(0, 1fr)` : `${gutter}px max-content`, position: "absolute", top: 0, left: 0, minWidth: "100%", width: wrap ? "100%" : undefined };

	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it
		<section ref={scroller} className={`src${wrap ? " fold" : ""}`} tabIndex={0} aria-label={`Text of ${path}`} style={{ flex: "1 1 auto", minHeight: 240, overflow: "auto", position: "relative", lineHeight: `${ROW}px` }}>
			{base > 0 && <Step text={`Lines ${num(base - STRETCH + 1)} to ${num(base)}`} onPress={() => turn(-1)} />}
			<div style={{ display: "block", position: "relative", height: virtual.getTotalSize(), minWidth: "100%" }}>
				{drawn.map((place) => {
					const number = base + place.index + 1;
					const text = cache.get(number);
					const reject = rejects.get(number);
					return (
						<div key={place.key} ref={wrap ? virtual.measureElement : undefined} data-index={place.index} className={number === marked ? "hi" : undefined} aria-current={number === marked ? "true" : undefined} style={{ ...line, transform: `translateY(${place.start}px)`, background: number !== marked && reject !== undefined ? "var(--reject-soft)" : undefined }}>
							<i style={{ position: "sticky", left: 0, whiteSpace: "nowrap", background: number === marked ? "var(--mark)" : reject !== undefined ? "var(--reject-soft)" : "var(--surface-0)" }}>
								{reject !== undefined && <Mark verdict="reject" size={9} label="reject" />}{" "}
								<a
									href={hrefOf(number)}
									tabIndex={-1}
									style={{ color: "inherit", display: "inline-block", minWidth: ROW, textAlign: "right" }}
									onClick={(event) => {
										if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
										event.preventDefault();
										onMark(number);
									}}
								>
									{number}
								</a>
							</i>
							<span>{text === undefined ? " " : <LineText text={text} whole={whole.has(number)} onWhole={() => setWhole(new Set([...whole, number]))} />}</span>
							{reject !== undefined && (
								<>
									<div style={{ position: "sticky", left: 0, borderRight: "1px solid var(--rule)", background: number === marked ? "var(--mark)" : "var(--reject-soft)" }} />
									<span className="warn-ink" style={{ fontFamily: "var(--font-ui)", position: "sticky", left: gutter, width: "max-content", maxWidth: wrap ? "100%" : undefined }}>
										{reject.reason}
									</span>
								</>
							)}
						</div>
					);
				})}
			</div>
			{base + STRETCH < total && <Step text={`Lines ${num(base + STRETCH + 1)} to ${num(Math.min(total, base + 2 * STRETCH))}`} onPress={() => turn(1)} />}
		</section>
	);
}

function Step({ text, onPress }: { text: string; onPress: () => void }) {
	return (
		<p style={{ padding: "var(--s-2) var(--s-3)", position: "sticky", left: 0, width: "max-content" }}>
			<button type="button" className="btn" onClick={onPress}>
				{text}
			</button>
		</p>
	);
}

function LineText({ text, whole, onWhole }: { text: string; whole: boolean; onWhole: () => void }) {
	if (text.length <= CUT) return text;
	if (!whole) {
		return (
			<>
				{text.slice(0, CUT)}…{" "}
				<button type="button" className="plain" style={{ color: "var(--accent)" }} onClick={onWhole}>
					show all {num(text.length)} characters
				</button>
			</>
		);
	}
	return (
		<>
			{text.slice(0, MOST)}
			{text.length > MOST && <b> … {num(text.length - MOST)} characters more are not drawn: no browser shows such a line.</b>}
		</>
	);
}
