import { Figure } from "@/components/ui/figure";
import { num } from "@/components/ui/format";
import { Mark } from "@/components/ui/mark";
import type { Verdict } from "@/lib/model";
import { runNotCompared } from "@/lib/tables/parity";

const INK: { [verdict in Verdict]: string } = { pass: "", fail: "fail-ink", unmatched: "warn-ink", incomparable: "i2", skipped: "i2" };

/** What a run did not compare, one mark, figure and word a kind. Nothing where everything was compared. */
export function NotCompared({ probe, run, counts }: { probe: string; run: string; counts: { unmatched: number; incomparable: number; skipped: number } }) {
	const kinds = (["unmatched", "incomparable", "skipped"] as const).filter((kind) => counts[kind] > 0);
	return kinds.map((kind) => (
		<span className={`vb ${INK[kind]}`} key={kind}>
			<Mark verdict={kind} label={null} />
			<span>
				<Figure query={runNotCompared} params={{ probe, run }} label={`cases of this run that are ${kind}`} tone={kind === "unmatched" ? "warn" : undefined}>
					{num(counts[kind])}
				</Figure>{" "}
				{kind}
			</span>
		</span>
	));
}
