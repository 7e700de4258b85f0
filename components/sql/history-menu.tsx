"use client";

import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { timeText } from "@/components/ui/time-text";
import { oneLine, type PastQuery } from "./history";

/** The last runs; a press puts one into the editor and runs nothing. */
export function HistoryMenu({ past, onPick, onClear }: { past: readonly PastQuery[]; onPick: (sql: string) => void; onClear: () => void }) {
	return (
		<Menu
			label="History"
			align="end"
			bare
			buttonClass="btn quiet"
			items={
				past.length === 0
					? [{ label: "Nothing has run yet", disabled: true }]
					: [
							...past.map(({ sql, at }) => ({
								label: (
									<span className="sq-past">
										<span className="m">{oneLine(sql)}</span>
										<span className="i3 small">{timeText(at, "minute")}</span>
									</span>
								),
								onSelect: () => onPick(sql),
							})),
							null,
							{ label: "Clear the history", icon: "delete" as const, onSelect: onClear },
						]
			}
		>
			<Icon name="sessions" />
			<span className="lbl" aria-hidden="true">
				History
			</span>
		</Menu>
	);
}
