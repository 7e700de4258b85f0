"use client";

import { type ReactNode, useState } from "react";
import { num } from "@/components/ui/format";

/** Rows drawn before the reader asks for all. */
const MOST = 200;

/** The first of many rows, and the way to all of them. `what` is their word: "files". */
export function Few<R>({ rows, what, children }: { rows: readonly R[]; what: string; children: (shown: readonly R[]) => ReactNode }) {
	const [all, setAll] = useState(false);
	return (
		<>
			{children(all ? rows : rows.slice(0, MOST))}
			{!all && rows.length > MOST && (
				<p style={{ paddingTop: 10 }}>
					<button type="button" className="btn quiet" onClick={() => setAll(true)}>
						Show all {num(rows.length)} {what}
					</button>
				</p>
			)}
		</>
	);
}
