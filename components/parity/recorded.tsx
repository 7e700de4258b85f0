import { Mark } from "@/components/ui/mark";
import type { Verdict } from "@/lib/model";
import { verdictOfWord } from "@/lib/parity/words";

/** What the recorded word means, where it says pass and the values say fail or the other way round; null where they agree or one says neither. */
export function contradiction(recorded: string | null, computed: Verdict): "pass" | "fail" | null {
	const word = recorded === null ? null : verdictOfWord(recorded);
	if ((word !== "pass" && word !== "fail") || (computed !== "pass" && computed !== "fail")) return null;
	return word === computed ? null : word;
}

/** `recorded says pass, values say fail`, with the word as it is written. */
export function ContradictionChip({ says, recorded }: { says: "pass" | "fail"; recorded: string }) {
	return (
		<span className="row wrap" style={{ gap: "2px 8px", display: "inline-flex" }}>
			<span className="chip">
				<Mark verdict={says === "pass" ? "fail" : "pass"} size={9} label={null} />
				recorded says {says}, values say {says === "pass" ? "fail" : "pass"}
			</span>
			<span className="i3 small nw">
				the report writes <span className="m">{recorded}</span>
			</span>
		</span>
	);
}
