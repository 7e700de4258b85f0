"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";

export interface DialogProps {
	open: boolean;
	onOpenChange: (open: boolean) => void;
	title: string;
	children: ReactNode;
	/** more classes: `sheet` makes it a bottom sheet on a narrow window */
	className?: string;
	/** hides title and close button from sight; the title still names the dialog */
	bareHead?: boolean;
}

/** No page opens with a dialog, so its library comes with the first one. */
const Body = lazy(() => import("./dialog-body").then((module) => ({ default: module.DialogBody })));

/** A modal dialog; see `DialogBody`. It stays mounted once it was open, so that closing gives the focus back. */
export function Dialog(props: DialogProps) {
	const [used, setUsed] = useState(props.open);
	if (props.open && !used) setUsed(true);
	if (!used) return null;
	return (
		<Suspense fallback={null}>
			<Body {...props} />
		</Suspense>
	);
}
