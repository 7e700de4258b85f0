"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Breakable } from "./breakable";

/** The address of a source, or of one line of it. Slashes stay readable. */
export function sourceHref(path: string, line?: number | null): string {
	const where = encodeURIComponent(path).replaceAll("%2F", "/");
	return `/source?path=${where}${line === undefined || line === null ? "" : `&line=${line}`}`;
}

/** The address of the SQL page with a query in it. It runs on the reader's own press only. */
export function sqlHref(sql: string): string {
	return `/sql#q=${encodeURIComponent(sql)}`;
}

/** `sessions.jsonl:41`, leading to that line. `short` leaves the folders out (the title keeps them). */
export function SourceLink({ path, line, short = false, children }: { path: string; line?: number | null; short?: boolean; children?: ReactNode }) {
	const name = short ? path.slice(path.lastIndexOf("/") + 1) : path;
	return (
		<Link className="m wrap-any" href={sourceHref(path, line)} prefetch={false} title={short ? path : undefined}>
			{children ?? <Breakable text={line === undefined || line === null ? name : `${name}:${line}`} />}
		</Link>
	);
}
