"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { count } from "@/components/ui/format";
import type { Ignored } from "@/lib/parity/wire-normalise";
import { Breakable } from "./breakable";
import { preview } from "./side-text";

interface SwitchesProps {
	/** rules that there is a switch for, besides those chosen */
	offered: readonly string[];
	chosen: readonly string[];
	/** the run's own */
	own: readonly string[];
	choose: (rules: readonly string[]) => void;
	/** chosen rules that met nothing */
	unused: readonly string[];
}

/** What is not compared, each rule with a switch, and a field for another. */
export function IgnoreSwitches({ offered, chosen, own, choose, unused }: SwitchesProps) {
	const [typed, setTyped] = useState("");
	const rules = [...new Set([...offered, ...chosen])];
	const add = () => {
		const rule = typed.trim();
		if (rule === "") return;
		setTyped("");
		if (!chosen.includes(rule)) choose([...chosen, rule]);
	};
	return (
		<fieldset className="row wrap no-print" style={{ border: 0, padding: "4px 0 6px", margin: 0, gap: "4px var(--s-4)" }}>
			<legend className="sr">Keys that are ignored</legend>
			<span className="small i2" aria-hidden="true">
				Ignore
			</span>
			{rules.map((rule) => (
				<label key={rule} className="row small" style={{ gap: 5 }}>
					<input type="checkbox" checked={chosen.includes(rule)} onChange={(event) => choose(event.target.checked ? [...chosen, rule] : chosen.filter((one) => one !== rule))} />
					<span className="m wrap-any">{rule}</span>
					{own.includes(rule) && <span className="i3">by casebook.json</span>}
					{unused.includes(rule) && <span className="i3">met nothing</span>}
				</label>
			))}
			<form
				className="row"
				onSubmit={(event) => {
					event.preventDefault();
					add();
				}}
			>
				<Field label="Key or pointer to ignore" placeholder="key or /pointer" mono width={150} value={typed} onChange={setTyped} />
				<button type="submit" className="btn slim" disabled={typed.trim() === ""}>
					Ignore
				</button>
			</form>
		</fieldset>
	);
}

const FEW = 12;

/** The values that were not compared, those that differ first: what the answer rests on. */
export function IgnoredValues({ ignored }: { ignored: readonly Ignored[] }) {
	if (ignored.length === 0) return null;
	const sorted = [...ignored].sort((a, b) => Number(b.differs) - Number(a.differs));
	const side = (text: string | null) => (text === null ? <span className="null">absent</span> : preview(text, 60));
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
		<section className="scroll" style={{ paddingBottom: 10 }} tabIndex={0} aria-label="Values that were ignored">
			<table className="t" aria-label="Ignored values">
				<thead>
					<tr>
						<th scope="col">Ignored</th>
						<th scope="col">Rule</th>
						<th scope="col">Reference</th>
						<th scope="col">Candidate</th>
						<th scope="col">Differs</th>
					</tr>
				</thead>
				<tbody>
					{sorted.slice(0, FEW).map((item) => (
						<tr key={item.pointer}>
							<td className="m w" style={{ minWidth: 140 }}>
								<Breakable text={item.pointer} />
							</td>
							<td className="m">{item.rule}</td>
							<td className="m w" style={{ minWidth: 120 }}>{side(item.reference)}</td>
							<td className="m w" style={{ minWidth: 120 }}>{side(item.candidate)}</td>
							<td className={item.differs ? "b" : "i3"}>{item.differs ? "differs" : "the same"}</td>
						</tr>
					))}
				</tbody>
			</table>
			{sorted.length > FEW && <p className="small i2">{count(sorted.length - FEW, "more value")} ignored in the same way.</p>}
		</section>
	);
}
