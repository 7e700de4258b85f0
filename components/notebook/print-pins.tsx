import { num } from "@/components/ui";
import { visible } from "@/lib/notebook/prose";
import { cellsOf, type Notebook } from "@/lib/notebook/types";
import type { CellOutcome } from "@/lib/notebook/verdict";
import type { RunState } from "./use-notebook-run";

/** What only the printed notebook has: each result's digest beside its pin, and the files behind them with their hashes. */
export function PrintPins({ notebook, run, outcomes }: { notebook: Notebook; run: RunState; outcomes: ReadonlyMap<string, CellOutcome> }) {
	const cells = cellsOf(notebook).filter(({ name }) => notebook.pins[name] !== undefined || (run.cells.get(name)?.digest ?? null) !== null);
	if (cells.length === 0) return null;
	const sources = sourcesOf(notebook, run);
	return (
		<section className="print-only" aria-labelledby="print-pins">
			<h2 id="print-pins">Pins</h2>
			<table className="t">
				<thead>
					<tr>
						<th scope="col">Cell</th>
						<th scope="col">Digest of this run</th>
						<th scope="col">Pinned{notebook.pinnedAt !== null && ` ${visible(notebook.pinnedAt)}`}</th>
						<th scope="col" className="r">Rows</th>
						<th scope="col">Says</th>
					</tr>
				</thead>
				<tbody>
					{cells.map(({ name }) => {
						const one = run.cells.get(name);
						const pin = notebook.pins[name];
						return (
							<tr key={name}>
								<td className="w wrap-any">{visible(name)}</td>
								<td className="m w wrap-any">{one?.digest ?? "did not run"}</td>
								<td className="m w wrap-any">{pin === undefined ? "not pinned" : pin.digest === one?.digest ? "the same" : pin.digest}</td>
								<td className="m r">{one?.result ? num(one.result.numRows) : pin === undefined ? "" : num(pin.rows)}</td>
								<td>{outcomes.get(name)?.state ?? ""}</td>
							</tr>
						);
					})}
				</tbody>
			</table>
			{sources.length > 0 && (
				<>
					<h2>Sources</h2>
					<table className="t">
						<thead>
							<tr>
								<th scope="col">File</th>
								<th scope="col">sha256</th>
								<th scope="col">Pinned</th>
							</tr>
						</thead>
						<tbody>
							{sources.map(({ path, read, pinned }) => (
								<tr key={path}>
									<td className="m w wrap-any">{visible(path)}</td>
									<td className="m w wrap-any">{read ?? "not read"}</td>
									<td className="m w wrap-any">{pinned === null ? "not pinned" : pinned === read ? "the same" : pinned}</td>
								</tr>
							))}
						</tbody>
					</table>
				</>
			)}
		</section>
	);
}

/** Every file that a cell read or whose hash a pin holds, by path. */
function sourcesOf(notebook: Notebook, run: RunState): { path: string; read: string | null; pinned: string | null }[] {
	const read = new Map([...run.cells.values()].flatMap((one) => Object.entries(one.sources)));
	const pinned = new Map(Object.values(notebook.pins).flatMap((pin) => Object.entries(pin.sources)));
	return [...new Set([...read.keys(), ...pinned.keys()])].sort().map((path) => ({ path, read: read.get(path) ?? null, pinned: pinned.get(path) ?? null }));
}
