"use client";

import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type Failure, failureOf } from "@/lib/model";
import { DropZone } from "./drop-zone";
import type { Opened } from "./workspace-types";

interface OpenActions {
	/** shows the dialog: pickers and recent workspaces */
	show(): void;
	/** lets the reader choose, and opens what was chosen */
	choose(kind: "folder" | "files"): void;
}

const Actions = createContext<OpenActions>({ show: () => undefined, choose: () => undefined });

/** The ways to open another workspace. */
export function useOpen(): OpenActions {
	return useContext(Actions);
}

const OpenDialog = lazy(() => import("./open-dialog").then((module) => ({ default: module.OpenDialog })));

interface OpenLayerProps {
	/** of the open workspace; empty until it is known */
	name: string;
	opened: Opened;
	open(next: Opened): void;
	children: ReactNode;
}

/** Opens what is dropped anywhere on the page, holds the dialog, and keeps the list of recent workspaces. */
export function OpenLayer({ name, opened, open, children }: OpenLayerProps) {
	const [dialog, setDialog] = useState<{ open: boolean; failure: Failure | null }>({ open: false, failure: null });

	useEffect(() => {
		if (name !== "") void import("./recent-store").then(({ remember }) => remember(opened, name));
	}, [opened, name]);

	const fail = useCallback((error: unknown) => setDialog({ open: true, failure: failureOf(error) }), []);
	const start = useCallback(
		(next: Opened) => {
			setDialog({ open: false, failure: null });
			open(next);
		},
		[open],
	);
	const actions = useMemo<OpenActions>(
		() => ({
			show: () => setDialog({ open: true, failure: null }),
			choose: (kind) => {
				import("./open-files")
					.then(({ choose }) => choose(kind))
					.then((source) => source !== null && start({ kind: "local", source, how: "chosen" }))
					.catch(fail);
			},
		}),
		[start, fail],
	);
	return (
		<Actions.Provider value={actions}>
			{children}
			<DropZone name={name} onOpen={start} onFailure={fail} />
			{(dialog.open || dialog.failure !== null) && (
				<Suspense fallback={null}>
					<OpenDialog name={name} failure={dialog.failure} onOpen={start} onFailure={fail} onChoose={actions.choose} onClose={() => setDialog({ open: false, failure: null })} />
				</Suspense>
			)}
		</Actions.Provider>
	);
}
