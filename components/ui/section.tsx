import type { CSSProperties, ReactNode } from "react";

export interface SectionProps {
	title: ReactNode;
	/** one quiet sentence beside the title */
	note?: ReactNode;
	/** links and small actions at the right */
	end?: ReactNode;
	children?: ReactNode;
	/** the anchor; the title's id is `<id>-title` */
	id?: string;
	/** heading level, 2 by default */
	level?: 2 | 3;
	/** more classes; inside `.cols` pass `bare` so that the grid sets the space above */
	className?: string;
	bare?: boolean;
	style?: CSSProperties;
}

/** A part of a page: title, note and actions over a strong rule. */
export function Section({ title, note, end, children, id, level = 2, className = "", bare = false, style }: SectionProps) {
	const Head = level === 2 ? "h2" : "h3";
	const headId = id === undefined ? undefined : `${id}-title`;
	return (
		<section id={id} className={`${bare ? "" : "sec "}${className}`.trim() || undefined} aria-labelledby={headId} style={style}>
			<div className="sec-h">
				<Head id={headId}>{title}</Head>
				{note !== undefined && note !== null && <span className="note" title={typeof note === "string" ? note : undefined}>{note}</span>}
				{end !== undefined && end !== null && <span className="end">{end}</span>}
			</div>
			{children}
		</section>
	);
}
