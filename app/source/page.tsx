import type { Metadata } from "next";
import { Suspense } from "react";
import { SourcePage } from "@/components/sources/source-page";

export const metadata: Metadata = { title: "Source" };

export default function Page() {
	return (
		<Suspense>
			<SourcePage />
		</Suspense>
	);
}
