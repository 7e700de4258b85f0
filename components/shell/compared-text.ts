import { count, num } from "@/components/ui/format";

/** How many cases of a run have each verdict. */
export interface RunCounts {
	passed: number;
	failed: number;
	unmatched: number;
	incomparable: number;
	skipped: number;
}

/** `9 cases compared: 7 pass, 2 fail. 0 not compared.` What was not compared is told by kind and is no pass. */
export function comparedText({ passed, failed, unmatched, incomparable, skipped }: RunCounts): string {
	const compared = passed + failed;
	const open = unmatched + incomparable + skipped;
	const kinds = [
		[unmatched, "unmatched"],
		[incomparable, "incomparable"],
		[skipped, "skipped"],
	] as const;
	const told = kinds.filter(([cases]) => cases > 0).map(([cases, word]) => `${num(cases)} ${word}`);
	const outcome = compared === 0 ? "No case compared" : `${count(compared, "case")} compared: ${num(passed)} pass, ${num(failed)} fail`;
	return `${outcome}. ${num(open)} not compared${told.length === 0 ? "" : `: ${told.join(", ")}`}.`;
}
