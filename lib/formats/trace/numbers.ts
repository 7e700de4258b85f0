const NUMBER = /[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?|inf(?:inity)?|nan)(?![\w.])/iy;
const NAMED = /^\S*?[A-Za-z_]\w*:(?=[-+.\dinIN])/;
/** A longer text without numbers in front is prose. */
const LONG = 10_000;
const OPEN = "[({";
const CLOSE = "])}";

/**
 * The numbers of a trace value, or null where it has none: a number, numbers in a row, a vector or matrix in brackets
 * (`[1 0 0; 0 1 0]`, `(0,1)`), `inf` and `nan` with a sign. What follows after a space, such as a unit, does not count; of `a/b = 3` it is
 * what comes after the last equals sign; `rotx:0 roty:1` are the numbers that are named.
 */
export function numbersOf(text: string): number[] | null {
	const first = leadingNumbers(text);
	if (first !== null) return first;
	const tokens = text.length > LONG ? [] : text.split(/\s+/);
	// One such word alone is a name with a number in it, as gpu:0 is.
	if (tokens.length > 1 && tokens.every((token) => NAMED.test(token))) {
		const named = tokens.map((token) => leadingNumbers(token.slice(token.indexOf(":") + 1)));
		if (named.every((numbers) => numbers?.length === 1)) return named.flatMap((numbers) => numbers ?? []);
	}
	const equals = text.lastIndexOf(" = ");
	return equals < 0 ? null : leadingNumbers(text.slice(equals + 3));
}

function leadingNumbers(text: string): number[] | null {
	const numbers: number[] = [];
	let depth = 0;
	let at = 0;
	let done = 0;
	while (at < text.length) {
		const char = text[at]!;
		if (OPEN.includes(char)) {
			// A bracket after the numbers opens something else.
			if (depth === 0 && numbers.length > 0) break;
			depth++;
			at++;
		} else if (CLOSE.includes(char)) {
			if (depth === 0) break;
			depth--;
			at++;
			done = depth === 0 ? numbers.length : done;
			if (depth === 0) break;
		} else if (/[\s,;]/.test(char)) at++;
		else {
			NUMBER.lastIndex = at;
			const match = NUMBER.exec(text);
			if (!match) break;
			numbers.push(numberOf(match[0]));
			at = NUMBER.lastIndex;
			if (depth === 0) done = numbers.length;
			// A number ends where something that parts it from the next begins.
			if (at < text.length && !/[\s,;\])}]/.test(text[at]!)) return null;
		}
	}
	// What follows a closed bracket directly, or an open one that never closes, is no vector.
	if (depth > 0 || done === 0 || (at < text.length && CLOSE.includes(text[at - 1] ?? "") && !/[\s,;]/.test(text[at]!))) return null;
	return numbers.slice(0, done);
}

function numberOf(text: string): number {
	const word = text.toLowerCase().replace(/^[-+]/, "");
	if (word === "nan") return Number.NaN;
	if (word.startsWith("inf")) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	return Number(text.replace(/[dD]/, "e"));
}
