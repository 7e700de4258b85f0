"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Breakable, bytes, CopyButton, count, Figure, Section, SourceLink, sourceHref, StateIcon, StateWord } from "@/components/ui";
import type { ItemState } from "@/lib/model";
import { teamArtifacts, teamBlockers, teamCriteria, teamItems, teamSteps } from "@/lib/tables/teams";
import { Inline } from "./inline";
import { saidState } from "./words";

/** Items shown before the reader asks for the rest. */
const FEW = 8;

interface Place {
	source: string;
	line: number | null;
}

/** Where on the page something stands: `:36`, a link to that line. */
export function At({ source, line }: Place) {
	if (line === null) return null;
	return (
		<Link className="m i3" href={sourceHref(source, line)} prefetch={false} aria-label={`line ${line} of the page`}>
			:{line}
		</Link>
	);
}

export interface Blocker {
	title: string | null;
	problem: string | null;
	rootCause: string | null;
	fix: string | null;
	line: number | null;
}

/** What blocks the team: problem, root cause, fix. A part that the page does not have is not shown. */
export function BlockerPart({ blocker, source }: { blocker: Blocker; source: string }) {
	const parts = [
		["Problem", blocker.problem],
		["Root cause", blocker.rootCause],
		["Fix", blocker.fix],
	].filter((part): part is [string, string] => part[1] !== null && part[1] !== undefined && part[1] !== "");
	return (
		<Section
			className="blocker"
			bare
			title={<StateWord state="blocked" word={`Blocker${blocker.title === null ? "" : `: ${blocker.title}`}`} />}
			end={
				<>
					<Figure query={teamBlockers} params={{ source }} label="what blocks this team, as its page says">
						as the page says
					</Figure>
					<At source={source} line={blocker.line} />
				</>
			}
		>
			{parts.length > 0 && (
				<div className="three" style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(220px, 100%), 1fr))` }}>
					{parts.map(([name, text]) => (
						<div key={name}>
							<h4 role="presentation">{name}</h4>
							<p style={{ whiteSpace: "pre-line" }}>
								<Inline text={text} />
							</p>
						</div>
					))}
				</div>
			)}
		</Section>
	);
}

interface Line {
	key: string;
	state: ItemState;
	text: ReactNode;
	where: ReactNode;
}

/** A list with state icons; past a few, the rest on demand. */
export function Items({ lines }: { lines: readonly Line[] }) {
	const [all, setAll] = useState(false);
	const shown = all || lines.length <= FEW + 1 ? lines : lines.slice(0, FEW);
	return (
		<>
			<ul className="items">
				{shown.map((line) => (
					<li key={line.key} className={line.state}>
						<StateIcon state={line.state} />
						<span className="wrap-any">{line.text}</span>
						<span className="where">{line.where}</span>
					</li>
				))}
			</ul>
			{shown.length < lines.length && (
				<button type="button" className="plain small" style={{ color: "var(--accent)", padding: "6px 0" }} onClick={() => setAll(true)}>
					{lines.length - shown.length} more
				</button>
			)}
		</>
	);
}

export interface Item {
	section: string | null;
	state: ItemState;
	text: string;
	line: number | null;
}

export function ItemsPart({ title, items, source }: { title: string; items: readonly Item[]; source: string }) {
	return (
		<Section
			title={title}
			bare
			end={
				<Figure query={teamItems} params={{ source }} className="m" label={`items of the page; ${title.toLowerCase()} are those of that state`}>
					{items.length}
				</Figure>
			}
		>
			<Items lines={items.map((item, i) => ({ key: `${item.line ?? 0}-${i}`, state: item.state, text: <Inline text={item.text} />, where: <At source={source} line={item.line} /> }))} />
		</Section>
	);
}

export interface Artifact {
	path: string;
	said: string | null;
	found: string | null;
	bytes: number | null;
	line: number | null;
}

/** Files that the page names: what it says of each, and whether the workspace has one of that name. */
export function ArtifactsPart({ artifacts, source }: { artifacts: readonly Artifact[]; source: string }) {
	const found = artifacts.filter((artifact) => artifact.found !== null).length;
	return (
		<Section
			title="Artifacts"
			bare
			style={{ marginTop: "var(--s-5)" }}
			end={
				<Figure query={teamArtifacts} params={{ source }} label="files that the page names, and those of them that the workspace has">
					{`${found} of ${artifacts.length} in the workspace`}
				</Figure>
			}
		>
			<Items
				lines={artifacts.map((artifact, i) => {
					const waits = artifact.said === "pending" || artifact.said === "missing";
					return {
						key: `${artifact.line ?? 0}-${i}`,
						state: artifact.found !== null && waits ? "partial" : saidState(artifact.said),
						text: (
							<>
								{artifact.found === null ? (
									<span className="m">
										<Breakable text={artifact.path} />
									</span>
								) : (
									<SourceLink path={artifact.found}>
										<Breakable text={artifact.path} />
									</SourceLink>
								)}
								{(artifact.found === null || waits) && (
									<span className="small i3" style={{ display: "block" }}>
										{artifact.said === null ? "" : `said ${artifact.said}, `}
										{artifact.found === null ? "not in the workspace" : "now here"}
									</span>
								)}
							</>
						),
						where: (
							<>
								{bytes(artifact.bytes)} <At source={source} line={artifact.line} />
							</>
						),
					};
				})}
			/>
		</Section>
	);
}

export function CriteriaPart({ criteria, source }: { criteria: readonly { text: string; said: string | null; line: number | null }[]; source: string }) {
	const done = criteria.filter((one) => one.said === "done").length;
	return (
		<Section
			title="Success criteria"
			bare
			end={
				<Figure query={teamCriteria} params={{ source }} label="success criteria of the page, and those it ticks itself">
					{`${done} of ${criteria.length} ticked by the page`}
				</Figure>
			}
		>
			<Items lines={criteria.map((one, i) => ({ key: `${one.line ?? 0}-${i}`, state: saidState(one.said), text: <Inline text={one.text} />, where: <At source={source} line={one.line} /> }))} />
			<p className="i3 small" style={{ paddingTop: 6 }}>
				The ticks are the page’s own; nothing of it is checked here.
			</p>
		</Section>
	);
}

export interface Step {
	position: number;
	title: string;
	duration: string | null;
	command: string | null;
	line: number | null;
}

/** Next steps with their commands. A command is text to copy; Casebook never runs it. */
export function StepsPart({ steps, source }: { steps: readonly Step[]; source: string }) {
	const commands = steps.some((step) => step.command !== null);
	return (
		<Section
			title="Next steps"
			note={
				<>
					<Figure query={teamSteps} params={{ source }} label="next steps of the page">
						{count(steps.length, "step")}
					</Figure>
					, as the page gives them{commands ? "; commands are shown, never run" : ""}
				</>
			}
		>
			<ol>
				{steps.map((step) => (
					<li className="step" key={step.position}>
						<span className="m i3">{step.position}</span>
						<div>
							<b className="b">
								<Inline text={step.title} />
							</b>
							<div className="i3 small">
								{step.duration} <At source={source} line={step.line} />
							</div>
						</div>
						{step.command === null ? (
							<span />
						) : (
							// biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it
							<pre className="code" tabIndex={0}>
								{step.command}
							</pre>
						)}
						{step.command === null ? <span /> : <CopyButton text={step.command} label={`Copy the command of step ${step.position}`} done="Command copied" />}
					</li>
				))}
			</ol>
		</Section>
	);
}
