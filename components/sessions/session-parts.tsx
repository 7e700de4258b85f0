"use client";

import type { ReactNode } from "react";
import { CopyButton, count, Null, Section } from "@/components/ui";
import type { SessionDetail } from "@/lib/tables/sessions";
import { type JsonPiece, jsonLines } from "@/components/ui/json-text";
import { utf8Bytes } from "./words";

const INK: { [kind in JsonPiece["kind"]]: string | undefined } = { key: "f", string: "s", number: "n1", word: "k", plain: undefined };

/** The word for a value that is not there: the record lacks the field, or says null. */
export function Missing({ field, absent }: { field: string; absent: readonly string[] }) {
	return <Null word={absent.includes(field) ? "absent" : "null"} />;
}

/** JSON text, laid out, every token as it is written. */
function JsonText({ text, label }: { text: string; label: string }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: the box scrolls, so the keyboard must reach it
		<section style={{ maxHeight: 420, overflow: "auto" }} tabIndex={0} aria-label={label}>
			<pre className="code fold" style={{ borderTop: 0 }}>
				{jsonLines(text).map((line, i) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: lines of one text; their place is what they are
					<span key={i}>
						{line.map((piece, k) => {
							const ink = INK[piece.kind];
							return ink === undefined ? (
								piece.text
							) : (
								// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line
								<span key={k} className={ink}>
									{piece.text}
								</span>
							);
						})}
						{"\n"}
					</span>
				))}
			</pre>
		</section>
	);
}

/** The prompt as it was sent. */
export function Prompt({ session }: { session: SessionDetail }) {
	const { prompt } = session;
	return (
		<Section
			title="Prompt"
			style={{ marginTop: "var(--s-5)" }}
			end={
				prompt === null ? null : (
					<>
						{count(utf8Bytes(prompt), "byte")}
						<CopyButton text={prompt} label="Copy the prompt" done="Prompt copied" />
					</>
				)
			}
		>
			{prompt === null ? (
				<p className="waiting">
					<Missing field="prompt" absent={session.absent} />
				</p>
			) : (
				<p className="m i2" style={{ padding: "8px 0", lineHeight: "19px", whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
					{prompt === "" ? <span className="i3">The prompt is empty.</span> : prompt}
				</p>
			)}
		</Section>
	);
}

/** A field that holds JSON: what came out, or the validator's report. */
export function JsonField({ title, field, session, note }: { title: string; field: "artifact" | "validation"; session: SessionDetail; note: ReactNode }) {
	const text = session[field];
	return (
		<Section title={title} note={note} style={{ marginTop: "var(--s-5)" }} end={text === null ? null : <CopyButton text={text} label={`Copy the ${field}`} done={`${title} copied`} />}>
			{text === null ? (
				<p className="waiting">
					<Missing field={field} absent={session.absent} />
				</p>
			) : (
				<JsonText text={text} label={title} />
			)}
		</Section>
	);
}
