import type { Metadata } from "next";
import { Suspense } from "react";
import { ProbePage } from "@/components/parity/probe-page";

export const metadata: Metadata = { title: "Probe" };

export default function Page() {
	return (
		<Suspense>
			<ProbePage />
		</Suspense>
	);
}
