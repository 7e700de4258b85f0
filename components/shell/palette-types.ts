import type { IconName } from "@/components/ui/icon";
import type { MarkKind } from "@/components/ui/mark";

/** One line of the palette. It leads somewhere (`href`) or does something (`run`). */
export interface PaletteItem {
	/** unique over the palette */
	id: string;
	/** the group's head: `Probes`, `Teams`, `Sources` */
	group: string;
	label: string;
	/** a quiet fact after the label */
	hint?: string;
	icon?: IconName;
	mark?: MarkKind;
	href?: string;
	run?: () => void;
	/** key caps at the right */
	keys?: readonly string[];
	/** more words that find it */
	keywords?: readonly string[];
	/** the label is a name from a file, shown in mono */
	mono?: boolean;
}

/** Fetches the items that come from the workspace. Called each time the palette opens. */
export type LoadPaletteItems = (signal: AbortSignal) => Promise<readonly PaletteItem[]>;
