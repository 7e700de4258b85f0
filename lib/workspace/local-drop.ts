/** What a browser tells of one dropped thing, taken while the drop event lasts: afterwards it tells nothing any more. */
export interface Dropped {
	/** where the browser has handles (and the page a secure context) */
	handle: Promise<FileSystemHandle | null> | null;
	entry: FileSystemEntry | null;
	file: File | null;
}

/** The parts of a `DataTransferItem` that a drop needs; not every browser has each. */
export interface DroppedItem {
	kind: string;
	getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
	webkitGetAsEntry?(): FileSystemEntry | null;
	getAsFile(): File | null;
}

/** Takes what was dropped. To be called in the drop event itself, before anything is awaited. Text among it is left alone. */
export function captureDrop(items: Iterable<DroppedItem>): Dropped[] {
	return [...items]
		.filter((item) => item.kind === "file")
		.map((item) => ({ handle: item.getAsFileSystemHandle?.() ?? null, entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
}
