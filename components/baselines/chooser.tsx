"use client";

import { setUrlParams } from "@/components/shell/url-state";
import { Icon, Menu, Select } from "@/components/ui";
import { DRIFT_TOLERANCE, percent } from "@/lib/drift/rules";
import type { BaselineRow } from "@/lib/tables/baselines";
import { addressOf, baselineText, type Chosen, keyOf } from "./address";

const LIMITS = [0, 0.01, 0.05, 0.1, DRIFT_TOLERANCE, 0.5, 1];

/** Two baselines, and how much change is still none. All of it is in the address. */
export function Chooser({ rows, chosen }: { rows: readonly BaselineRow[]; chosen: Chosen }) {
	const [before, after] = [rows[chosen.before], rows[chosen.after]];
	if (before === undefined || after === undefined) return null;
	const files = new Set(rows.map((row) => row.source)).size > 1;
	const limits = LIMITS.includes(chosen.tolerance) ? LIMITS : [...LIMITS, chosen.tolerance].sort((a, b) => a - b);
	return (
		<div className="row wrap chooser" style={{ marginTop: "var(--s-4)", gap: "var(--s-2)" }}>
			<Side name="before" label="Before" rows={rows} at={chosen.before} files={files} />
			<button type="button" className="btn icon" aria-label="Swap the two baselines" title="Swap the two baselines" onClick={() => setUrlParams({ before: addressOf(after), after: addressOf(before) })}>
				<Icon name="arrow" />
			</button>
			<Side name="after" label="After" rows={rows} at={chosen.after} files={files} />
			<Menu
				label="Tolerance"
				items={limits.map((limit) => ({
					label: limit === 0 ? "any change" : `more than ${percent(limit)} %`,
					checked: limit === chosen.tolerance,
					onSelect: () => setUrlParams({ tolerance: limit === DRIFT_TOLERANCE ? null : String(limit) }),
				}))}
			>
				{chosen.tolerance === 0 ? "Any change warns" : `More than ${percent(chosen.tolerance)} % warns`}
			</Menu>
		</div>
	);
}

function Side({ name, label, rows, at, files }: { name: "before" | "after"; label: string; rows: readonly BaselineRow[]; at: number; files: boolean }) {
	return (
		<span className="row" style={{ gap: 6, minWidth: 0 }}>
			<span className="i3 small">{label}</span>
			<Select
				label={label}
				value={String(at)}
				onChange={(value) => {
					const row = rows[Number(value)];
					if (row !== undefined) setUrlParams({ [name]: addressOf(row) });
				}}
			>
				{rows
					.map((row, i) => (
						<option key={keyOf(row)} value={i}>
							{baselineText(row, files)}
						</option>
					))
					.reverse()}
			</Select>
		</span>
	);
}
