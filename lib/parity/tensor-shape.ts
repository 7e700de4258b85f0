import type { Numbers } from "./tensors";

/** What a header says of an array. */
export interface ArrayType {
	/** numpy's name, such as `float32`, `>int16`, `bool` */
	dtype: string;
	shape: readonly number[];
	fortranOrder: boolean;
}

/** Whether two arrays can be compared, and what must be said about it; `said` is empty where both are of one kind. */
export interface TypeAnswer {
	comparable: boolean;
	said: string[];
}

/** Two arrays compare only when their shapes are equal; other dtypes and another order are compared and said. */
export function compareTypes(reference: ArrayType, candidate: ArrayType): TypeAnswer {
	const said: string[] = [];
	const same = reference.shape.length === candidate.shape.length && reference.shape.every((size, axis) => size === candidate.shape[axis]);
	if (!same) {
		const [r, c] = [elementsOf(reference.shape), elementsOf(candidate.shape)];
		const counts = r === c ? `both hold ${r.toLocaleString("en-US")} values, in another layout` : `${r.toLocaleString("en-US")} values against ${c.toLocaleString("en-US")}`;
		said.push(`the shapes differ: ${shapeText(reference.shape)} in the reference, ${shapeText(candidate.shape)} in the candidate (${counts})`);
	}
	const [r, c] = [reference.dtype.replace(/^[<>=|]/, ""), candidate.dtype.replace(/^[<>=|]/, "")];
	if (r !== c) said.push(`the types differ: ${r} in the reference, ${c} in the candidate${narrower(r, c)}`);
	if (same && reference.fortranOrder !== candidate.fortranOrder && reference.shape.length > 1) said.push(`the ${reference.fortranOrder ? "reference" : "candidate"} is stored in Fortran order and was read in C order`);
	return { comparable: same, said };
}

/** How many values an array of this shape holds; 1 for a scalar's empty shape. */
export function elementsOf(shape: readonly number[]): number {
	return shape.reduce((product, size) => product * size, 1);
}

/** A shape as numpy prints it: `(2, 3)`, `(4,)`, `()`. */
export function shapeText(shape: readonly number[]): string {
	return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** The coordinates of a value by its flat index in C order: `[row, column]`; empty for a scalar. */
export function coordinatesOf(index: number, shape: readonly number[]): number[] {
	const coordinates = new Array<number>(shape.length);
	let left = index;
	for (let axis = shape.length - 1; axis >= 0; axis--) {
		coordinates[axis] = left % shape[axis]!;
		left = Math.floor(left / shape[axis]!);
	}
	return coordinates;
}

/** The flat index in C order of coordinates. */
export function indexOf(coordinates: readonly number[], shape: readonly number[]): number {
	return shape.reduce((index, size, axis) => index * size + coordinates[axis]!, 0);
}

/** A whole Fortran-ordered array in C order, as a new array of the same type; throws a RangeError where shape and length disagree. */
export function cOrder<T extends Numbers>(values: T, shape: readonly number[]): T {
	const count = elementsOf(shape);
	if (count !== values.length) throw new RangeError(`the shape ${shapeText(shape)} holds ${count} values and the array ${values.length}`);
	const out = values.slice() as T;
	const steps: number[] = [];
	for (let axis = 0, step = 1; axis < shape.length; axis++) {
		steps.push(step);
		step *= shape[axis]!;
	}
	const at = new Array<number>(shape.length).fill(0);
	let from = 0;
	for (let to = 0; to < count; to++) {
		out[to] = values[from]!;
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			from += steps[axis]!;
			if (++at[axis]! < shape[axis]!) break;
			from -= steps[axis]! * shape[axis]!;
			at[axis] = 0;
		}
	}
	return out;
}

function narrower(reference: string, candidate: string): string {
	const bits: Record<string, number> = { float16: 11, float32: 24, float64: 53 };
	const [r, c] = [bits[reference], bits[candidate]];
	if (r === undefined || c === undefined) return "";
	return `, so relative differences up to ${(2 ** -Math.min(r, c)).toExponential(2)} are the rounding of ${r < c ? reference : candidate}`;
}
