export { defaultChoice, drawable, fitChoice, isCategory, isChoice, isScale } from "./choose";
export { type ChartRows, marksOf } from "./marks";
export { PAPER, PAPER_WIDTH } from "./paper";
export { MOST_MARKS, planOf } from "./plan";
export { AT, type ChartInk, short, specOf } from "./spec";
export { chartSvg, svgOf } from "./svg";
export { AGGREGATES, type Aggregate, type ChartChoice, type ChartColumn, type ChartData, type ChartKind, type ChartMark, type ChartPlan, KINDS } from "./types";
export { AGGREGATE_WORDS, chartName, chartWords, markCells, markWords, valueName } from "./words";
