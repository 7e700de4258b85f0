"use client";

import { type ReactNode, type SelectHTMLAttributes, useId } from "react";
import { Kbd } from "./bits";
import { Icon, type IconName } from "./icon";

export interface FieldProps {
	/** the accessible name and, unless `placeholder` is given, the placeholder */
	label: string;
	value: string;
	onChange: (value: string) => void;
	placeholder?: string;
	icon?: IconName;
	/** the page's filter: `/` moves focus here */
	pageFilter?: boolean;
	/** what is wrong with the value, in words */
	problem?: string | null;
	mono?: boolean;
	width?: number | string;
	type?: "text" | "search" | "date";
}

/** One line of text with its outline. `Esc` empties it. */
export function Field({ label, value, onChange, placeholder = label, icon, pageFilter = false, problem, mono = false, width, type = "text" }: FieldProps) {
	const id = useId();
	return (
		<span style={{ display: "inline-block", width, minWidth: 0, maxWidth: "100%" }}>
			<span className={`in${problem ? " bad" : ""}`} style={{ width: "100%" }}>
				{icon !== undefined && <Icon name={icon} />}
				<input
					type={type}
					className={mono ? "m" : undefined}
					aria-label={label}
					aria-invalid={problem ? true : undefined}
					aria-describedby={problem ? id : undefined}
					placeholder={placeholder}
					value={value}
					spellCheck={false}
					autoComplete="off"
					data-page-filter={pageFilter ? "" : undefined}
					aria-keyshortcuts={pageFilter ? "/" : undefined}
					onChange={(event) => onChange(event.target.value)}
					onKeyDown={(event) => {
						if (event.key !== "Escape") return;
						if (value === "") event.currentTarget.blur();
						else onChange("");
						event.stopPropagation();
					}}
				/>
				{pageFilter && value === "" && <Kbd>/</Kbd>}
			</span>
			{problem && (
				<span id={id} className="small fail-ink" style={{ display: "block", marginTop: 4 }}>
					{problem}
				</span>
			)}
		</span>
	);
}

/** A native select with the outline of a control. `children` are options. */
export function Select({ label, children, onChange, ...rest }: { label: string; children: ReactNode; onChange: (value: string) => void } & Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "children">) {
	return (
		<span className="in">
			<select aria-label={label} onChange={(event) => onChange(event.target.value)} {...rest}>
				{children}
			</select>
			<Icon name="chevron-down" />
		</span>
	);
}
