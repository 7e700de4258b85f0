"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { EvidenceProvider } from "@/components/evidence/evidence-provider";
import type { LoadEvidence } from "@/components/evidence/types";
import type { Engine } from "@/lib/engine/engine";
import { CasebookError } from "@/lib/model";
import { pagePath } from "./asset-urls";
import { homeWorkspace } from "./home-workspace";
import { loadEvidenceFor } from "./load-evidence";
import { OpenLayer } from "./open-layer";
import { placeAfter } from "./workspace-place";
import { WorkspaceSession } from "./workspace-session";
import type { LoadStatus, Opened, WorkspaceState } from "./workspace-types";

const OPENING: LoadStatus = { phase: "opening", filesDone: 0, filesTotal: 0, records: 0, rejects: 0, rejectFiles: 0, bytesDone: 0, bytesTotal: 0, bytesPerSecond: 0, current: null, failure: null, loadedAt: null, notice: null, stale: 0 };

const Context = createContext<WorkspaceState | null>(null);
/** The running numbers have a context of their own: they change ten times a second, and most of a page does not show them. */
const ProgressContext = createContext<LoadStatus>(OPENING);

/** Rows by table for the sidebar. */
const COUNTS = "SELECT (SELECT count(*) FROM sources) AS sources, (SELECT coalesce(sum(records), 0)::BIGINT FROM sources) AS records, (SELECT count(*) FROM probes) AS probes, (SELECT count(*) FROM probes WHERE status = 'fail') AS probes_failing, (SELECT count(*) FROM sessions) AS sessions, (SELECT count(*) FROM teams) AS teams, (SELECT count(*) FROM baselines) AS baselines, (SELECT count(*) FROM bundles) AS bundles, (SELECT count(*) FROM docs WHERE kind = 'notebook') AS notebooks";

/** What is read, and how often anew. */
interface Target {
	opened: Opened;
	/** counts the workspaces of this tab */
	serial: number;
	/** counts the engines */
	generation: number;
}

/**
 * The one client provider: owns {workspace, engine, version}. It opens an engine and loads the workspace; when the
 * engine dies or had to be stopped it opens another and loads again, and says so.
 */
