"use client";
import { type ReactNode, useCallback, useEffect } from "react";
import type { MarkKind } from "@/components/ui/mark";
import { ask } from "@/lib/answer/ask";
import type { ProbeStatus } from "@/lib/model";
import { probesBoard } from "@/lib/tables/board";
import { sourceList } from "@/lib/tables/sources";
import { teamBoard } from "@/lib/tables/teams";
import type { LoadPaletteItems, PaletteItem } from "./palette-types";
import { Shell } from "./shell";
import { useWorkspace } from "./workspace-provider";

const STATUS_MARK: Record<ProbeStatus, MarkKind> = { fail: "fail", incomplete: "unmatched", pass: "pass", "not compared": "unmatched" };

/** The shell over the loaded workspace: the palette finds its probes, teams and sources. */
export function AppShell({ children }: { children: ReactNode }) {
	const { engine, load } = useWorkspace();
	useEffect(() => {
		document.documentElement.dataset.loadPhase = load.phase;
	}, [load.phase]);
	const items = useCallback<LoadPaletteItems>(
		async (signal) => {
			if (!engine) return [];
			const [probes, teams, sources] = await Promise.all([ask(engine, probesBoard, {}, signal), ask(engine, teamBoard, {}, signal), ask(engine, sourceList, { format: null, state: null, q: null }, signal)]);
			return [
				...probes.rows.flatMap((probe): PaletteItem[] => {
					const mark = STATUS_MARK[probe.status];
					const href = `/probe?id=${encodeURIComponent(probe.probe)}`;
					const line: PaletteItem = { id: `probe ${probe.probe}`, group: "Probes", label: probe.probe, hint: `${probe.passed}/${probe.compared}`, mark, href, mono: true };
					if (probe.firstDivergence === null) return [line];
					return [line, { id: `first ${probe.probe}`, group: "Probes", label: `First divergence of ${probe.probe}`, hint: probe.firstDivergence, mark, href: `${href}&case=${encodeURIComponent(probe.firstDivergence)}` }];
				}),
				...teams.rows.map((team): PaletteItem => ({ id: `team ${team.team}`, group: "Teams", label: team.team, hint: team.state, icon: "teams", href: `/team?id=${encodeURIComponent(team.team)}` })),
				...sources.rows.map((source): PaletteItem => ({ id: `source ${source.path}`, group: "Sources", label: source.path, hint: source.format ?? source.state, icon: "sources", href: `/source?path=${encodeURIComponent(source.path)}`, mono: true })),
			];
		},
		[engine],
	);
	return <Shell items={items}>{children}</Shell>;
}
