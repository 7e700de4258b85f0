import type { Metadata } from "next";
import { Suspense } from "react";
import { ProbesPage } from "@/components/parity/probes-page";

export const metadata: Metadata = { title: "Probes" };

export default function Page() {
	return (
		<Suspense>
			<ProbesPage />
		</Suspense>
	);
}
