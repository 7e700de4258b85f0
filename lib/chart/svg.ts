import type { TopLevelSpec } from "vega-lite";
import { escapeMarkup } from "@/lib/model";
import { chartName } from "./words";
import { PAPER, PAPER_WIDTH } from "./paper";
import { specOf } from "./spec";
import type { ChartData, ChartPlan } from "./types";

/** Everything comes with the specification. Nothing that it could name is fetched. */
const refuse = (uri: string): Promise<never> => Promise.reject(new Error(`A chart reads nothing from outside: ${uri} is not loaded.`));

/**
 * A specification as a standing SVG: text is escaped, expressions are interpreted, nothing is loaded. Works with and without a
 * document. The libraries come with the first call. Rejects with what the drawing library says.
 */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
	const [vega, lite, { expressionInterpreter }] = await Promise.all([import("vega"), import("vega-lite"), import("vega-interpreter")]);
	const view = new vega.View(vega.parse(lite.compile(spec).spec, undefined, { ast: true }), {
		renderer: "none",
		expr: expressionInterpreter,
		loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
		hover: false,
		logLevel: vega.Error,
	});
	try {
		return await view.toSVG();
	} finally {
		view.finalize();
	}
}

/** The page's drawing of these marks on paper: light, of a fixed width, with its name for those who cannot see it. */
export async function chartSvg(plan: ChartPlan, data: ChartData, width = PAPER_WIDTH): Promise<string> {
	const svg = await svgOf(specOf(plan, data, PAPER, width));
	const name = escapeMarkup(chartName(plan));
	return svg.replace(/^<svg /, `<svg role="img" aria-label="${name}" `);
}
