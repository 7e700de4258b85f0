"use client";

import { useState } from "react";
import { useCopy } from "@/components/ui";
import { failureOf } from "@/lib/model";
import { keepLink } from "@/lib/workspace/save-client";
import { type MayWrite, useMayWrite } from "./use-may-write";

const WHY_NOT: { readonly [why in Exclude<MayWrite, "yes">]: string } = {
	"read-only": "A Casebook that was started with --write keeps the link for you and gives a short one. This one was started without.",
	static: "Short links are kept by a served Casebook that was started with --write. This is a static copy.",
	local: "Short links are kept in a served folder, and these files are open in this browser only.",
};

/** The same link kept in the served folder, under a short address. Nothing is kept before the press. */
export function ShareShort({ text }: { text: string }) {
	const may = useMayWrite();
	const copy = useCopy();
	const [state, setState] = useState<{ of: string; made: { link: string } | { problem: string } | "busy" } | null>(null);
	const made = state?.of === text ? state.made : null;
	const make = async () => {
		setState({ of: text, made: "busy" });
		try {
			const id = await keepLink(location.origin, (input, init) => fetch(input, init), text);
			setState({ of: text, made: { link: `${location.origin}/n?id=${id}` } });
		} catch (error) {
			setState({ of: text, made: { problem: failureOf(error).message } });
		}
	};
	if (may === null) return null;
	return (
		<>
			<h3>A short link</h3>
			{may !== "yes" ? (
				<p className="i2 small">{WHY_NOT[may]}</p>
			) : (
				<>
					<p className="i2 small">
						What the link above holds is kept in the folder, under <span className="m">.casebook/links</span>. Whoever can open this Casebook can read it, for as long as the file is there.
					</p>
					{made !== null && made !== "busy" && "problem" in made && <p role="alert">{made.problem}</p>}
					{made !== null && made !== "busy" && "link" in made && <input className="input share-short" readOnly aria-label="Short link" value={made.link} onFocus={(event) => event.target.select()} />}
					<div className="row wrap acts">
						{made !== null && made !== "busy" && "link" in made ? (
							<button type="button" className="btn" onClick={() => copy(made.link, "Short link copied")}>
								Copy the short link
							</button>
						) : (
							<button type="button" className="btn" disabled={made === "busy" || text === ""} onClick={() => void make()}>
								Make a short link
							</button>
						)}
					</div>
				</>
			)}
		</>
	);
}
