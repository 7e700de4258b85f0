/** Where the parts of a metric's lines stand. Pure; px in and out. */

export interface LinePoint {
	/** place on the shared axis: milliseconds, or the order in the log */
	x: number;
	/** null where there is no value: the line has a gap */
	value: number | null;
	/** which line it belongs to */
	series: string;
}

export interface Scale {
	x(at: number): number;
	y(value: number): number;
	/** ends of the value axis; zero is always on it */
	least: number;
	most: number;
}

/** Both scales. The value axis holds zero and every value; a metric that is zero throughout lies on the floor. */
export function scaleOf(values: readonly number[], span: readonly [first: number, last: number], box: { left: number; right: number; top: number; base: number }): Scale {
	const most = Math.max(0, ...values);
	const least = Math.min(0, ...values);
	// Halves, so that the range of two values of opposite sign cannot overflow.
	const half = most / 2 - least / 2 || 0.5;
	const [first, last] = span;
	const wide = last - first;
	return {
		least,
		most,
		x: (at) => (wide <= 0 ? (box.left + box.right) / 2 : box.left + ((at - first) / wide) * (box.right - box.left)),
		y: (value) => box.base - ((value / 2 - least / 2) / half) * (box.base - box.top),
	};
}

/** One line: straight between neighbours of the same series, broken where a value is missing. */
export function linePath(points: readonly LinePoint[], series: string, scale: Scale): string {
	let path = "";
	let pen = false;
	for (const point of points) {
		if (point.series !== series) continue;
		if (point.value === null) pen = false;
		else {
			path += `${pen ? "L" : "M"}${scale.x(point.x).toFixed(1)} ${scale.y(point.value).toFixed(1)}`;
			pen = true;
		}
	}
	return path;
}

export interface EndLabel {
	series: string;
	y: number;
}

/** A name at the end of each line, at least `gap` apart and inside the box, in the order in which the lines end. */
export function endLabels(points: readonly LinePoint[], names: readonly string[], scale: Scale, gap: number, box: { top: number; base: number }): EndLabel[] {
	const labels: EndLabel[] = [];
	for (const series of names) {
		const last = points.findLast((point) => point.series === series && point.value !== null);
		if (last !== undefined) labels.push({ series, y: scale.y(last.value!) });
	}
	labels.sort((a, b) => a.y - b.y);
	for (let i = 1; i < labels.length; i++) labels[i]!.y = Math.max(labels[i]!.y, labels[i - 1]!.y + gap);
	let floor = box.base;
	for (let i = labels.length - 1; i >= 0; i--) {
		labels[i]!.y = Math.max(box.top, Math.min(labels[i]!.y, floor));
		floor = labels[i]!.y - gap;
	}
	return labels;
}

/** The places that get a word under the axis: the wanted ones first, then from the left whatever leaves `gap` px free. */
export function tickPlaces(places: readonly number[], wanted: readonly number[], gap: number): number[] {
	const taken: number[] = [];
	for (const place of [...wanted, ...places]) if (taken.every((other) => Math.abs(other - place) >= gap)) taken.push(place);
	return taken.sort((a, b) => a - b);
}

/** Round values for an axis: at most `count` steps of 1, 2 or 5 times a power of ten, zero among them. */
export function roundTicks(least: number, most: number, count: number): number[] {
	const range = most - least;
	if (!(range > 0) || !Number.isFinite(range)) return [0];
	const raw = range / count;
	const power = 10 ** Math.floor(Math.log10(raw));
	const step = [1, 2, 5, 10].map((by) => by * power).find((size) => size >= raw * 0.999)!;
	const from = Math.ceil(least / step - 1e-9);
	const to = Math.floor(most / step + 1e-9);
	return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}
