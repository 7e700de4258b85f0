"use client";

import { useEffect } from "react";
import { ErrorBox } from "@/components/ui/error-box";
import { Icon } from "@/components/ui/icon";
import { failureOf } from "@/lib/model";

/** A page that could not be drawn. The shell, the workspace and every other page go on. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
	useEffect(() => {
		console.error(error);
	}, [error]);
	return (
		<div className="page">
			<h1>This page could not be drawn</h1>
			<div style={{ marginTop: 16 }}>
				<ErrorBox
					failure={failureOf(error)}
					actions={
						<button type="button" className="btn" onClick={retry}>
							<Icon name="reload" />
							Draw it again
						</button>
					}
				/>
				<p className="i2" style={{ marginTop: 12, maxWidth: "68ch" }}>
					The workspace is still loaded and the other pages work. If it happens again, the message above is what a report should quote.
				</p>
			</div>
		</div>
	);
}
