"use client";

import { download, fileName } from "@/components/ui/download";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { pngOf } from "./save";

/** Saves a chart as SVG or PNG. The file is made on this machine. `svg` gives null while there is nothing to save. */
export function SaveMenu({ name, svg }: { name: string; svg: () => string | null | Promise<string | null> }) {
	const toast = useToast();
	const save = async (format: "svg" | "png") => {
		const text = await svg();
		if (text === null) {
			toast("Not saved: the chart is not drawn yet.");
			return;
		}
		const file = `${fileName(name, "chart")}.${format}`;
		download(format === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await pngOf(text), file);
		toast(`${file} saved`);
	};
	const start = (format: "svg" | "png") => {
		save(format).catch((error: unknown) => toast(`Not saved: ${error instanceof Error ? error.message : String(error)}.`));
	};
	return (
		<span className="no-print">
			<Menu
				label="Save the chart"
				align="end"
				buttonClass="btn quiet slim"
				items={[
					{ label: "SVG, for documents", onSelect: () => start("svg") },
					{ label: "PNG, twice the size", onSelect: () => start("png") },
				]}
			>
				<Icon name="export" />
				Save
			</Menu>
		</span>
	);
}
