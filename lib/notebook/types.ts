/** A notebook: plain Markdown whose front matter says `casebook: 1`, as pieces that together are the file, byte for byte. */

export type CellKind = "sql" | "chart" | "check" | "input";
export const CELL_KINDS: readonly CellKind[] = ["sql", "chart", "check", "input"];

/** A fenced cell as it stands in the file. */
export interface Cell {
	kind: CellKind;
	/** unique in the notebook; `c3` for the third cell where the fence names none */
	name: string;
	named: boolean;
	/** `title=` of the fence; null where it has none */
	title: string | null;
	/** every attribute of the fence in its order, known or not */
	attributes: readonly (readonly [name: string, value: string])[];
	/** what stands between the fences, without the last newline */
	body: string;
	/** 1-based line of the opening fence */
	line: number;
}

/** A piece of the file. Text is what lies between cells; both keep what the file says in `raw`. */
export type Segment =
	/** `plain`: shown as it is written, because the notebook's texts before it took all the time there is */
	| { kind: "text"; raw: string; line: number; plain?: true }
	| { kind: "cell"; raw: string; line: number; cell: Cell };

/** What a shared notebook remembers of one cell. */
export interface Pin {
	/** of the result; see `digest.ts` */
	digest: string;
	rows: number;
	/** the first cell of the result as text, to say what a changed one was before; null where there is none */
	shown: string | null;
	/** sha256 of each source that was read, by path */
	sources: { [path: string]: string };
}

export interface Notebook {
	/** of the format; 1 */
	version: number;
	title: string | null;
	team: string | null;
	/** the front matter's tolerance as written (`rel:1e-6`); null where it has none */
	tolerance: string | null;
	/** RFC 3339; when the pins were taken */
	pinnedAt: string | null;
	/** by cell name */
	pins: { [cell: string]: Pin };
	/** the front matter with its fences, byte order mark and line ends; empty where the text has none */
	head: string;
	segments: readonly Segment[];
	/** what a reader should know: names that occur twice, attributes that make no sense */
	problems: readonly NotebookProblem[];
}

export interface NotebookProblem {
	line: number;
	message: string;
}

const CELLS = new WeakMap<readonly Segment[], readonly Cell[]>();

/** The cells in the order of the file; the same array for the same notebook. */
export function cellsOf(notebook: Pick<Notebook, "segments">): readonly Cell[] {
	const known = CELLS.get(notebook.segments);
	if (known !== undefined) return known;
	const cells = notebook.segments.flatMap((segment) => (segment.kind === "cell" ? [segment.cell] : []));
	CELLS.set(notebook.segments, cells);
	return cells;
}
