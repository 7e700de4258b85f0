"use client";

import * as RadixDialog from "@radix-ui/react-dialog";
import { useRef } from "react";
import type { DialogProps } from "./dialog";
import { Icon } from "./icon";

/**
 * A modal dialog: focus goes in, stays in and comes back. The scrim is a plain element, because Radix's own overlay
 * writes a style element, which the content security policy forbids.
 */
export function DialogBody({ open, onOpenChange, title, children, className = "", bareHead = false }: DialogProps) {
	// Radix gives focus back to a trigger; these dialogs open by key and have none.
	const before = useRef<Element | null>(null);
	return (
		<RadixDialog.Root open={open} onOpenChange={onOpenChange}>
			<RadixDialog.Portal>
				<div className="scrim" aria-hidden="true" />
				<RadixDialog.Content
					className={`over dialog ${className}`.trim()}
					aria-describedby={undefined}
					onOpenAutoFocus={() => {
						before.current = document.activeElement;
					}}
					onCloseAutoFocus={() => {
						const free = document.activeElement === null || document.activeElement === document.body;
						if (free && before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
					}}
				>
					{bareHead ? (
						<RadixDialog.Title className="sr">{title}</RadixDialog.Title>
					) : (
						<header>
							<RadixDialog.Title>{title}</RadixDialog.Title>
							<RadixDialog.Close className="btn quiet icon" aria-label="Close">
								<Icon name="close" />
							</RadixDialog.Close>
						</header>
					)}
					{children}
				</RadixDialog.Content>
			</RadixDialog.Portal>
		</RadixDialog.Root>
	);
}
