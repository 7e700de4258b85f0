/** A row of two texts beside one another; null where one of them has no such line. Numbers are 0-based. */
export interface DiffRow {
	left: number | null;
	right: number | null;
	same: boolean;
}

/** More lines that differ are found one under the other, not set beside their like: the search takes their square. */
const MAX_EDITS = 1000;

/**
 * Two texts line by line, equal lines beside one another, with as few others as can be (Myers, O(ND)). Lines that were replaced
 * stand side by side. Null where more than `MAX_EDITS` lines differ.
 */
export function diffLines(left: readonly string[], right: readonly string[], maxEdits = MAX_EDITS): DiffRow[] | null {
	let start = 0;
	while (start < left.length && start < right.length && left[start] === right[start]) start++;
	let end = 0;
	while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
	const middle = snakes(left.slice(start, left.length - end), right.slice(start, right.length - end), maxEdits);
	if (middle === null) return null;
	const rows: DiffRow[] = [];
	let [x, y] = [0, 0];
	const upTo = (toX: number, toY: number) => {
		for (; x < toX || y < toY; ) rows.push({ left: x < toX ? x++ : null, right: y < toY ? y++ : null, same: false });
	};
	const equal = () => rows.push({ left: x++, right: y++, same: true });
	while (x < start) equal();
	for (const [matchX, matchY] of middle) {
		upTo(start + matchX, start + matchY);
		equal();
	}
	upTo(left.length - end, right.length - end);
	while (x < left.length) equal();
	return rows;
}

/** The pairs of equal lines of a shortest edit, in order; null where it is longer than `maxEdits`. */
function snakes(a: readonly string[], b: readonly string[], maxEdits: number): [number, number][] | null {
	const most = Math.min(a.length + b.length, maxEdits);
	const trace: Int32Array[] = [];
	// Furthest x on each diagonal k = x - y, at k + most + 1.
	const furthest = new Int32Array(2 * most + 3);
	const zero = most + 1;
	for (let d = 0; d <= most; d++) {
		trace.push(furthest.slice(zero - d - 1, zero + d + 2));
		for (let k = -d; k <= d; k += 2) {
			let x = k === -d || (k !== d && furthest[zero + k - 1]! < furthest[zero + k + 1]!) ? furthest[zero + k + 1]! : furthest[zero + k - 1]! + 1;
			while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
			furthest[zero + k] = x;
			if (x >= a.length && x - k >= b.length) return pairs(trace, a.length, b.length);
		}
	}
	return null;
}

function pairs(trace: readonly Int32Array[], toX: number, toY: number): [number, number][] {
	const out: [number, number][] = [];
	let [x, y] = [toX, toY];
	for (let d = trace.length - 1; d >= 0; d--) {
		const before = trace[d]!;
		const at = (k: number) => before[k + d + 1]!;
		const k = x - y;
		const from = d === 0 ? 0 : k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
		const fromX = d === 0 ? 0 : at(from);
		const fromY = d === 0 ? 0 : fromX - from;
		while (x > fromX && y > fromY) out.push([--x, --y]);
		[x, y] = [fromX, fromY];
	}
	return out.reverse();
}
