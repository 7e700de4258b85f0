"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { notReadYet, useSteady } from "@/components/answer/use-steady";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams } from "@/components/shell/unknown-params";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { Breakable, bytes, Commit, CopyButton, Empty, ErrorBox, Figure, Null, num, Section, SourceLink, Time } from "@/components/ui";
import { type BundleDetail, bundleFiles, bundleRow } from "@/lib/tables/bundles";
import { bundleOf, PAGE_KNOWN } from "./address";
import { BundleChecksums } from "./bundle-checksums";
import { BundleFiles } from "./bundle-files";
import { BundleRuns } from "./bundle-runs";
import { ExitCode, RunCases, Sums } from "./parts";
import { fromSays } from "./words";

/** One evidence bundle: what ran, in which environment, with which outcome, and whether its files are still those it listed. */
export function BundlePage() {
	useKnownParams(PAGE_KNOWN);
	const path = useSearchParams().get("path") ?? "";
	const bundle = bundleOf(path);
	const { load } = useWorkspace();
	const params = useMemo(() => ({ bundle }), [bundle]);
	const answer = useSteady(useAnswer(bundleRow, params));
	const row = answer.rows.find((one) => one.bundle === bundle);
	const unread = notReadYet(load, "bundles");
	const name = bundle === "." ? "the workspace itself" : bundle;
	return (
		<>
			<PageTop crumbs={[{ label: "Bundles", href: "/bundles" }, { label: path === "" ? "none named" : name }]} />
			<div className="page">
				<UnknownParams />
				{answer.state === "error" ? (
					<ErrorBox failure={answer.failure} sql={answer.sql} />
				) : row !== undefined ? (
					<Bundle row={row} name={name} />
				) : unread !== null || answer.state === "loading" ? (
					<p className="waiting">{unread ?? "Reading the bundle…"}</p>
				) : (
					<Empty
						level={2}
						title={
							path === "" ? (
								"The address names no bundle"
							) : (
								<>
									No evidence bundle at <span className="m wrap-any">{bundle}</span>
								</>
							)
						}
						actions={
							<Link className="btn" href="/bundles">
								All bundles
							</Link>
						}
					>
						<p>A bundle is a folder with an environment, a commands file, an exit code or a checksum list; the list has those of this workspace.</p>
					</Empty>
				)}
			</div>
		</>
	);
}

function Bundle({ row, name }: { row: BundleDetail; name: string }) {
	const from = fromSays(row.bundleAtFrom);
	return (
		<>
			<h1 className="wrap-any">
				<Breakable text={name} />
			</h1>
			<dl className="heads">
				<Head name="When">
					<Time value={row.bundleAt} from={row.bundleAtFrom} style="full" />
					{from !== null && <span className="i3"> {from}</span>}
				</Head>
				<Head name="Commit">{row.gitCommit === null || row.gitCommit === "" ? <span className="null">not stated</span> : <Commit value={row.gitCommit} />}</Head>
				<Head name="Exit code">
					<ExitCode bundle={row.bundle} code={row.exitCode} />
				</Head>
				<Head name="Cases of its runs">
					<RunCases row={row} />
				</Head>
				<Head name="Checksums">
					<Sums row={row} />
				</Head>
				<Head name="Files">
					<Figure query={bundleFiles} params={{ bundle: row.bundle }} className="m" label={`files of ${row.bundle}`}>
						{num(row.files)}
					</Figure>
					, {bytes(row.bytes)}
				</Head>
				<Head name="Known by">
					<SourceLink path={row.source} line={row.line} short />
				</Head>
			</dl>
			<BundleRuns bundle={row.bundle} />
			<BundleChecksums bundle={row.bundle} />
			<div className="cols" style={{ gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)" }}>
				<Commands row={row} />
				<Environment row={row} />
			</div>
			<BundleFiles bundle={row.bundle} />
		</>
	);
}

function Head({ name, children }: { name: string; children: React.ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}

function Commands({ row }: { row: BundleDetail }) {
	return (
		<Section bare id="commands" title="Commands" note={row.commands === null ? undefined : "as its file has them; shown and never run"} end={row.commands === null || row.commands === "" ? undefined : <CopyButton text={row.commands} label="Copy the commands" className="btn quiet icon slim snug" />}>
			{row.commands === null ? (
				<p className="waiting">None recorded: the folder has no commands file.</p>
			) : row.commands === "" ? (
				<p className="waiting">The commands file is empty.</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it
				<section className="long" tabIndex={0} aria-label="Text of the commands">
					<pre className="code fold">{row.commands}</pre>
				</section>
			)}
		</Section>
	);
}

function Environment({ row }: { row: BundleDetail }) {
	const entries = row.environment;
	return (
		<Section
			bare
			id="environment"
			title="Environment"
			end={
				entries === null ? undefined : (
					<Figure query={bundleRow} params={{ bundle: row.bundle }} className="m" label={`environment of ${row.bundle}`}>
						{num(entries.length)}
					</Figure>
				)
			}
		>
			{entries === null ? (
				<p className="waiting">None recorded: the folder has no environment file.</p>
			) : entries.length === 0 ? (
				<p className="waiting">The environment file names nothing.</p>
			) : (
				<table className="t" aria-label="Environment">
					<thead className="sr">
						<tr>
							<th scope="col">Name</th>
							<th scope="col">Value</th>
						</tr>
					</thead>
					<tbody>
						{entries.map((entry) => (
							<tr key={entry.name}>
								<td className="m i2 w wrap-any" style={{ width: "38%" }}>
									{entry.name}
								</td>
								<td className="m w wrap-any">{entry.value === null ? <Null /> : entry.value === "" ? <span className="null">empty</span> : entry.value}</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Section>
	);
}
