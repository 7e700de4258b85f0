"use client";

import { useEffect, useRef, useState } from "react";
import type { Editor, EditorOptions } from "./codemirror";

export type EditorCallbacks = Omit<EditorOptions, "parent" | "nonce">;

/**
 * Loads the editor and puts it into the element of `parent`. The document's own nonce comes first: after a move from
 * another page the server's answer carries one that the document's policy does not know.
 */
export function useEditor(given: string | null, callbacks: EditorCallbacks): { parent: React.RefObject<HTMLDivElement | null>; editor: Editor | null; problem: string | null } {
	const parent = useRef<HTMLDivElement>(null);
	const [editor, setEditor] = useState<Editor | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const latest = useRef(callbacks);
	latest.current = callbacks;

	useEffect(() => {
		let gone = false;
		let made: Editor | null = null;
		import("./codemirror").then(
			({ createEditor }) => {
				if (gone || parent.current === null) return;
				made = createEditor({
					parent: parent.current,
					nonce: document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || given,
					onChange: (text) => latest.current.onChange(text),
					onRun: () => latest.current.onRun(),
					onCancel: () => latest.current.onCancel(),
					catalog: () => latest.current.catalog(),
					onFocus: () => latest.current.onFocus(),
				});
				setEditor(made);
			},
			(error: unknown) => {
				if (!gone) setProblem(error instanceof Error ? error.message : String(error));
			},
		);
		return () => {
			gone = true;
			made?.destroy();
			setEditor(null);
		};
	}, [given]);
	return { parent, editor, problem };
}
