import type { ReactNode } from "react";

/** A key cap: `<Kbd>Ctrl K</Kbd>`. */
export function Kbd({ children }: { children: ReactNode }) {
	return <kbd className="kbd">{children}</kbd>;
}

/** NULL as a word in italics: never an empty cell, never "0". */
export function Null({ word = "null" }: { word?: string }) {
	return <span className="null">{word}</span>;
}

export interface ProgressProps {
	/** 0 to 1; null where the total is not known yet */
	value: number | null;
	/** the accessible name, such as `Loading` */
	label: string;
	/** what a screen reader says instead of the percentage */
	text?: string;
	className?: string;
}

/** The 3 px determinate line. */
export function Progress({ value, label, text, className = "" }: ProgressProps) {
	const percent = value === null ? null : Math.max(0, Math.min(100, Math.round(value * 1000) / 10));
	return (
		<div
			className={`prog${percent === null ? " unknown-total" : ""} ${className}`.trim()}
			role="progressbar"
			aria-label={label}
			aria-valuemin={0}
			aria-valuemax={100}
			aria-valuenow={percent === null ? undefined : Math.round(percent)}
			aria-valuetext={text}
		>
			<i style={percent === null ? undefined : { width: `${percent}%` }} />
		</div>
	);
}

/** What is not here, why, and what would put it here. `actions` are buttons or links. */
export function Empty({ title, children, actions, level = 3 }: { title: ReactNode; children?: ReactNode; actions?: ReactNode; level?: 2 | 3 }) {
	const Head = level === 2 ? "h2" : "h3";
	return (
		<div className="empty">
			<Head className="empty-title">{title}</Head>
			{children !== undefined && <div className="say">{children}</div>}
			{actions !== undefined && <div className="row acts">{actions}</div>}
		</div>
	);
}

export interface SegOption<V extends string> {
	value: V;
	label: ReactNode;
}

/** A few choices side by side, one of them pressed. */
export function Seg<V extends string>({ label, options, value, onChange }: { label: string; options: readonly SegOption<V>[]; value: V; onChange: (value: V) => void }) {
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box; the group has a name
		<span className="seg" role="group" aria-label={label}>
			{options.map((option) => (
				<button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
					{option.label}
				</button>
			))}
		</span>
	);
}
