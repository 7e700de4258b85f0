/** Brings a cell into view and the focus to it. The address stays: behind its # may stand the notebook itself. */
export function goToCell(name: string): void {
	const cell = document.getElementById(`cell-${name}`);
	if (cell === null) return;
	cell.tabIndex = -1;
	cell.scrollIntoView({ block: "start" });
	cell.focus({ preventScroll: true });
}
