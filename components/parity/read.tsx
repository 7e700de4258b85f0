"use client";

import { type ReactNode, useRef } from "react";
import type { AnswerState } from "@/components/answer/types";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { ErrorBox } from "@/components/ui/error-box";

/**
 * The visible states of a read: its failure, what there is so far, or in words why there is nothing. While files are
 * still being read, nothing yet is not the same as nothing.
 */
export function Read<R>({ answer, what, empty, children }: { answer: AnswerState<R>; what: string; empty: ReactNode; children: (rows: readonly R[]) => ReactNode }) {
	const { load, version } = useWorkspace();
	// The tables have grown since this answer was given: its rows still stand, but it can no longer say that there are none.
	const given = useRef({ answer, version });
	if (given.current.answer !== answer) given.current = { answer, version };
	const outdated = given.current.version !== version;
	const reading = load.phase === "opening" || load.phase === "loading";
	const rows = answer.rows.length > 0 ? children(answer.rows) : null;
	if (answer.state === "error") {
		return (
			<>
				<div style={{ marginTop: 12 }}>
					<ErrorBox failure={answer.failure} />
				</div>
				{rows}
			</>
		);
	}
	if (rows !== null) return rows;
	if (answer.state === "loading" || reading || outdated) {
		return <p className="waiting">{reading && load.filesTotal > 0 ? `${what} appear as their files are read.` : `Reading ${what.toLowerCase()}.`}</p>;
	}
	// A workspace that was not read to its end has said nothing about what it lacks.
	if (load.phase === "failed" || load.phase === "cancelled") return <p className="waiting">{what}: not known, because the workspace was not read to its end.</p>;
	return <div style={{ marginTop: 12 }}>{empty}</div>;
}
