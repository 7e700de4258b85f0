"use client";

import { type ReactNode, useState } from "react";

/**
 * The values behind a drawing, for who cannot see it or wants to read them. `children` makes the table, and is called only while it is open:
 * a closed table of every chart would be most of what a page draws.
 */
export function AsTable({ children }: { children: () => ReactNode }) {
	const [open, setOpen] = useState(false);
	return (
		<details className="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>Show as table</summary>
			{open && children()}
		</details>
	);
}
