import type { Metadata } from "next";
import { Suspense } from "react";
import { SharedPage } from "@/components/notebook/shared-page";

export const metadata: Metadata = { title: "Shared notebook" };

export default function Page() {
	return (
		<Suspense>
			<SharedPage />
		</Suspense>
	);
}
