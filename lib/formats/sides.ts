import { membersByName } from "./json/document";
import { stringOf } from "./json/strings";
import { STRING, type Tape } from "./json/tape";
import { readTime } from "./markdown/dates";
import { RUN_TIME_NAMES } from "./runs";

/** Words for the side that is taken as right. */
const REFERENCE = new Set(["c", "cpp", "fortran", "reference", "ref", "expected", "golden", "gold", "truth", "baseline", "oracle"]);
/** Words for the side that is compared with it. */
const CANDIDATE = new Set(["py", "python", "pytorch", "torch", "candidate", "actual", "output", "observed", "got", "received", "port"]);

/** Two sides as reference and candidate: by what their names mean, else in the order given. */
export function orderSides(first: string, second: string): [reference: string, candidate: string] {
	const [a, b] = [first.toLowerCase(), second.toLowerCase()];
	const swapped = (CANDIDATE.has(a) && !CANDIDATE.has(b)) || (REFERENCE.has(b) && !REFERENCE.has(a));
	return swapped ? [second, first] : [first, second];
}

/**
 * The time that an object states for its run, as nanoseconds UTC, with what a reader should know of it; null where it states none.
 * Unlike in a format of ours, a time without a zone counts, as UTC.
 */
export function statedTime(tape: Tape, token: number): { ns: bigint; note: string | null } | null {
	const members = membersByName(tape, token);
	for (const name of RUN_TIME_NAMES) {
		const member = members.get(name);
		if (member === undefined || tape.kind(member) !== STRING) continue;
		const text = stringOf(tape, member);
		const time = readTime(text);
		if (time) return { ns: time.ns, note: time.zoned ? null : `the ${name} ${text} names no zone and is read as UTC` };
	}
	return null;
}
