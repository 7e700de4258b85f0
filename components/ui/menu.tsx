"use client";

import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Kbd } from "./bits";
import { Icon, type IconName } from "./icon";

export interface MenuItem {
	label: ReactNode;
	icon?: IconName;
	kbd?: string;
	/** a link, or … */
	href?: string;
	/** … an action */
	onSelect?: () => void;
	/** set on the items of a choice: whether it is the current one */
	checked?: boolean;
	disabled?: boolean;
}

export interface MenuProps {
	/** the name of the menu, and the first words of the button's name */
	label: string;
	/** what the button shows; the label by default */
	children?: ReactNode;
	/** `null` is a rule between groups */
	items: readonly (MenuItem | null)[];
	align?: "start" | "end";
	buttonClass?: string;
	/** no arrow after the button's content */
	bare?: boolean;
	disabled?: boolean;
}

/** A menu button. Arrows, Home, End and first letters move; Enter picks; Esc and Tab close it and give focus back. */
export function Menu({ label, children, items, align = "start", buttonClass = "btn", bare = false, disabled = false }: MenuProps) {
	const [open, setOpen] = useState(false);
	const id = useId();
	const root = useRef<HTMLSpanElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	const list = useRef<HTMLDivElement>(null);
	const startAt = useRef<"first" | "last">("first");

	useEffect(() => {
		if (!open) return;
		const rows = itemsOf(list.current);
		const checked = rows.find((row) => row.getAttribute("aria-checked") === "true");
		(checked ?? (startAt.current === "first" ? rows[0] : rows.at(-1)))?.focus();
		const outside = (event: PointerEvent) => {
			if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
		};
		document.addEventListener("pointerdown", outside);
		return () => document.removeEventListener("pointerdown", outside);
	}, [open]);

	const close = (refocus: boolean) => {
		setOpen(false);
		if (refocus) button.current?.focus();
	};

	const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
		const rows = itemsOf(list.current);
		const at = rows.indexOf(document.activeElement as HTMLElement);
		const go = (index: number) => {
			rows[(index + rows.length) % rows.length]?.focus();
			event.preventDefault();
		};
		event.stopPropagation();
		if (event.key === "ArrowDown") go(at + 1);
		else if (event.key === "ArrowUp") go(at - 1);
		else if (event.key === "Home") go(0);
		else if (event.key === "End") go(rows.length - 1);
		else if (event.key === "Tab") close(false);
		else if (event.key === "Escape") {
			event.preventDefault();
			close(true);
		} else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
			const letter = event.key.toLowerCase();
			const next = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((row) => row.textContent?.trim().toLowerCase().startsWith(letter));
			next?.focus();
		}
	};

	return (
		<span className="menu-at" ref={root}>
			<button
				type="button"
				ref={button}
				className={buttonClass}
				aria-haspopup="menu"
				aria-expanded={open}
				aria-controls={open ? id : undefined}
				disabled={disabled}
				onClick={() => {
					startAt.current = "first";
					setOpen(!open);
				}}
				onKeyDown={(event) => {
					if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
					event.preventDefault();
					startAt.current = event.key === "ArrowDown" ? "first" : "last";
					setOpen(true);
				}}
			>
				{children === undefined ? (
					label
				) : (
					<>
						<span className="sr">{label}: </span>
						{children}
					</>
				)}
				{!bare && <Icon name="chevron-down" />}
			</button>
			{open && (
				<div className={`over menu${align === "end" ? " end" : ""}`} role="menu" id={id} aria-label={label} ref={list} onKeyDown={onKeyDown} tabIndex={-1}>
					{/* biome-ignore-start lint/suspicious/noArrayIndexKey: the order of a menu does not change while it is open */}
					{items.map((item, i) => (item === null ? <hr key={`rule-${i}`} /> : <Row key={typeof item.label === "string" ? item.label : i} item={item} close={close} />))}
					{/* biome-ignore-end lint/suspicious/noArrayIndexKey: see above */}
				</div>
			)}
		</span>
	);
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
	return list === null ? [] : [...list.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])')];
}

function Row({ item, close }: { item: MenuItem; close(refocus: boolean): void }) {
	const inner = (
		<>
			{item.icon !== undefined && <Icon name={item.icon} />}
			{item.checked !== undefined && <span style={{ width: 16, display: "inline-flex" }}>{item.checked && <Icon name="check" />}</span>}
			<span>{item.label}</span>
			{item.kbd !== undefined && <Kbd>{item.kbd}</Kbd>}
		</>
	);
	if (item.href !== undefined && !item.disabled) {
		return (
			<Link role="menuitem" tabIndex={-1} href={item.href} prefetch={false} onClick={() => close(false)}>
				{inner}
			</Link>
		);
	}
	const pick = () => {
		if (item.disabled) return;
		close(true);
		item.onSelect?.();
	};
	if (item.checked === undefined) {
		return (
			<button type="button" role="menuitem" tabIndex={-1} aria-disabled={item.disabled ? true : undefined} onClick={pick}>
				{inner}
			</button>
		);
	}
	return (
		<button type="button" role="menuitemradio" aria-checked={item.checked} tabIndex={-1} aria-disabled={item.disabled ? true : undefined} onClick={pick}>
			{inner}
		</button>
	);
}
