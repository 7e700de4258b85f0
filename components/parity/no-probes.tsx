import { Empty } from "@/components/ui/bits";

/** Why there is no probe, and what would put one here. */
export function NoProbes() {
	return (
		<Empty title="No probe in this workspace">
			<p>A probe appears when a file records a comparison: a parity report (JSON or CSV), a comparison of factors, or JUnit results. None of the files here is one. Add such a file to the folder and load it again.</p>
		</Empty>
	);
}
