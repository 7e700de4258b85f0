import { headers } from "next/headers";
import { Suspense } from "react";
import { SqlPage } from "@/components/sql/sql-page";

export default async function Page() {
	const nonce = (await headers()).get("x-nonce");
	return (
		<Suspense>
			<SqlPage nonce={nonce} />
		</Suspense>
	);
}
