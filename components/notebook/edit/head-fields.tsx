"use client";

import { type EditDoc, setHead } from "@/lib/notebook/edit";
import type { HeadKey } from "@/lib/notebook/head-value";
import type { Notebook } from "@/lib/notebook/types";

/** The key under which typing in the front matter is one step of undo: no piece has it. */
const HEAD_PIECE = 0;

interface HeadFieldsProps {
	doc: EditDoc;
	notebook: Notebook;
	selected: number | null;
	onType: (key: number, doc: EditDoc, selected: number | null) => void;
}

/** What the front matter says of the notebook as a whole. A value that is not written as one stays as it is, to be changed in the file. */
export function HeadFields({ doc, notebook, selected, onType }: HeadFieldsProps) {
	const field = (key: HeadKey, label: string, mono: boolean, hint?: string) => {
		const fixed = setHead(doc, key, "x") === null;
		return (
			<label className="field">
				{label}
				<input
					className={mono ? "input m" : "input"}
					value={notebook[key] ?? ""}
					placeholder={hint}
					disabled={fixed}
					title={fixed ? `The file does not write its ${key} as one value, so it is changed there` : undefined}
					autoComplete="off"
					spellCheck={!mono}
					onChange={(event) => {
						const next = setHead(doc, key, event.target.value);
						if (next !== null) onType(HEAD_PIECE, next, selected);
					}}
				/>
			</label>
		);
	};
	return (
		<fieldset className="inputs edit-head" aria-label="About this notebook">
			{field("title", "Title", false)}
			{field("team", "Team", false)}
			{field("tolerance", "Tolerance", true, "rel:1e-6")}
		</fieldset>
	);
}
