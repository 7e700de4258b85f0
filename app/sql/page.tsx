import { headers } from "next/headers";
import { Suspense } from "react";
import { IS_STATIC } from "@/components/shell/asset-urls";
import { SqlPage } from "@/components/sql/sql-page";

export default async function Page() {
	// A static copy has one nonce for the editor's styles, made when it is built.
	const nonce = IS_STATIC ? (process.env.CASEBOOK_NONCE ?? null) : (await headers()).get("x-nonce");
	return (
		<Suspense>
			<SqlPage nonce={nonce} />
		</Suspense>
	);
}
