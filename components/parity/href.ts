import { readableQuery } from "@/components/shell/url-state";

/** The address of a probe, or of one run or case of it. */
export function probeHref(probe: string, at: { run?: string; case?: string } = {}): string {
	const params = new URLSearchParams({ id: probe });
	if (at.run !== undefined) params.set("run", at.run);
	if (at.case !== undefined) params.set("case", at.case);
	return `/probe?${readableQuery(params)}`;
}
