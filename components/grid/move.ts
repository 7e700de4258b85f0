/** The focused place of a grid: `row` −1 is the head. */
export interface Place {
	row: number;
	column: number;
}

export interface Extent {
	rows: number;
	columns: number;
	/** rows that a page key moves */
	page: number;
}

export interface Press {
	key: string;
	/** Ctrl, or ⌘ */
	mod: boolean;
}

/** Where a key moves the focus, kept inside the grid; null where the key moves nothing. */
export function move(place: Place, press: Press, extent: Extent): Place | null {
	const to = target(place, press, extent);
	if (to === null) return null;
	return {
		row: Math.max(-1, Math.min(extent.rows - 1, to.row)),
		column: Math.max(0, Math.min(extent.columns - 1, to.column)),
	};
}

function target({ row, column }: Place, { key, mod }: Press, { rows, columns, page }: Extent): Place | null {
	switch (key) {
		case "ArrowUp":
			return { row: mod ? 0 : row - 1, column };
		case "ArrowDown":
			return { row: mod ? rows - 1 : row + 1, column };
		case "ArrowLeft":
			return { row, column: mod ? 0 : column - 1 };
		case "ArrowRight":
			return { row, column: mod ? columns - 1 : column + 1 };
		case "Home":
			return { row: mod ? 0 : row, column: 0 };
		case "End":
			return { row: mod ? rows - 1 : row, column: columns - 1 };
		case "PageUp":
			return { row: Math.max(0, row - page), column };
		case "PageDown":
			return { row: row + page, column };
		default:
			return null;
	}
}
