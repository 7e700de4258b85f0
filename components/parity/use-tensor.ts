"use client";

import { useEffect, useState } from "react";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { type ImageWish, type OpenPair, openPair, readSliceImage } from "@/lib/answer/tensor-image";
import { type Failure, failureOf } from "@/lib/model";
import type { SliceImage } from "@/lib/parity/tensor-image";
import { cellsOf, type SliceView } from "@/lib/parity/tensor-slice";
import { sliceMachine } from "./tensor-machine";

export type Held<T> = { state: "loading"; part: number | null } | { state: "error"; failure: Failure } | { state: "ready"; value: T };

const LOADING = { state: "loading", part: null } as const;

/** The headers of both arrays. */
export function useOpenPair(reference: string, candidate: string): Held<OpenPair> {
	const { workspace, load } = useWorkspace();
	const [held, setHeld] = useState<Held<OpenPair>>(LOADING);
	const ready = workspace !== null && load.phase !== "opening";
	useEffect(() => {
		if (!ready) return;
		const abort = new AbortController();
		setHeld(LOADING);
		openPair(workspace, reference, candidate, abort.signal).then(
			(value) => !abort.signal.aborted && setHeld({ state: "ready", value }),
			(error: unknown) => !abort.signal.aborted && setHeld({ state: "error", failure: failureOf(error) }),
		);
		return () => abort.abort();
	}, [workspace, ready, reference, candidate]);
	return held;
}

/** The image of a slice. The last one stays while the next is read, with the view (`of`) that it is of: its cells have their places there, and not in the view that is asked for. */
export function useSliceImage(pair: OpenPair, wish: ImageWish | null): { image: SliceImage | null; of: SliceView | null; held: Held<SliceImage> } {
	const { workspace } = useWorkspace();
	const [held, setHeld] = useState<Held<SliceImage>>(LOADING);
	const [last, setLast] = useState<{ image: SliceImage; of: SliceView } | null>(null);
	const key = JSON.stringify(wish);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the wish
	useEffect(() => {
		if (workspace === null || wish === null) return;
		const abort = new AbortController();
		setHeld(LOADING);
		const read = async () => {
			const machine = await sliceMachine(cellsOf(wish.view));
			try {
				return await readSliceImage(workspace, pair, wish, machine, abort.signal, (part) => !abort.signal.aborted && setHeld({ state: "loading", part }));
			} finally {
				machine.end();
			}
		};
		read().then(
			(value) => {
				if (abort.signal.aborted) return;
				setLast({ image: value, of: wish.view });
				setHeld({ state: "ready", value });
			},
			(error: unknown) => !abort.signal.aborted && setHeld({ state: "error", failure: failureOf(error) }),
		);
		return () => abort.abort();
	}, [workspace, pair, key]);
	return { image: last?.image ?? null, of: last?.of ?? null, held };
}
