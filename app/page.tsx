import type { Metadata } from "next";
import { Suspense } from "react";
import { Overview } from "@/components/overview/overview";

export const metadata: Metadata = { title: { absolute: "Overview · Casebook" } };

export default function Page() {
	return (
		<Suspense>
			<Overview />
		</Suspense>
	);
}
