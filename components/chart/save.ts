import { escapeMarkup } from "@/lib/model";

/** Charts as files, made on this machine: an SVG with the colours that are seen, or a PNG of it. */

/** What of a drawing's style is written into its file. */
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "visibility"];
const ROOM = 12;
/** Pixels of a PNG for each of the page. */
const SHARP = 2;
const LARGEST_PNG = 16_384;

/** A drawing of the page and where it stands in the file. */
export interface Part {
	element: SVGSVGElement;
	x: number;
	y: number;
}

/** Words beside drawings; `y` is their base line. */
export interface Words {
	text: string;
	x: number;
	y: number;
	mono?: boolean;
	anchor?: "start" | "end";
}

/** Drawings of the page as one SVG file, with a background and the title over them. `near` is an element whose theme holds. */
export function svgOf(parts: readonly Part[], words: readonly Words[], title: string, near: Element): string {
	const boxes = [...parts.map(({ element, x, y }) => boxOf(element, x, y)), ...words.map(({ text, x, y, anchor }) => ({ left: x - (anchor === "end" ? text.length * 7 : 0), top: y - 12, right: x + (anchor === "end" ? 0 : text.length * 7), bottom: y + 4 }))];
	const head = 22;
	const left = Math.min(0, ...boxes.map((box) => box.left)) - ROOM;
	const top = Math.min(0, ...boxes.map((box) => box.top)) - ROOM - head;
	const width = Math.ceil(Math.max(title.length * 7, ...boxes.map((box) => box.right)) + ROOM - left);
	const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) + ROOM - top);
	const style = getComputedStyle(near);
	const ink = (role: string) => rolesOf(near, role);
	const face = (mono: boolean) => escapeMarkup(style.getPropertyValue(mono ? "--font-mono" : "--font-ui") || (mono ? "monospace" : "sans-serif"));
	const text = ({ text: content, x, y, mono = false, anchor = "start" }: Words) => `<text x="${x}" y="${y}" text-anchor="${anchor}" font-family="${face(mono)}" font-size="11" fill="${ink("ink-2")}">${escapeMarkup(content)}</text>`;
	const drawings = parts.map(({ element, x, y }) => `<g transform="translate(${x} ${y})">${insideOf(element)}</g>`);
	return plainColours(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"><title>${escapeMarkup(title)}</title><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${ink("surface-0")}"/><text x="${left + ROOM}" y="${top + ROOM + 10}" font-family="${face(false)}" font-size="13" font-weight="600" fill="${ink("ink-1")}">${escapeMarkup(title)}</text>${drawings.join("")}${words.map(text).join("")}</svg>\n`,
	);
}

/** What a drawing covers, also beyond its own edges. */
function boxOf(element: SVGSVGElement, x: number, y: number): { left: number; top: number; right: number; bottom: number } {
	const box = element.getBBox();
	const { width, height } = element.getBoundingClientRect();
	return { left: x + Math.min(0, box.x), top: y + Math.min(0, box.y), right: x + Math.max(width, box.x + box.width), bottom: y + Math.max(height, box.y + box.height) };
}

/** The content of a drawing with every style in place, so that it needs no style sheet. */
function insideOf(element: SVGSVGElement): string {
	const copy = element.cloneNode(true) as SVGSVGElement;
	const [from, to] = [element.querySelectorAll("*"), copy.querySelectorAll("*")];
	from.forEach((source, i) => {
		const target = to[i]!;
		const style = getComputedStyle(source);
		target.removeAttribute("class");
		target.removeAttribute("style");
		if (source.tagName !== "title") for (const name of STYLES) {
			const value = style.getPropertyValue(name);
			if (value !== "" && value !== "none" && value !== "auto") target.setAttribute(name, value);
			else if (name === "fill" || name === "stroke") target.setAttribute(name, "none");
		}
	});
	return [...copy.childNodes].map((node) => new XMLSerializer().serializeToString(node)).join("").replaceAll(' xmlns="http://www.w3.org/2000/svg"', "");
}

function rolesOf(near: Element, role: string): string {
	const probe = document.createElement("span");
	probe.hidden = true;
	probe.style.color = `var(--${role})`;
	near.append(probe);
	const colour = getComputedStyle(probe).color;
	probe.remove();
	return escapeMarkup(colour);
}

/** Colours that only browsers know, such as `oklch(…)`, as red, green and blue: other programs read the file too. */
export function plainColours(svg: string): string {
	const canvas = document.createElement("canvas");
	canvas.width = canvas.height = 1;
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) return svg;
	const known = new Map<string, string>();
	return svg.replace(/\b(?:oklch|oklab|lch|lab|color)\([^()]*\)/g, (colour) => {
		let plain = known.get(colour);
		if (plain === undefined) {
			context.clearRect(0, 0, 1, 1);
			context.fillStyle = colour;
			context.fillRect(0, 0, 1, 1);
			const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
			plain = a === 255 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${((a ?? 0) / 255).toFixed(3)})`;
			known.set(colour, plain);
		}
		return plain;
	});
}

/** An SVG as a PNG, two pixels for each of the page. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
	const image = new Image();
	await new Promise<void>((resolve, reject) => {
		image.onload = () => resolve();
		image.onerror = () => reject(new Error("the browser could not draw the chart's SVG"));
		image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
	});
	const sharp = Math.min(SHARP, LARGEST_PNG / image.width, LARGEST_PNG / image.height);
	const canvas = document.createElement("canvas");
	canvas.width = Math.round(image.width * sharp);
	canvas.height = Math.round(image.height * sharp);
	canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error("the browser gave no PNG")) : resolve(blob)), "image/png"));
}
