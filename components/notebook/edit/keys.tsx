import { Kbd } from "@/components/ui";
import { useMayWrite } from "../use-may-write";

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
const SAVE: (typeof KEYS)[number] = [["Ctrl S"], "save into the folder"];

/** The editor's keys, on the page, where they are needed. */
export function EditKeys() {
	const keys = useMayWrite() === "yes" ? [...KEYS, SAVE] : KEYS;
	return (
		<details className="edit-keys">
			<summary>Keys</summary>
			<dl>
				{keys.map(([names, what]) => (
					<div key={what}>
						<dt>
							{names.map((key) => (
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
