"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import type { ReadonlyURLSearchParams } from "next/navigation";
import { type MouseEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { num, parseTime, SessionMark, Time, timeText } from "@/components/ui";
import type { SessionRow } from "@/lib/tables/sessions";
import { sessionHref, sharedIds } from "./address";
import { Missing } from "./session-parts";

type Item = { kind: "day"; day: string } | { kind: "row"; row: SessionRow; index: number };

/** More rows than this are drawn only where they are in view. */
const DRAW_ALL = 200;
const COLUMNS = 7;

export interface SessionTableProps {
	rows: readonly SessionRow[];
	/** the index of the chosen row, −1 where it is not in the list */
	chosen: number;
	/** day rows between the sessions; only in order of time */
	days: boolean;
	params: ReadonlyURLSearchParams;
	scroller: RefObject<HTMLDivElement | null>;
	rowHeight: number;
	onChoose: (index: number) => void;
}

/** The list of sessions. Every row is a link to its page; a plain press chooses it beside the list. */
export function SessionTable({ rows, chosen, days, params, scroller, rowHeight, onChoose }: SessionTableProps) {
	const shared = useMemo(() => sharedIds(rows), [rows]);
	const items = useMemo(() => itemsOf(rows, days), [rows, days]);
	const at = useMemo(() => items.findIndex((item) => item.kind === "row" && item.index === chosen), [items, chosen]);
	const partly = items.length > DRAW_ALL;
	const head = 29;
	const virtual = useVirtualizer({
		count: items.length,
		getScrollElement: () => scroller.current,
		estimateSize: (index) => (items[index]?.kind === "day" ? 24 : rowHeight),
		overscan: 12,
		enabled: partly,
		scrollPaddingStart: head,
		scrollMargin: head,
	});
	const drawn = partly ? virtual.getVirtualItems() : null;
	const first = drawn?.[0];
	const last = drawn?.at(-1);
	const before = first === undefined ? 0 : first.start - head;
	const after = last === undefined ? 0 : virtual.getTotalSize() - (last.end - head);

	// The chosen row comes into view when the choice changes, not when the list does.
	const seen = useRef<number | null>(null);
	useEffect(() => {
		if (at < 0 || seen.current === chosen) return;
		// On the first draw the list does not know its scrolling box yet; the next one comes at once.
		if (partly && virtual.scrollElement === null) return;
		seen.current = chosen;
		if (partly) virtual.scrollToIndex(at, { align: "auto" });
		else scroller.current?.querySelector('[data-selected="true"]')?.scrollIntoView({ block: "nearest" });
	});

	const press = (event: MouseEvent, index: number) => {
		if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
		event.preventDefault();
		onChoose(index);
	};

	const draw = (item: Item, key: number) => {
		if (item.kind === "day") {
			return (
				<tr className="day" key={`day-${key}`} ref={partly ? virtual.measureElement : undefined} data-index={key}>
					<td colSpan={COLUMNS} className="i3 small">
						{item.day}
					</td>
				</tr>
			);
		}
		const { row, index } = item;
		return (
			<tr key={`${row.source}:${row.line}`} ref={partly ? virtual.measureElement : undefined} data-index={key} data-selected={index === chosen ? true : undefined} aria-current={index === chosen ? "true" : undefined} style={{ cursor: "pointer" }} onClick={(event) => press(event, index)}>
				<td style={{ width: 20 }}>{row.finalVerdict === null ? <Missing field="final_verdict" absent={row.absent} /> : <SessionMark word={row.finalVerdict} />}</td>
				<td className="m">
					<a className="i2" style={{ display: "block", lineHeight: "24px" }} href={sessionHref(row, row.sessionId !== null && shared.has(row.sessionId), params)}>
						{row.timestamp === null ? <Missing field="timestamp" absent={row.absent} /> : <Time value={row.timestamp} style={days ? "clock" : "minute"} />}
					</a>
				</td>
				<td>
					{row.daemon ?? <Missing field="daemon" absent={row.absent} />}
					<span className="only-s l-narrow small i3">
						{row.kind} · {row.model}
					</span>
				</td>
				<td className="i2 only-l l-wide">{row.kind ?? <Missing field="kind" absent={row.absent} />}</td>
				<td className="m i2 clip only-l l-wide" style={{ width: "100%" }} title={row.model ?? undefined}>
					{row.model ?? <Missing field="model" absent={row.absent} />}
				</td>
				<td>
					<Marks words={row.attemptVerdicts} />
				</td>
				<td className="m r">{row.durationMs === null ? <Missing field="duration_ms" absent={row.absent} /> : num(row.durationMs)}</td>
			</tr>
		);
	};

	return (
		<table className="t inset" aria-label="Sessions" aria-rowcount={rows.length}>
			<thead>
				<tr>
					<th style={HEAD} scope="col">
						<span className="sr">Verdict</span>
					</th>
					<th style={HEAD} scope="col">
						Time
					</th>
					<th style={HEAD} scope="col">
						Daemon
					</th>
					<th style={HEAD} scope="col" className="only-l l-wide">
						Kind
					</th>
					<th style={HEAD} scope="col" className="only-l l-wide">
						Model
					</th>
					<th style={HEAD} scope="col">
						Attempts
					</th>
					<th style={HEAD} scope="col" className="r">
						ms
					</th>
				</tr>
			</thead>
			<tbody>
				{before > 0 && <Space height={before} />}
				{drawn === null ? items.map(draw) : drawn.map((place) => draw(items[place.index]!, place.index))}
				{after > 0 && <Space height={after} />}
			</tbody>
		</table>
	);
}

const HEAD = { position: "sticky", top: 0, background: "var(--surface-0)", zIndex: 1 } as const;

function Space({ height }: { height: number }) {
	return (
		<tr>
			<td colSpan={COLUMNS} style={{ height, padding: 0, border: 0 }} />
		</tr>
	);
}

/** One mark an attempt, in order; past eight the rest is a number. */
function Marks({ words }: { words: readonly (string | null)[] }) {
	const shown = words.slice(0, 8);
	return (
		<span className="row" style={{ gap: 1 }}>
			{shown.map((word, i) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: attempts are a sequence; their place is what they are
				<SessionMark key={i} word={word ?? "no verdict"} />
			))}
			{words.length > shown.length && <span className="m i3">+{words.length - shown.length}</span>}
		</span>
	);
}

function itemsOf(rows: readonly SessionRow[], days: boolean): Item[] {
	const items: Item[] = [];
	let last: string | null = null;
	rows.forEach((row, index) => {
		if (days) {
			const at = row.timestamp === null ? null : parseTime(row.timestamp);
			const day = at === null ? "Time not known" : timeText(at, "date");
			if (day !== last) items.push({ kind: "day", day });
			last = day;
		}
		items.push({ kind: "row", row, index });
	});
	return items;
}
