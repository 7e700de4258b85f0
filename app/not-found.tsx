import Link from "next/link";
import { PageTop } from "@/components/shell/page-top";
import { Empty } from "@/components/ui/bits";

export const metadata = { title: "No such page" };

export default function NotFound() {
	return (
		<div className="page">
			<PageTop crumbs={[{ label: "No such page" }]} />
			<h1>No page has this address</h1>
			<div style={{ marginTop: 16 }}>
				<Empty
					level={2}
					title="The address names no page of Casebook"
					actions={
						<>
							<Link className="btn" href="/">
								Overview
							</Link>
							<Link href="/sources">Sources</Link>
						</>
					}
				>
					Names of files, probes and sessions travel as parameters, such as <code>/source?path=sessions.jsonl</code>; a path below one of the pages leads nowhere.
				</Empty>
			</div>
		</div>
	);
}
