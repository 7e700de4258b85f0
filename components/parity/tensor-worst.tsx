import { num, sci } from "@/components/ui/format";
import type { OpenPair } from "@/lib/answer/tensor-image";
import type { CellAt, SliceImage } from "@/lib/parity/tensor-image";
import { placeInArray, type SliceView } from "@/lib/parity/tensor-slice";
import type { Cursor } from "./tensor-plot";
import { floatWidth, relativeText, ulpText, cellText } from "./tensor-model";

/** A difference as the table and the read-out write it. */
export function differenceText({ difference }: Pick<CellAt, "difference">): string {
	if (Number.isNaN(difference)) return "";
	const size = Math.abs(difference);
	return size === 0 || (size >= 0.01 && size < 1e6) ? num(Number(difference.toPrecision(6))) : sci(difference, 4);
}

/** The worst cells of the slice, each with its values. Pressing one goes there. */
export function TensorWorst({ image, pair, view, onGo }: { image: SliceImage; pair: OpenPair; view: SliceView; onGo: (cell: Cursor) => void }) {
	const [r, c] = [pair.reference.header.dtype, pair.candidate.header.dtype];
	const width = floatWidth(r, c);
	if (image.worst.length === 0) return <p className="small i2">No cell of this slice differs.</p>;
	return (
		<div className="scroll">
			<table className="t">
				<caption className="sr">The worst cells of the slice</caption>
				<thead>
					<tr>
						<th scope="col">Worst cells</th>
						<th scope="col" className="r">Reference</th>
						<th scope="col" className="r">Candidate</th>
						<th scope="col" className="r">Difference</th>
						<th scope="col" className="r">Relative</th>
						{width !== null && <th scope="col" className="r">ULP</th>}
					</tr>
				</thead>
				<tbody>
					{image.worst.map((cell) => (
						<tr key={`${cell.row},${cell.col}`}>
							<td className="m">
								<button type="button" className="plain" style={{ color: "var(--accent)", minHeight: 24 }} title="Zoom to this cell" onClick={() => onGo(cell)}>
									[{placeInArray(view, cell.row, cell.col).join(", ")}]
								</button>
							</td>
							<td className="m r">{cellText(cell.reference, r)}</td>
							<td className="m r">{cellText(cell.candidate, c)}</td>
							<td className="m r">{differenceText(cell)}</td>
							<td className="m r">{relativeText(cell)}</td>
							{width !== null && <td className="m r">{ulpText(cell, width)}</td>}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
