import type { Metadata } from "next";
import { Suspense } from "react";
import { BaselinesPage } from "@/components/baselines/baselines-page";

export const metadata: Metadata = { title: "Baselines" };

export default function Page() {
	return (
		<Suspense>
			<BaselinesPage />
		</Suspense>
	);
}
