import { MarkAt } from "@/components/ui/mark";
import type { Verdict } from "@/lib/model";
import { type DotScale, timesOver } from "./dot-scale";
import { overText, toleranceText } from "./measure";

const ROW = 28;

/** The axis over the column: zero, decades, and the tolerance by name. */
export function DotAxis({ scale, tolerance }: { scale: DotScale; tolerance: number | null }) {
	return (
		<svg width={scale.width} height={30} style={{ display: "block", overflow: "visible" }} aria-hidden="true">
			<text className="m" x={scale.zero} y={26} textAnchor="middle">
				0
			</text>
			{scale.ticks.map((tick) => tick.label !== null && (
				<text className="m" key={tick.x} x={tick.x} y={26} textAnchor="middle">
					{tick.label}
				</text>
			))}
			{scale.tolerance !== null && tolerance !== null && (
				<>
					{scale.tolerance !== scale.zero && (
						<text className="m strong" x={scale.tolerance} y={26} textAnchor="middle">
							{toleranceText(tolerance)}
						</text>
					)}
					<text className="strong" x={scale.tolerance} y={12} textAnchor="middle">
						tolerance
					</text>
				</>
			)}
		</svg>
	);
}

/** Where the words of a failing dot stand: left of the tolerance, else right of the dot, else over the line between them. */
function placeOf(text: string, x: number, tol: number, width: number): { x: number; y: number; textAnchor: "start" | "end" } {
	const length = text.length * 6.7;
	if (tol - 9 >= length) return { x: tol - 9, y: ROW / 2 + 4, textAnchor: "end" };
	if (width - x - 12 >= length) return { x: x + 12, y: ROW / 2 + 4, textAnchor: "start" };
	return { x: x - 12, y: ROW / 2 - 4, textAnchor: "end" };
}

/** One case on the axis. A failing dot is tied to the tolerance and says how many times over it is. */
export function DotRow({ scale, value, verdict, tolerance }: { scale: DotScale; value: number | null; verdict: Verdict; tolerance: number | null }) {
	const mid = ROW / 2;
	const x = value === null || Number.isNaN(value) ? null : scale.x(value);
	const times = verdict === "fail" ? timesOver(value, tolerance) : null;
	const text = times === null ? null : overText(times);
	const tol = scale.tolerance;
	return (
		<svg width={scale.width} height={ROW} style={{ display: "block", overflow: "visible" }} aria-hidden={text === null ? true : undefined} role={text === null ? undefined : "img"} aria-label={text ?? undefined}>
			{scale.ticks.map((tick) => (
				<line key={tick.x} className="grid" x1={tick.x} x2={tick.x} y1={0} y2={ROW} style={tick.label === null ? { opacity: 0.45 } : undefined} />
			))}
			<line className="grid" x1={scale.zero} x2={scale.zero} y1={0} y2={ROW} />
			<path d={`M${scale.break} 0V${ROW}`} className="ax" strokeDasharray="1 3" />
			{tol !== null && <line className="tol" x1={tol} x2={tol} y1={0} y2={ROW} />}
			{x !== null && tol !== null && x !== scale.zero && <line x1={tol} x2={x} y1={mid} y2={mid} style={{ stroke: verdict === "fail" ? "var(--verdict-fail)" : "var(--verdict-pass)", opacity: verdict === "fail" ? 0.9 : 0.4 }} strokeWidth={verdict === "fail" ? 1.5 : 1} />}
			{x !== null && <MarkAt verdict={verdict} x={x} y={mid} />}
			{x !== null && tol !== null && text !== null && (
				<text className="m" {...placeOf(text, x, tol, scale.width)} style={{ fill: "var(--verdict-fail-ink)" }}>
					{text}
				</text>
			)}
		</svg>
	);
}
