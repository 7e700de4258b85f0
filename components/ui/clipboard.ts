/**
 * Puts text on the clipboard, exactly. Over plain http to another host there is no clipboard API, and the old command
 * copies. Resolves to whether it is there; to be called shortly after a click or a key.
 */
export async function putOnClipboard(text: string): Promise<boolean> {
	if (navigator.clipboard !== undefined) {
		try {
			await navigator.clipboard.writeText(text);
			return true;
		} catch {
			// Refused, such as in a frame; the command may still be allowed.
		}
	}
	return copyByCommand(text);
}

function copyByCommand(text: string): boolean {
	const before = document.activeElement;
	const selection = document.getSelection();
	const ranges = Array.from({ length: selection?.rangeCount ?? 0 }, (_, i) => selection!.getRangeAt(i));
	// A command copies what is selected; a field turns CR LF into LF, so that the text itself is handed over below.
	const field = document.createElement("textarea");
	field.value = text === "" ? " " : text;
	field.readOnly = true;
	field.setAttribute("aria-hidden", "true");
	field.style.position = "fixed";
	field.style.opacity = "0";
	// A dialog takes the focus back from what lies outside of it.
	(before?.closest('[role="dialog"]') ?? document.body).append(field);
	const exact = (event: ClipboardEvent) => {
		event.clipboardData?.setData("text/plain", text);
		event.preventDefault();
		event.stopImmediatePropagation();
	};
	document.addEventListener("copy", exact, { capture: true });
	try {
		field.select();
		return document.execCommand("copy");
	} catch {
		return false;
	} finally {
		document.removeEventListener("copy", exact, { capture: true });
		field.remove();
		selection?.removeAllRanges();
		for (const range of ranges) selection?.addRange(range);
		if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
	}
}
