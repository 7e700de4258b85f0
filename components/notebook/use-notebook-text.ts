"use client";

import { useEffect, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { CasebookError, type Failure, failureOf } from "@/lib/model";
import { MAX_RANGE_BYTES } from "@/lib/workspace/types";

export type NotebookText = { state: "loading" } | { state: "ready"; text: string } | { state: "error"; failure: Failure };

/** The text of a workspace's file, fetched again when the workspace was read again. */
export function useNotebookText(path: string): NotebookText {
	const { workspace, load } = useWorkspace();
	const [state, setState] = useState<{ key: string; text: NotebookText }>({ key: "", text: { state: "loading" } });
	const key = `${path}\n${load.loadedAt ?? ""}`;
	useEffect(() => {
		if (workspace === null || path === "") return;
		const abort = new AbortController();
		workspace.bytes(path, 0, MAX_RANGE_BYTES, abort.signal).then(
			({ bytes, size }) => {
				if (abort.signal.aborted) return;
				if (size > bytes.length) {
					const message = `${path} is ${size} bytes; a notebook has at most ${MAX_RANGE_BYTES}.`;
					setState({ key, text: { state: "error", failure: new CasebookError({ kind: "limit", what: "bytes of a notebook", limit: String(MAX_RANGE_BYTES), message }).failure } });
				} else setState({ key, text: { state: "ready", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) } });
			},
			(error: unknown) => {
				if (!abort.signal.aborted) setState({ key, text: { state: "error", failure: failureOf(error) } });
			},
		);
		return () => abort.abort();
	}, [workspace, path, key]);
	return state.key === key ? state.text : { state: "loading" };
}
