import type { Metadata } from "next";
import { Suspense } from "react";
import { SourcesPage } from "@/components/sources/sources-page";

export const metadata: Metadata = { title: "Sources" };

export default function Page() {
	return (
		<Suspense>
			<SourcesPage />
		</Suspense>
	);
}
