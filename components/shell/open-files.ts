import { sourceOfFiles, sourceOfHandles } from "@/lib/workspace/local-gather";
import type { LocalSource } from "@/lib/workspace/local-types";

export { sourceOfDrop } from "@/lib/workspace/local-gather";

/** The pickers that give handles: in some browsers, and only where the page has a secure context. */
interface Pickers {
	showDirectoryPicker?(options: { id: string; mode: "read" }): Promise<FileSystemDirectoryHandle>;
	showOpenFilePicker?(options: { id: string; multiple: boolean }): Promise<FileSystemFileHandle[]>;
}

/** How the browser remembers where it was last. */
const PICKER_ID = "casebook";

/**
 * Lets the reader choose a folder or files. Null where nothing was chosen. To be called shortly after a click or a
 * key. Rejects with a CasebookError where what was chosen holds nothing, with the browser's error where it refuses.
 */
export async function choose(kind: "folder" | "files"): Promise<LocalSource | null> {
	const pickers: Window & Pickers = window;
	try {
		if (kind === "folder" && pickers.showDirectoryPicker !== undefined) return sourceOfHandles([await pickers.showDirectoryPicker({ id: PICKER_ID, mode: "read" })]);
		if (kind === "files" && pickers.showOpenFilePicker !== undefined) return sourceOfHandles(await pickers.showOpenFilePicker({ id: PICKER_ID, multiple: true }));
	} catch (error) {
		if (error instanceof DOMException && error.name === "AbortError") return null;
		throw error;
	}
	const files = await byInput(kind);
	return files === null ? null : sourceOfFiles(files);
}

/** The file input that every browser has, also over plain http. */
function byInput(kind: "folder" | "files"): Promise<File[] | null> {
	return new Promise((resolve) => {
		const input = document.createElement("input");
		input.type = "file";
		input.multiple = true;
		input.webkitdirectory = kind === "folder";
		input.hidden = true;
		const end = (files: File[] | null) => {
			input.remove();
			resolve(files);
		};
		input.addEventListener("change", () => end([...(input.files ?? [])]));
		input.addEventListener("cancel", () => end(null));
		document.body.append(input);
		input.click();
	});
}
