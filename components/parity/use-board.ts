"use client";

import { useMemo } from "react";
import type { AnswerState } from "@/components/answer/types";
import { useAnswer } from "@/components/answer/use-answer";
import { miniStrips, probesBoard, probesSince } from "@/lib/tables/board";
import { type BoardRow, boardRows, type Sort } from "./board-rows";

const NONE = {};

/** The board's three answers as one: it shows nothing before all are there, so that no row moves when the second comes. */
export function useBoard(sort: Sort = "status"): AnswerState<BoardRow> {
	const probes = useAnswer(probesBoard, NONE);
	const since = useAnswer(probesSince, NONE);
	const runs = useAnswer(miniStrips, NONE);
	return useMemo(() => {
		const parts = [probes, since, runs];
		const failed = parts.find((part) => part.state === "error");
		if (failed?.state === "error") return { state: "error", failure: failed.failure, rows: boardRows(probes.rows, since.rows, runs.rows, sort), sql: failed.sql };
		if (probes.state !== "ready" || parts.some((part) => part.state === "loading")) return { state: "loading", rows: [], sql: probes.sql };
		return { ...probes, rows: boardRows(probes.rows, since.rows, runs.rows, sort) };
	}, [probes, since, runs, sort]);
}
