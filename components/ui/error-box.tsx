import type { ReactNode } from "react";
import type { Failure } from "@/lib/model";
import { SourceLink } from "./links";
import { Mark } from "./mark";
import { placeOf, SqlErrorLine } from "./sql-text";

export interface ErrorBoxProps {
	failure: Failure;
	/** the query as the reader wrote it, where the failure does not carry it */
	sql?: string;
	/** called with a candidate that the reader picks; without it candidates are plain words */
	onCandidate?: (candidate: string) => void;
	/** buttons under the message */
	actions?: ReactNode;
}

/** Why something did not work: the thing, the place, what to do. */
export function ErrorBox({ failure, sql, onCandidate, actions }: ErrorBoxProps) {
	const calm = failure.kind === "cancelled";
	const { title, body } = parts(failure, sql, onCandidate);
	return (
		<div className={`err${calm ? " calm" : ""}`} role={calm ? "status" : "alert"}>
			<b className="vb">
				<Mark verdict={calm ? "skipped" : "fail"} label={null} />
				<span className="err-title">{title}</span>
			</b>
			{body}
			{actions !== undefined && <div className="row acts">{actions}</div>}
		</div>
	);
}

/** First line as the title, the rest as text, so that a long engine message stays readable. The engine's exclamation mark is left out. */
function split(message: string): { title: string; rest: string } {
	const text = message.trim();
	const end = text.search(/\n|(?<=[.!?])\s/);
	const title = (end < 0 ? text : text.slice(0, end)).trim().replace(/!$/, "");
	return { title, rest: end < 0 ? "" : text.slice(end).trim() };
}

function parts(failure: Failure, given: string | undefined, onCandidate: ErrorBoxProps["onCandidate"]): { title: ReactNode; body: ReactNode } {
	switch (failure.kind) {
		case "source": {
			const { title, rest } = split(failure.message);
			return {
				title,
				body: (
					<p>
						{rest !== "" && <>{rest} </>}
						<SourceLink path={failure.path} line={failure.line} />
						{failure.offset !== undefined && <span className="i3">, byte {failure.offset}</span>}
					</p>
				),
			};
		}
		case "query": {
			const sql = failure.sql === "" ? (given ?? "") : failure.sql;
			const { title, rest } = split(failure.message);
			const place = failure.position !== undefined && sql !== "" ? placeOf(sql, failure.position) : null;
			return {
				title,
				body: (
					<>
						{place !== null && <SqlErrorLine sql={sql} position={failure.position!} />}
						{(place !== null || failure.candidates.length > 0 || rest !== "") && (
							<p>
								{place !== null && `Line ${place.line}, column ${place.column}. `}
								{failure.candidates.length > 0 && <Candidates names={failure.candidates} onCandidate={onCandidate} />}
								{rest}
							</p>
						)}
					</>
				),
			};
		}
		case "engine-lost":
			return { title: "The engine stopped", body: <p>{failure.message}</p> };
		case "limit":
			return {
				title: `Limit reached: ${failure.what}`,
				body: (
					<p>
						<span className="m">{failure.limit}</span>. {failure.message}
					</p>
				),
			};
		case "refused":
			return {
				title: "Refused",
				body: (
					<p>
						{failure.message} <span className="i3">Rule: {failure.rule}.</span>
					</p>
				),
			};
		case "cancelled":
			return { title: failure.message, body: null };
	}
}

function Candidates({ names, onCandidate }: { names: readonly string[]; onCandidate: ErrorBoxProps["onCandidate"] }) {
	return (
		<>
			Did you mean{" "}
			{names.map((name, i) => (
				<span key={name}>
					{i > 0 && (i === names.length - 1 ? " or " : ", ")}
					{onCandidate === undefined ? (
						<span className="m">{name}</span>
					) : (
						<button type="button" className="p m" onClick={() => onCandidate(name)}>
							{name}
						</button>
					)}
				</span>
			))}
			?{" "}
		</>
	);
}
