"use client";

import { useWidth } from "@/components/ui/use-width";
import { count } from "@/components/ui/format";
import type { ErrorHistogram } from "@/lib/parity/error-spread";
import type { SliderRange } from "./question-model";

const HEIGHT = 96;
const TOP = 18;
/** room for exact zero on the left, and for infinity and what is no number on the right */
const SIDE = 46;
/** a labelled decade needs about this much room */
const LABEL = 46;

/** Half of the slider's thumb: its centre runs this far inside the control. */
const THUMB = 8;

interface ErrorPlotProps {
	histogram: ErrorHistogram;
	/** what the histogram counts, for the bar that the tolerance goes through */
	errors: readonly number[];
	range: SliderRange;
	tolerance: number;
	/** the tolerance in words, beside its line */
	label: string;
	/** the slider, which runs under the same axis */
	children: React.ReactNode;
}

/** How many cases have an error of a size, on a log axis that sets zero and infinity apart, with the tolerance as a line. */
export function ErrorPlot({ histogram, errors, range, tolerance, label, children }: ErrorPlotProps) {
	const [ref, width] = useWidth<HTMLDivElement>();
	const { zero, infinite, nan, bins } = histogram;
	const end = Math.max(width - SIDE, SIDE + 60);
	const at = (value: number) => SIDE + Math.max(0, Math.min(1, (Math.log10(value) - range.low) / (range.high - range.low))) * (end - SIDE);
	const most = bins.reduce((high, bin) => Math.max(high, bin.count), Math.max(zero, infinite + nan, 1));
	const tall = (cases: number) => (cases === 0 ? 0 : Math.max(2, (cases / most) * (HEIGHT - TOP)));
	const tol = tolerance > 0 ? at(tolerance) : SIDE / 2 - 5;
	/** A bar of cases; those beyond the tolerance stand on top of the others. */
	const bar = (key: string, x: number, wide: number, cases: number, over: number, what: string) =>
		cases > 0 && (
			<g key={key}>
				<title>{`${what}: ${count(cases, "case")}${over > 0 ? `, ${over} beyond the tolerance` : ""}`}</title>
				<rect className="fill-pass" x={x} y={HEIGHT - tall(cases)} width={Math.max(1, wide)} height={tall(cases)} />
				{over > 0 && <rect className="fill-fail" x={x} y={HEIGHT - tall(cases)} width={Math.max(1, wide)} height={(tall(cases) * over) / cases} />}
			</g>
		);
	const beyond = (bin: { from: number; to: number; count: number }) => (bin.from > tolerance ? bin.count : bin.to <= tolerance ? 0 : errors.filter((error) => error >= bin.from && error < bin.to && error > tolerance).length);
	const step = Math.max(1, Math.ceil(((range.high - range.low) * LABEL) / (end - SIDE)));
	const decades = Array.from({ length: range.high - range.low + 1 }, (_, i) => range.low + i);
	const words = [`${count(zero, "case")} with no error`, ...bins.filter((bin) => bin.count > 0).map((bin) => `${bin.count} from ${bin.from.toPrecision(2)} to ${bin.to.toPrecision(2)}`), ...(infinite > 0 ? [`${infinite} infinite`] : []), ...(nan > 0 ? [`${nan} not a number`] : [])];
	return (
		<div ref={ref} className="chart ask-plot">
			{width > 0 && (
				<>
					<svg width={width} height={HEIGHT + 18} style={{ display: "block", overflow: "visible" }} role="img" aria-label={`Errors of the cases: ${words.join("; ")}. The tolerance is ${label}.`}>
						{decades.map((decade) => (
							<line key={decade} className="grid" x1={at(10 ** decade)} x2={at(10 ** decade)} y1={TOP} y2={HEIGHT} />
						))}
						<path d={`M${SIDE - 6} ${TOP}V${HEIGHT}`} className="ax" strokeDasharray="1 3" />
						{bar("zero", 6, SIDE - 22, zero, 0, "no error")}
						{bins.map((bin) => bar(String(bin.from), at(bin.from) + 0.5, at(bin.to) - at(bin.from) - 1, bin.count, beyond(bin), `${bin.from.toPrecision(2)} to ${bin.to.toPrecision(2)}`))}
						{bar("beyond", end + 12, SIDE - 22, infinite + nan, infinite + nan, "infinite or not a number")}
						<line className="ax" x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} />
						<text className="m" x={SIDE / 2 - 5} y={HEIGHT + 14} textAnchor="middle">
							0
						</text>
						{decades.map((decade) => (decade - range.low) % step === 0 && (
							<text className="m" key={decade} x={at(10 ** decade)} y={HEIGHT + 14} textAnchor="middle">
								1e{decade}
							</text>
						))}
						{infinite + nan > 0 && (
							<text className="m" x={end + SIDE / 2 + 1} y={HEIGHT + 14} textAnchor="middle">
								{infinite > 0 ? "∞" : "NaN"}
							</text>
						)}
						<line className="tol" x1={tol} x2={tol} y1={TOP - 4} y2={HEIGHT} />
						<text className="m strong" x={tol} y={10} textAnchor={tol < 60 ? "start" : tol > width - 70 ? "end" : "middle"}>
							{label}
						</text>
					</svg>
					<div style={{ marginLeft: SIDE - THUMB, width: end - SIDE + 2 * THUMB }}>{children}</div>
				</>
			)}
		</div>
	);
}
