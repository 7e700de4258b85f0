"use client";

import { useEffect, useState } from "react";
import { num } from "@/components/ui/format";
import { ask } from "@/lib/answer/ask";
import type { Engine } from "@/lib/engine/engine";
import { failureOf } from "@/lib/model";
import { type ColumnFacts, columnFacts } from "@/lib/tables/catalog";
import type { CatalogTable } from "./catalog";

const WIDTH = 38;
const HEIGHT = 16;
const NULLS = "sq-nulls";

/** The facts of a table's columns, one column after the other; asked again when the workspace changes. */
export function useColumnFacts(engine: Engine | null, table: CatalogTable, version: number, wanted: boolean): { facts: ReadonlyMap<string, ColumnFacts>; problem: string | null } {
	const [facts, setFacts] = useState<ReadonlyMap<string, ColumnFacts>>(new Map());
	const [problem, setProblem] = useState<string | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another version has other rows
	useEffect(() => {
		if (engine === null || !wanted) return;
		const abort = new AbortController();
		const read = async () => {
			for (const { name, type } of table.columns) {
				const { rows } = await ask(engine, columnFacts(table.name, name, scaleOf(type)), {}, abort.signal);
				const one = rows[0];
				if (one !== undefined) setFacts((old) => new Map(old).set(name, one));
			}
			setProblem(null);
		};
		read().catch((error: unknown) => {
			if (!abort.signal.aborted) setProblem(failureOf(error).message);
		});
		return () => abort.abort();
	}, [engine, table, version, wanted]);
	return { facts, problem };
}

/** Which scale the values of a type lie on; null for text, booleans, lists and structs. */
function scaleOf(type: string): "number" | "time" | null {
	if (/^(TIMESTAMP|DATE)/.test(type) && !type.endsWith("]")) return "time";
	return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL\(\d+,\d+\))$/.test(type) ? "number" : null;
}

/** Facts in words, for the line under the list. */
export function factWords({ rows, nulls, distinct }: ColumnFacts): string {
	const parts = [`${num(rows)} row${rows === 1 ? "" : "s"}`, `${num(distinct)} value${distinct === 1 ? "" : "s"}`];
	if (nulls > 0) parts.push(`${num(nulls)} null`);
	return parts.join(", ");
}

/** The hatching of NULLs, once for all histograms of the pane. */
export function NullsPattern() {
	return (
		<svg width="0" height="0" className="sq-defs" aria-hidden="true">
			<defs>
				<pattern id={NULLS} width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
					<line x1="0" y1="0" x2="0" y2="3" />
				</pattern>
			</defs>
		</svg>
	);
}

/** A histogram of 38 px: steps of a scale, or values from the most frequent; NULLs are a hatched last bar. A dash where every value is another. */
export function ColumnFigure({ facts }: { facts: ColumnFacts }) {
	const unique = !facts.steps && facts.distinct > 1 && facts.distinct === facts.rows - facts.nulls;
	if (facts.rows === 0 || (unique && facts.nulls === 0)) return <span className="sq-nofig">–</span>;
	const bars = [...facts.bars.map((n) => ({ n, nulls: false })), ...(facts.nulls > 0 ? [{ n: facts.nulls, nulls: true }] : [])];
	const most = Math.max(1, ...bars.map((bar) => bar.n));
	const step = WIDTH / Math.max(bars.length, 1);
	return (
		<svg className="histo sq-fig" width={WIDTH} height={HEIGHT} aria-hidden="true">
			{bars.map(({ n, nulls }, i) => {
				const height = n === 0 ? 0 : Math.max(1, (n / most) * HEIGHT);
				// biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name than their place
				return <rect key={i} style={nulls ? { fill: `url(#${NULLS})`, opacity: 1 } : undefined} x={i * step} y={HEIGHT - height} width={Math.max(0.6, step - 0.6)} height={height} />;
			})}
		</svg>
	);
}
