/** Hands a file to the browser's downloads. Nothing is sent anywhere. */
export function download(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken the blob when the click returns, but not on every engine.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name as a file name without its ending: letters, digits, dots and dashes. */
export function fileName(name: string, otherwise: string): string {
	return name.trim().replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 100) || otherwise;
}
