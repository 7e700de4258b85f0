"use client";

import { parseTime, type TimeStyle, timeText, utcText } from "./time-text";

export interface TimeProps {
	/** ISO or the engine's text; without a zone it is UTC */
	value: string | null;
	/** where a run's time was found; a time taken from the file's date says so */
	from?: string | null;
	style?: TimeStyle;
	className?: string;
}

/** A time in the reader's zone; UTC on hover and in `datetime`. What is no time is shown as it is written. */
export function Time({ value, from, style = "full", className }: TimeProps) {
	if (value === null) return <span className="null">time not known</span>;
	const at = parseTime(value);
	if (at === null) return <span className={className}>{value}</span>;
	const utc = utcText(at);
	return (
		<>
			<time className={className} dateTime={new Date(at).toISOString()} title={utc} suppressHydrationWarning>
				{timeText(at, style)}
			</time>
			{from === "file" && (
				<span className="i3" title="The report gives no time; this is when its file was changed.">
					{" "}
					file’s date
				</span>
			)}
		</>
	);
}
