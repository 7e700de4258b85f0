"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { setUrlParams } from "@/components/shell/url-state";
import { Field, Icon, Menu, num, SessionMark } from "@/components/ui";
import { sessionFacets } from "@/lib/tables/sessions";
import { SORT_WORDS, SORTS, type Sort } from "./address";
import { plainWord } from "./words";

const NONE = {};
const FACETS = ["daemon", "verdict", "kind", "model"] as const;

/** Typed text goes to the address after this long without a key, in milliseconds. */
const TYPING = 180;

/** The list's filters: text, four menus, two days. They live in the address alone. */
export function SessionFilters({ sort }: { sort: Sort }) {
	const params = useSearchParams();
	const facets = useAnswer(sessionFacets, NONE);
	const [dates, setDates] = useState(false);
	const after = params.get("after");
	const before = params.get("before");
	const day = (value: string | null) => (value === null ? "" : value.slice(0, 10));
	return (
		<>
			<div className="row" style={{ gap: 6 }}>
				<span className="grow">
					<TextFilter />
				</span>
				<Menu label={`Sort, ${SORT_WORDS[sort]}`} align="end" items={SORTS.map((value) => ({ label: SORT_WORDS[value], checked: value === sort, onSelect: () => setUrlParams({ sort: value === "newest" ? null : value }) }))}>
					{sort}
				</Menu>
			</div>
			<div className="row wrap" style={{ gap: 6, marginTop: 8 }}>
				{FACETS.map((facet) => {
					const value = params.get(facet);
					if (value) return <SetChip key={facet} label={`${facet}: ${plainWord(value)}`} onClear={() => setUrlParams({ [facet]: null })} />;
					const options = facets.rows.filter((row) => row.facet === facet);
					return (
						<Menu
							key={facet}
							label={facet}
							buttonClass="chip"
							disabled={options.length === 0}
							items={options.map((option) => ({
								label: (
									<span className="row">
										{facet === "verdict" && <SessionMark word={option.value} />}
										<span className={facet === "model" ? "m" : undefined}>{plainWord(option.value)}</span>
										<span className="m i3">{num(option.sessions)}</span>
									</span>
								),
								onSelect: () => setUrlParams({ [facet]: option.value }),
							}))}
						/>
					);
				})}
				{after && <SetChip label={`from ${after}`} onClear={() => setUrlParams({ after: null })} />}
				{before && <SetChip label={`before ${before}`} onClear={() => setUrlParams({ before: null })} />}
				<button type="button" className="chip" aria-expanded={dates} onClick={() => setDates(!dates)}>
					days <Icon name={dates ? "chevron-up" : "chevron-down"} />
				</button>
			</div>
			{dates && (
				<div className="row wrap small i3" style={{ gap: 6, marginTop: 8 }}>
					<span>from</span>
					<Field label="From this day, UTC" type="date" value={day(after)} onChange={(value) => setUrlParams({ after: value })} width={140} />
					<span>before</span>
					<Field label="Before this day, UTC" type="date" value={day(before)} onChange={(value) => setUrlParams({ before: value })} width={140} />
					<span>days of UTC</span>
				</div>
			)}
		</>
	);
}

function SetChip({ label, onClear }: { label: string; onClear: () => void }) {
	return (
		<button type="button" className="chip on" aria-label={`${label}, remove this filter`} onClick={onClear}>
			{label} <Icon name="close" />
		</button>
	);
}

function TextFilter() {
	const q = useSearchParams().get("q") ?? "";
	const [text, setText] = useState(q);
	// The address can change without the field: a link, or the way back.
	useEffect(() => setText(q), [q]);
	useEffect(() => {
		if (text === q) return;
		const timer = setTimeout(() => setUrlParams({ q: text }, { replace: true }), TYPING);
		return () => clearTimeout(timer);
	}, [text, q]);
	return <Field label="Filter sessions" placeholder="Prompt, id, model, kind" icon="filter" pageFilter value={text} onChange={setText} width="100%" />;
}
