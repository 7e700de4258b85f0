import type { ChartInk } from "./spec";

/** The page's light theme as fixed colours, for drawings that leave the page: a report is paper, whatever theme its reader has. */
export const PAPER: ChartInk = {
	ink1: "#171d24",
	ink2: "#424a53",
	ink3: "#5a626b",
	rule: "#e1e4e7",
	ruleStrong: "#c1c6cb",
	surface: "#fdfdfe",
	focus: "#1670c7",
	series: ["#17558f", "#257d96", "#837219", "#a84d6a", "#69717a", "#405d3c"],
	fontUi: "system-ui, sans-serif",
	fontMono: "ui-monospace, monospace",
};

/** Width of a drawing on paper, in CSS pixels; a report scales it down where there is less room. */
export const PAPER_WIDTH = 768;
