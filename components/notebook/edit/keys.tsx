import { Kbd } from "@/components/ui";

const KEYS: readonly [keys: readonly string[], what: string][] = [
	[["↑", "↓"], "select (also k, j)"],
	[["Enter"], "write in the selected cell"],
	[["Esc"], "leave it"],
	[["Shift Enter"], "run what changed, and go on"],
	[["Alt ↑", "Alt ↓"], "move"],
	[["a", "b"], "add above, below"],
	[["Ctrl Shift Enter"], "split at the cursor"],
	[["m"], "merge with the next"],
	[["Delete"], "delete"],
	[["Ctrl Z", "Ctrl Shift Z"], "undo, redo"],
];

/** The editor's keys, on the page, where they are needed. */
export function EditKeys() {
	return (
		<details className="edit-keys">
			<summary>Keys</summary>
			<dl>
				{KEYS.map(([keys, what]) => (
					<div key={what}>
						<dt>
							{keys.map((key) => (
								<Kbd key={key}>{key}</Kbd>
							))}
						</dt>
						<dd>{what}</dd>
					</div>
				))}
			</dl>
		</details>
	);
}
