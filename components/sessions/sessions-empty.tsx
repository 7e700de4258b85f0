"use client";

import { useAnswer } from "@/components/answer/use-answer";
import { setUrlParams } from "@/components/shell/url-state";
import { useWorkspace } from "@/components/shell/workspace-provider";
import { count, Empty, Mark, num } from "@/components/ui";
import { sessionFacets, type SessionFilter, sessionRejects } from "@/lib/tables/sessions";
import { plainWord } from "./words";

const NONE = {};

/** The workspace holds no session. */
export function NoSessions() {
	const { name } = useWorkspace();
	const rejects = useAnswer(sessionRejects, NONE).rows[0];
	return (
		<Empty title="No session in this workspace yet" level={2}>
			<p>
				A session appears when a file of {name || "the folder"} is a session log: JSON lines whose <span className="m">schema</span> starts with <span className="m">session.iterate.</span>
			</p>
			{rejects !== undefined && rejects.rejects > 0 && (
				<p className="vb warn-ink" style={{ whiteSpace: "normal" }}>
					<Mark verdict="reject" label={null} />
					{count(rejects.rejects, "line")} of session logs could not be read; they are under sources.
				</p>
			)}
		</Empty>
	);
}

/** The filters leave nothing: which ones, and what each alone would leave. */
export function NoMatch({ filter, total }: { filter: SessionFilter; total: number }) {
	const facets = useAnswer(sessionFacets, NONE).rows;
	const set = (Object.entries(filter) as [keyof SessionFilter, string | null][]).filter(([, value]) => value !== null) as [keyof SessionFilter, string][];
	const alone = set.flatMap(([name, value]) => {
		const hit = facets.find((row) => row.facet === name && row.value === value);
		return name === "q" || name === "after" || name === "before" ? [] : [`${num(hit?.sessions ?? 0)} ${(hit?.sessions ?? 0) === 1 ? "has" : "have"} the ${name} ${plainWord(value)}`];
	});
	return (
		<Empty
			title={
				<>
					No session matches{" "}
					{set.map(([name, value], i) => (
						<span key={name}>
							{i > 0 && " and "}
							<span className="m">{phrase(name, value)}</span>
						</span>
					))}
				</>
			}
			actions={set.map(([name]) => (
				<button key={name} type="button" className="btn" onClick={() => setUrlParams({ [name]: null })}>
					{name === "q" ? "Clear the text" : `Clear ${name}`}
				</button>
			))}
		>
			<p>
				{count(total, "session")} {total === 1 ? "is" : "are"} loaded{alone.length === 0 ? "." : `; ${alone.join(", ")}.`}
			</p>
		</Empty>
	);
}

function phrase(name: keyof SessionFilter, value: string): string {
	switch (name) {
		case "q":
			return `“${value}”`;
		case "after":
			return `from ${value.replace(" 00:00:00", "")} UTC`;
		case "before":
			return `before ${value.replace(" 00:00:00", "")} UTC`;
		default:
			return `${name} = ${value}`;
	}
}
