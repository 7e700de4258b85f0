import type { Metadata } from "next";
import { Suspense } from "react";
import { TeamsPage } from "@/components/teams/teams-page";

export const metadata: Metadata = { title: "Team" };

export default function Page() {
	return (
		<Suspense>
			<TeamsPage />
		</Suspense>
	);
}