export function WorkspaceProvider({ children }: { children: ReactNode }) {
	const [{ opened, serial, generation }, setTarget] = useState<Target>({ opened: { kind: "served" }, serial: 0, generation: 0 });
	const [engine, setEngine] = useState<Engine | null>(null);
	const [name, setName] = useState("");
	const [version, setVersion] = useState(0);
	const [load, setLoad] = useState<LoadStatus>(OPENING);
	const [counts, setCounts] = useState<Record<string, number>>({});
	const [session, setSession] = useState<WorkspaceSession | null>(null);
	const notice = useRef<string | null>(null);
	const restarts = useRef(0);
	const router = useRouter();
	const again = useCallback(() => setTarget((last) => ({ ...last, generation: last.generation + 1 })), []);

	// biome-ignore lint/correctness/useExhaustiveDependencies: a new generation is a new engine
	useEffect(() => {
		const started = performance.now();
		const bump = () => setVersion((last) => last + 1);
		setLoad({ ...OPENING, notice: notice.current });
		const current = new WorkspaceSession(opened.kind === "served" ? homeWorkspace() : { kind: "local", source: opened.source }, {
			opened: (engine) => {
				setEngine(engine);
				setLoad((last) => ({ ...last, phase: "loading" }));
				bump();
			},
			named: setName,
			progress: (progress) => setLoad((last) => ({ ...last, ...progress, bytesPerSecond: (progress.bytesDone / Math.max(1, performance.now() - started)) * 1000 })),
			grew: bump,
			ended: (outcome) => {
				setLoad((last) => ({ ...last, phase: outcome.phase, failure: outcome.phase === "failed" ? outcome.failure : null, stale: outcome.phase === "ready" ? outcome.stale : 0, current: null, loadedAt: new Date().toISOString() }));
				bump();
			},
			lost: (reason) => {
				setEngine(null);
				restarts.current++;
				if (restarts.current > 5) {
					setLoad((last) => ({ ...last, phase: "failed", failure: { kind: "engine-lost", message: `The engine stopped again (${reason}). Reload the page to try once more.` } }));
					return;
				}
				notice.current = `The engine was restarted because ${reason}. The workspace was loaded again; tables that you created are gone.`;
				again();
			},
		});
		setSession(current);
		void current.start();
		return () => current.close();
	}, [generation]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: counted again when tables grow
	useEffect(() => {
		if (!engine) return;
		const abort = new AbortController();
		engine
			.query(COUNTS, { signal: abort.signal })
			.then(async (result) => {
				await result.complete;
				if (!abort.signal.aborted) setCounts(Object.fromEntries(result.columns.map((column, index) => [column.name, Number(result.cell(0, index))])));
			})
			.catch((error: unknown) => {
				// A count that could not be taken leaves the last one; the pages themselves show the failure.
				if (!(error instanceof CasebookError)) throw error;
			});
		return () => abort.abort();
	}, [engine, version]);

	useEffect(() => {
		// The pressed button went with the old page; reading goes on at the new one.
		if (serial > 0 && document.activeElement === document.body) document.getElementById("content")?.focus({ preventScroll: true });
	}, [serial]);

	const cancel = useCallback(() => session?.cancel(), [session]);
	const reload = useCallback(() => {
		notice.current = null;
		restarts.current = 0;
		again();
	}, [again]);
	const open = useCallback(
		(next: Opened) => {
			notice.current = null;
			restarts.current = 0;
			// Nothing of the old workspace stays on a page while the new one is read.
			setEngine(null);
			setCounts({});
			setName(next.kind === "local" ? next.source.name : "");
			setLoad(OPENING);
			setTarget((last) => ({ opened: next, serial: last.serial + 1, generation: last.generation + 1 }));
			const place = placeAfter(pagePath(location.pathname), location.search);
			if (place !== null) router.push(place);
		},
		[router],
	);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the status as of its last change of these
	const calm = useMemo(() => load, [load.phase, load.failure, load.loadedAt, load.notice, load.stale, load.filesTotal]);
	const value = useMemo<WorkspaceState>(
		() => ({
			name,
			opened,
			load: calm,
			version,
			counts,
			engine,
			cancel,
			reload,
			open,
			workspace: session?.workspace ?? null,
			lines: (path, from, count, signal) => (session ? session.lines(path, from, count, signal) : Promise.reject(new CasebookError({ kind: "source", path, message: "The workspace is not open yet." }))),
		}),
		[name, opened, calm, version, counts, engine, cancel, reload, open, session],
	);
	const loadEvidence = useCallback<LoadEvidence>(
		(query, params, signal) => {
			if (!engine || !session) return Promise.reject(new CasebookError({ kind: "engine-lost", message: "The engine is not open yet." }));
			return loadEvidenceFor(engine, session, query, params, signal);
		},
		[engine, session],
	);
	return (
		<ProgressContext.Provider value={load}>
			<Context.Provider value={value}>
				<OpenLayer name={name} opened={opened} open={open}>
					{/* Another workspace is another page: open evidence, results and choices named things of the old one. */}
					<EvidenceProvider key={serial} loadEvidence={loadEvidence}>
						{children}
					</EvidenceProvider>
				</OpenLayer>
			</Context.Provider>
		</ProgressContext.Provider>
	);
}

/** How far the load is, with its numbers as they run. */
export function useLoadProgress(): LoadStatus {
	return useContext(ProgressContext);
}

/** The loaded workspace. Only inside the root layout's provider. */
export function useWorkspace(): WorkspaceState {
	const value = useContext(Context);
	if (!value) throw new Error("useWorkspace is called outside WorkspaceProvider");
	return value;
}
