import { num } from "@/components/ui/format";
import type { SliceImage } from "@/lib/parity/tensor-image";
import { type ColourScale, colourIndex, PALETTE } from "@/lib/parity/tensor-paint";
import { toleranceText } from "./measure";

const STOPS = 32;

/** The palette from its first to its last colour. */
const RAMP = `linear-gradient(90deg, ${Array.from({ length: STOPS }, (_, i) => {
	const at = Math.round((i / (STOPS - 1)) * 255) * 3;
	return `rgb(${PALETTE[at]} ${PALETTE[at + 1]} ${PALETTE[at + 2]})`;
}).join(", ")})`;

interface LegendProps {
	image: SliceImage;
	scale: ColourScale | null;
	/** differences, or values of both sides */
	of: "difference" | "values";
	tolerance: number | null;
}

/** The scale of an image, with the tolerance on it, and what lies on no scale with its count. */
export function TensorLegend({ image, scale, of, tolerance }: LegendProps) {
	const { counts } = image;
	const place = tolerance !== null && scale !== null && of === "difference" ? colourIndex(tolerance, scale) / 255 : null;
	// Differences end at whole decades, values where they end.
	const end = (value: number, first: boolean) => (of === "difference" ? `${first && image.smallest !== null && image.smallest < value ? "≤ " : ""}${toleranceText(value)}` : num(Number(value.toPrecision(4))));
	return (
		<div className="tensor-legend small">
			{scale !== null && (
				<div>
					<div className="i2">{of === "difference" ? "|candidate − reference|, logarithmic" : scale.log ? "|value|, logarithmic, both sides on one scale" : "value, both sides on one scale"}</div>
					<div className="tensor-ramp" style={{ background: RAMP }}>
						{place !== null && tolerance !== null && scale !== null && tolerance >= scale.low && tolerance <= scale.high && <i style={{ left: `${place * 100}%` }} />}
					</div>
					<div className="row m" style={{ justifyContent: "space-between", fontSize: 11 }}>
						<span>{end(scale.low, true)}</span>
						{place !== null && tolerance !== null && <span>tolerance {toleranceText(tolerance)}{tolerance > scale.high ? ", beyond this scale" : tolerance < scale.low ? ", below this scale" : ""}</span>}
						<span>{end(scale.high, false)}</span>
					</div>
				</div>
			)}
			<ul className="row wrap" style={{ gap: "2px var(--s-4)" }}>
				{of === "difference" && <Swatch kind="same" words={`exactly equal: ${num(counts.same)}`} />}
				{of === "values" && scale?.log === true && <Swatch kind="same" words="exactly zero" />}
				{(of === "difference" || counts.broken + counts.bothOpen > 0) && <Swatch kind="broken" words={of === "difference" ? `NaN or infinite on one side: ${num(counts.broken)}` : "NaN or infinite"} />}
				{counts.bothOpen > 0 && of === "difference" && <Swatch kind="open" words={`NaN, or the same infinity, in both: ${num(counts.bothOpen)}`} />}
			</ul>
		</div>
	);
}

function Swatch({ kind, words }: { kind: "same" | "broken" | "open"; words: string }) {
	return (
		<li className="row i2" style={{ gap: 6 }}>
			<i className={`tensor-swatch ${kind}`} aria-hidden="true">
				{kind === "broken" ? "×" : kind === "open" ? "–" : ""}
			</i>
			{words}
		</li>
	);
}
