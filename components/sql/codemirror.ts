import { acceptCompletion, autocompletion, closeCompletion, type CompletionContext, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching, indentOnInput, LanguageSupport, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { forEachDiagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, Prec, type Range } from "@codemirror/state";
import { Decoration, type DecorationSet, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import type { CatalogTable } from "./catalog";
import { type Suggestion, suggest, type Word } from "./completion";
import { DUCKDB } from "./dialect";

export interface EditorOptions {
	parent: HTMLElement;
	/** of the page's content security policy; without it the editor would have no styles */
	nonce: string | null;
	onChange(text: string): void;
	/** Ctrl Enter */
	onRun(): void;
	/** Esc; true where there was something to cancel */
	onCancel(): boolean;
	/** what completion knows, read when it is asked */
	catalog(): { tables: readonly CatalogTable[]; words: readonly Word[] };
	onFocus(): void;
}

/** The editor, without React. One document a tab, each with its own undo history. */
export interface Editor {
	/** Shows a tab's document. A text that differs from the document's replaces it as an edit that can be undone. */
	show(slot: number, text: string): void;
	forget(slot: number): void;
	/** what Run runs: the selection, or all; `offset` is where it starts */
	selected(): { sql: string; offset: number };
	/** underlines the word at a place; null removes the mark */
	mark(error: { position: number; message: string } | null): void;
	/** replaces the marked word; false where it is gone */
	replaceMarked(text: string): boolean;
	insert(text: string): void;
	focus(): void;
	destroy(): void;
}

const highlighter = tagHighlighter([
	{ tag: tags.keyword, class: "k" },
	{ tag: tags.string, class: "s" },
	{ tag: [tags.number, tags.bool, tags.null], class: "n1" },
	{ tag: tags.comment, class: "c" },
]);

const functionMark = Decoration.mark({ class: "f" });

/** Names before a parenthesis are functions; the grammar does not say so. */
const functions = ViewPlugin.fromClass(
	class {
		decorations: DecorationSet;
		constructor(view: EditorView) {
			this.decorations = functionsIn(view);
		}
		update(update: ViewUpdate) {
			if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = functionsIn(update.view);
		}
	},
	{ decorations: (plugin) => plugin.decorations },
);

function functionsIn(view: EditorView): DecorationSet {
	const marks: Range<Decoration>[] = [];
	for (const { from, to } of view.visibleRanges) {
		syntaxTree(view.state).iterate({
			from,
			to,
			enter(node) {
				if (node.name === "Identifier" && view.state.sliceDoc(node.to, node.to + 1) === "(") marks.push(functionMark.range(node.from, node.to));
			},
		});
	}
	return Decoration.set(marks, true);
}

const ICONS: { [kind in Suggestion["kind"]]: string } = { table: "class", file: "text", column: "property", function: "function", keyword: "keyword" };

export function createEditor(options: EditorOptions): Editor {
	let tabIndents = false;
	let silent = false;
	const states = new Map<number, EditorState>();
	let shown = -1;

	const complete = (context: CompletionContext) => {
		const { tables, words } = options.catalog();
		const found = suggest(context.state.doc.toString(), context.pos, tables, words, context.explicit);
		if (found === null) return null;
		return {
			from: found.from,
			validFor: /^[\w./-]*$/,
			options: found.options.map(({ label, apply, kind, detail, info, boost }) => ({ label, apply, detail, info, boost, type: ICONS[kind] })),
		};
	};

	const extensions = [
		...(options.nonce === null ? [] : [EditorView.cspNonce.of(options.nonce)]),
		Prec.highest(
			keymap.of([
				{
					key: "Mod-Enter",
					run(view) {
						closeCompletion(view);
						options.onRun();
						return true;
					},
				},
				{ key: "Escape", run: (view) => completionStatus(view.state) === null && options.onCancel() },
				{ key: "Tab", run: (view) => acceptCompletion(view) || (tabIndents && indentMore(view)), shift: (view) => tabIndents && indentLess(view) },
				{
					key: "Ctrl-m",
					mac: "Shift-Alt-m",
					run(view) {
						tabIndents = !tabIndents;
						view.dispatch({ effects: EditorView.announce.of(tabIndents ? "Tab indents." : "Tab leaves the editor.") });
						return true;
					},
				},
			]),
		),
		lineNumbers(),
		history(),
		drawSelection(),
		highlightActiveLine(),
		highlightSelectionMatches(),
		bracketMatching(),
		indentOnInput(),
		EditorView.lineWrapping,
		new LanguageSupport(DUCKDB.language),
		syntaxHighlighting(highlighter),
		functions,
		placeholder("SELECT …"),
		autocompletion({ override: [complete], icons: false, maxRenderedOptions: 80, optionClass: (completion) => `is-${completion.type ?? "text"}` }),
		keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap, ...searchKeymap]),
		EditorView.contentAttributes.of({ "aria-label": "SQL", "aria-multiline": "true", autocapitalize: "off", autocorrect: "off" }),
		EditorView.updateListener.of((update) => {
			if (update.docChanged && !silent) options.onChange(update.state.doc.toString());
			if (update.focusChanged && update.view.hasFocus) options.onFocus();
		}),
	];
	const view = new EditorView({ parent: options.parent, state: EditorState.create({ doc: "", extensions }) });
	/** What the page tells the editor is not told back to the page. */
	const quietly = (task: () => void) => {
		silent = true;
		try {
			task();
		} finally {
			silent = false;
		}
	};

	return {
		show(slot, text) {
			quietly(() => {
				if (slot !== shown) {
					if (shown >= 0) states.set(shown, view.state);
					shown = slot;
					view.setState(states.get(slot) ?? EditorState.create({ doc: text, extensions }));
				}
				if (view.state.doc.toString() !== text) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
			});
		},
		forget(slot) {
			states.delete(slot);
			if (shown === slot) shown = -1;
		},
		selected() {
			const { main } = view.state.selection;
			if (main.empty || view.state.sliceDoc(main.from, main.to).trim() === "") return { sql: view.state.doc.toString(), offset: 0 };
			return { sql: view.state.sliceDoc(main.from, main.to), offset: main.from };
		},
		mark(error) {
			if (error === null) {
				view.dispatch(setDiagnostics(view.state, []));
				return;
			}
			const from = Math.min(error.position, view.state.doc.length);
			const word = /^(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|"(?:[^"]|"")*"|'(?:[^']|'')*'|\d[\w.]*|\S)/.exec(view.state.sliceDoc(from, from + 200))?.[0] ?? "";
			// An error at the end of the text is shown on its last character.
			const start = word === "" ? Math.max(0, from - 1) : from;
			view.dispatch(setDiagnostics(view.state, [{ from: start, to: word === "" ? from : from + word.length, severity: "error", message: error.message }]));
		},
		replaceMarked(text) {
			let range: { from: number; to: number } | null = null;
			forEachDiagnostic(view.state, (_, from, to) => {
				range ??= { from, to };
			});
			const found = range as { from: number; to: number } | null;
			if (found === null || found.from === found.to) return false;
			view.dispatch(setDiagnostics(view.state, []));
			view.dispatch({ changes: { ...found, insert: text }, selection: { anchor: found.from + text.length }, userEvent: "input.complete" });
			view.focus();
			return true;
		},
		insert(text) {
			const { from } = view.state.selection.main;
			const gap = /[\w"')]/.test(view.state.sliceDoc(Math.max(0, from - 1), from)) ? " " : "";
			view.dispatch(view.state.replaceSelection(gap + text), { scrollIntoView: true, userEvent: "input" });
			view.focus();
		},
		focus: () => view.focus(),
		destroy: () => view.destroy(),
	};
}
