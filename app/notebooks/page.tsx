import type { Metadata } from "next";
import { Suspense } from "react";
import { NotebooksPage } from "@/components/notebook/notebooks-page";

export const metadata: Metadata = { title: "Notebooks" };

export default function Page() {
	return (
		<Suspense>
			<NotebooksPage />
		</Suspense>
	);
}
