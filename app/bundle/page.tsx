import type { Metadata } from "next";
import { Suspense } from "react";
import { BundlePage } from "@/components/bundles/bundle-page";

export const metadata: Metadata = { title: "Evidence bundle" };

export default function Page() {
	return (
		<Suspense>
			<BundlePage />
		</Suspense>
	);
}
