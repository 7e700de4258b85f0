import { CELL, type SliceImage } from "./tensor-image";

/** Viridis (CC0, Smith and van der Walt) at equal steps: lightness grows evenly, also for eyes that see no red or green. */
const VIRIDIS = "440154470e61481a6c482575472f7d443a834144873d4e8a39568c35608d31688e2d708e2a788e27818e23888e21918d1f988b1fa08822a8842ab07f35b77943bf7154c56866cc5d7ad1518fd744a5db36bcdf27d2e21be9e51afde725";

const STEPS = 256;

/** The palette as 256 colours, `[r, g, b]` one after the other. */
export const PALETTE: Uint8Array = paletteOf(VIRIDIS);

function paletteOf(hex: string): Uint8Array {
	const stops = Array.from({ length: hex.length / 6 }, (_, i) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(i * 6 + at, i * 6 + at + 2), 16)));
	const colours = new Uint8Array(STEPS * 3);
	for (let i = 0; i < STEPS; i++) {
		const place = (i / (STEPS - 1)) * (stops.length - 1);
		const [before, after] = [stops[Math.floor(place)]!, stops[Math.ceil(place)]!];
		for (let channel = 0; channel < 3; channel++) colours[i * 3 + channel] = Math.round(before[channel]! + (after[channel]! - before[channel]!) * (place % 1));
	}
	return colours;
}

/** A scale of the palette. On a logarithmic one what is at or below `low` has the first colour. */
export interface ColourScale {
	low: number;
	high: number;
	log: boolean;
}

/** The most decades that a logarithmic scale spans: more would leave none of them a colour of its own. */
export const MAX_DECADES = 9;

/** Decades that a double can hold. */
const [LEAST, MOST] = [-323, 308];

/** The logarithmic scale of a slice's differences, in whole decades; null where nothing differs. */
export function differenceScale({ largest, smallest }: Pick<SliceImage, "largest" | "smallest">): ColourScale | null {
	if (largest === null || smallest === null) return null;
	const inside = (exponent: number) => Math.max(LEAST, Math.min(MOST, exponent));
	const top = inside(Math.ceil(Math.log10(largest) - 1e-12));
	const bottom = inside(Math.floor(Math.log10(smallest) + 1e-12));
	return { low: decade(inside(Math.max(Math.min(bottom, top - 1), top - MAX_DECADES))), high: decade(top), log: true };
}

/** The number that people write: 1e-5, which a power is not to the last digit. */
function decade(exponent: number): number {
	return Number(`1e${exponent}`);
}

/** The common scale of both sides' values; null where no value is finite. A logarithmic one takes values without their sign. */
export function valueScale({ low, high, tiny }: Pick<SliceImage, "low" | "high" | "tiny">, log: boolean): ColourScale | null {
	if (low === null || high === null) return null;
	if (!log || tiny === null) return { low, high, log: false };
	const top = Math.max(Math.abs(low), Math.abs(high));
	return { low: Math.max(tiny, top / 10 ** MAX_DECADES), high: top, log: true };
}

/** Whether the values of a slice span so much that a linear scale would show one spot and nothing else. */
export function spansDecades({ low, high, tiny }: Pick<SliceImage, "low" | "high" | "tiny">): boolean {
	return low !== null && high !== null && tiny !== null && Math.max(Math.abs(low), Math.abs(high)) / tiny > 1000;
}

/** The place of a value in the palette, 0 to 255. */
export function colourIndex(value: number, { low, high, log }: ColourScale): number {
	const size = log ? Math.abs(value) : value;
	if (size >= high && high > low) return STEPS - 1;
	if (!(size > low)) return 0;
	const part = log ? Math.log(size / low) / Math.log(high / low) : (size / 2 - low / 2) / (high / 2 - low / 2);
	return Math.max(0, Math.min(STEPS - 1, Math.round(part * (STEPS - 1))));
}

/** Colours of what is on no scale, as `[r, g, b]`. */
export interface PaintInks {
	/** exactly equal (an image of the difference), or exactly zero (a value on a logarithmic scale) */
	same: readonly number[];
	broken: readonly number[];
	bothOpen: readonly number[];
}

/** An image of the difference as RGBA, one pixel after the other. */
export function paintDifference(image: SliceImage, scale: ColourScale | null, inks: PaintInks): Uint8ClampedArray<ArrayBuffer> {
	return paint(image, (pixel) => {
		const kind = image.kind[pixel];
		if (kind === CELL.broken) return inks.broken;
		if (kind === CELL.bothOpen) return inks.bothOpen;
		return kind === CELL.differs && scale !== null ? colourIndex(image.difference[pixel]!, { ...scale, log: true }) : inks.same;
	});
}

/** An image of one side's values at the cells that the pixels show, as RGBA. */
export function paintValues(image: SliceImage, side: "reference" | "candidate", scale: ColourScale | null, inks: PaintInks): Uint8ClampedArray<ArrayBuffer> {
	const values = image[side];
	return paint(image, (pixel) => {
		const value = values[pixel]!;
		if (!Number.isFinite(value)) return inks.broken;
		return scale === null || (scale.log && value === 0) ? inks.same : colourIndex(value, scale);
	});
}

function paint(image: SliceImage, colourOf: (pixel: number) => number | readonly number[]): Uint8ClampedArray<ArrayBuffer> {
	const rgba = new Uint8ClampedArray(image.kind.length * 4);
	for (let pixel = 0; pixel < image.kind.length; pixel++) {
		if (image.kind[pixel] === CELL.none) continue;
		const colour = colourOf(pixel);
		for (let channel = 0; channel < 3; channel++) rgba[pixel * 4 + channel] = typeof colour === "number" ? PALETTE[colour * 3 + channel]! : colour[channel]!;
		rgba[pixel * 4 + 3] = 255;
	}
	return rgba;
}
