"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { PageTop } from "@/components/shell/page-top";
import { UnknownParams, useKnownParams, useUrlState } from "@/components/shell/unknown-params";
import { Empty } from "@/components/ui/bits";
import { probeRuns } from "@/lib/tables/parity";
import { ProbeView } from "./probe-view";
import { Read } from "./read";

const KNOWN = ["id", "run", "against", "case", "tolerance", "ignore"];

/** One probe over time: its runs, the strip of their verdicts, the first divergence and the cases of the run looked at. */
export function ProbePage() {
	useKnownParams(KNOWN);
	const [id] = useUrlState("id");
	return (
		<div className="page paper">
			<PageTop crumbs={[{ label: "Probes", href: "/parity" }, { label: id ?? "no probe named" }]} />
			<UnknownParams />
			{id === null || id === "" ? <NoId /> : <ProbeById key={id} id={id} />}
		</div>
	);
}

function ProbeById({ id }: { id: string }) {
	const runs = useAnswer(
		probeRuns,
		useMemo(() => ({ probe: id }), [id]),
	);
	return (
		<>
			{runs.rows.length === 0 && <h1 className="wrap-any">{id}</h1>}
			<Read answer={runs} what="Runs" empty={<NoSuchProbe id={id} />}>
				{(rows) => <ProbeView id={id} runs={rows} />}
			</Read>
		</>
	);
}

const TO_PROBES = (
	<Link className="btn" href="/parity">
		All probes
	</Link>
);

function NoId() {
	return (
		<Empty level={2} title="The address names no probe" actions={TO_PROBES}>
			<p>
				A probe’s page is <code>/probe?id=</code> and the probe’s name.
			</p>
		</Empty>
	);
}

function NoSuchProbe({ id }: { id: string }) {
	return (
		<Empty level={2} title="This workspace has no such probe" actions={TO_PROBES}>
			<p>
				No file that was read records a run of <code className="wrap-any">{id}</code>. A link from another workspace needs that workspace’s reports.
			</p>
		</Empty>
	);
}
