"use client";

import { useEffect, useId, useState } from "react";
import { setUrlParams } from "@/components/shell/url-state";
import type { ReadyInput } from "@/lib/answer/notebook-inputs";
import { visible } from "@/lib/notebook/prose";

/** how long a reader may go on typing before the cells run again */
const TYPING_MS = 400;

/** One input: its value stands in the address as `p.<input>=`. */
export function InputView({ input, name, title }: { input: ReadyInput | undefined; name: string; title: string }) {
	const value = input?.value === null || input?.value === undefined ? "" : String(input.value);
	const [text, setText] = useState(value);
	useEffect(() => setText(value), [value]);
	useEffect(() => {
		if (text === value || input === undefined) return;
		const timer = setTimeout(() => setUrlParams({ [`p.${name}`]: text }, { replace: true }), TYPING_MS);
		return () => clearTimeout(timer);
	}, [text, value, name, input]);
	const label = visible(title);
	const id = useId();
	return (
		<div className="inputs">
			<span className="field">
				<label htmlFor={id}>{label}</label>
				{input?.choices ? (
					<select id={id} className="input" value={value} onChange={(event) => setUrlParams({ [`p.${name}`]: event.target.value })}>
						{!input.choices.includes(value) && <option value="">none</option>}
						{input.choices.map((choice) => (
							<option key={choice} value={choice}>
								{visible(choice)}
							</option>
						))}
					</select>
				) : (
					<input id={id} className="input" type={input?.spec.type === "date" ? "date" : "text"} inputMode={input?.spec.type === "number" ? "decimal" : undefined} value={text} disabled={input === undefined} placeholder={input === undefined ? "not run yet" : undefined} onChange={(event) => setText(event.target.value)} />
				)}
			</span>
			{input?.problem && <span className="warn-ink small">{input.problem}</span>}
		</div>
	);
}
