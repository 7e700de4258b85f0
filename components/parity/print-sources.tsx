"use client";

import { useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useAnswer } from "@/components/answer/use-answer";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { bytes, num } from "@/components/ui/format";
import type { RunRow } from "@/lib/tables/parity";
import { runSources } from "@/lib/tables/probe-questions";

/** What only the printed page has: its files with their hashes, and where and when it was printed. While it is printed, what is folded up is open. */
export function PrintSources({ id, run }: { id: string; run: RunRow }) {
	const { name } = useWorkspace();
	const answer = useAnswer(
		runSources,
		useMemo(() => ({ probe: id, run: run.run }), [id, run.run]),
	);
	const printed = usePrinting();
	return (
		<section className="print-only" aria-labelledby="print-sources">
			<h2 id="print-sources">Sources</h2>
			<table className="t">
				<thead>
					<tr>
						<th scope="col">File</th>
						<th scope="col" className="r">Bytes</th>
						<th scope="col" className="r">Cases</th>
						<th scope="col">sha256</th>
					</tr>
				</thead>
				<tbody>
					{answer.rows.map((row) => (
						<tr key={row.path}>
							<td className="m w wrap-any">{row.path}</td>
							<td className="m r">{bytes(row.bytes)}</td>
							<td className="m r">{row.cases === 0 ? "" : num(row.cases)}</td>
							<td className="m w wrap-any">{row.sha256 ?? "not known"}</td>
						</tr>
					))}
				</tbody>
			</table>
			<p className="small">
				Workspace <span className="m">{name}</span>, run <span className="m wrap-any">{run.run}</span>
				{printed !== null && `, printed ${printed}`}.
			</p>
		</section>
	);
}

/** When printing began, in UTC; null before. Everything that is folded up is open from then until it has ended. */
function usePrinting(): string | null {
	const [printed, setPrinted] = useState<string | null>(null);
	useEffect(() => {
		let opened: HTMLDetailsElement[] = [];
		const begin = () => {
			opened = [...document.querySelectorAll<HTMLDetailsElement>("#content details:not([open])")];
			for (const one of opened) one.open = true;
			// The browser takes the page as it is when this returns.
			flushSync(() => setPrinted(`${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`));
		};
		const end = () => {
			for (const one of opened) one.open = false;
			opened = [];
		};
		window.addEventListener("beforeprint", begin);
		window.addEventListener("afterprint", end);
		return () => {
			window.removeEventListener("beforeprint", begin);
			window.removeEventListener("afterprint", end);
		};
	}, []);
	return printed;
}
