import { type Part, svgOf, type Words } from "@/components/chart/save";
import { HEAD, ROW } from "./strip-drawing";

/** The verdict strip inside an element as an SVG file's text, with the names of its rows; null where none is drawn. */
export function stripSvg(section: Element | null, title: string): string | null {
	const drawing = section?.querySelector<SVGSVGElement>("svg.strip-draw");
	if (!section || !drawing) return null;
	const words = [...section.querySelectorAll(".strip tbody .strip-name")].map((cell, row): Words => ({ text: cell.textContent?.trim() ?? "", x: -10, y: HEAD + row * ROW + ROW / 2 + 4, mono: true, anchor: "end" }));
	return svgOf([{ element: drawing, x: 0, y: 0 }], words, title, section);
}

const LINE = 28;
const AXIS = 34;

/** The dot plot of the cases inside an element: its axis, and a row a case that is drawn; null where there is none. */
export function dotsSvg(section: Element | null, title: string): string | null {
	const axis = section?.querySelector<SVGSVGElement>("thead svg");
	if (!section || !axis) return null;
	const parts: Part[] = [{ element: axis, x: 0, y: 0 }];
	const words: Words[] = [];
	for (const row of section.querySelectorAll("tbody tr")) {
		const name = row.querySelector("[data-row]")?.textContent?.trim();
		const dots = row.querySelector<SVGSVGElement>(`td > svg[height="${LINE}"]`);
		if (name === undefined || dots === null) continue;
		const y = AXIS + words.length * LINE;
		parts.push({ element: dots, x: 0, y });
		words.push({ text: name, x: -14, y: y + LINE / 2 + 4, mono: true, anchor: "end" });
	}
	return svgOf(parts, words, title, section);
}

/** The first drawing inside an element, alone; null where there is none. */
export function plainSvg(section: Element | null, title: string): string | null {
	const drawing = section?.querySelector<SVGSVGElement>("svg[role=img]");
	return section && drawing ? svgOf([{ element: drawing, x: 0, y: 0 }], [], title, section) : null;
}
