import type { Metadata } from "next";
import { Suspense } from "react";
import { BundlesPage } from "@/components/bundles/bundles-page";

export const metadata: Metadata = { title: "Evidence bundles" };

export default function Page() {
	return (
		<Suspense>
			<BundlesPage />
		</Suspense>
	);
}
