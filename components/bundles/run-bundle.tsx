"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useAnswer } from "@/components/answer/use-answer";
import { Breakable } from "@/components/ui/breakable";
import { runBundle } from "@/lib/tables/run-bundle";
import { bundleHref } from "./address";

/** The evidence bundle of a run as an entry of a head; nothing where the run lies in none. */
export function RunBundle({ probe, run }: { probe: string; run: string }) {
	const params = useMemo(() => ({ probe, run }), [probe, run]);
	const bundle = useAnswer(runBundle, params).rows[0]?.bundle;
	if (bundle === undefined) return null;
	return (
		<div>
			<dt>Bundle</dt>
			<dd>
				<Link className="m wrap-any" href={bundleHref(bundle)} prefetch={false}>
					<Breakable text={bundle} />
				</Link>
			</dd>
		</div>
	);
}
