"use client";

import { Kbd } from "@/components/ui/bits";
import { Dialog } from "@/components/ui/dialog";
import { useKeys, usePageKeys } from "./keys";
import { PAGES } from "./nav";
import { useModKey } from "./platform";

/** The `?` sheet: what the keys do here, and the switch for single letters. */
export function KeysSheet() {
	const { sheetOpen, setSheetOpen, enabled, setEnabled } = useKeys();
	return (
		<Dialog open={sheetOpen} onOpenChange={setSheetOpen} title="Keys">
			<KeysBody enabled={enabled} setEnabled={setEnabled} />
		</Dialog>
	);
}

function KeysBody({ enabled, setEnabled }: { enabled: boolean; setEnabled(on: boolean): void }) {
	const own = usePageKeys();
	const mod = useModKey();
	const unique = own.filter((binding, i) => own.findIndex((other) => other.key === binding.key) === i);
	return (
		<>
			{unique.length > 0 && (
				<>
					<h3>This page</h3>
					<dl className="keys-list">
						{unique.map((binding) => (
							<Row key={binding.key} keys={[binding.key]} does={binding.does} />
						))}
					</dl>
				</>
			)}
			<h3>Everywhere</h3>
			<dl className="keys-list">
				<Row keys={[`${mod} K`]} does="find a page, a probe, a team, a source, an action" />
				{PAGES.map((page) => page.key !== null && <Row key={page.href} keys={["g", page.key]} does={page.label} />)}
				<Row keys={["/"]} does="filter of this page" />
				<Row keys={["j", "k"]} does="next, previous row" />
				<Row keys={["e"]} does="evidence of the focused figure" />
				<Row keys={["Esc"]} does="cancel, close" />
				<Row keys={["?"]} does="this sheet" />
			</dl>
			<label className="check">
				<input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
				Single-letter keys work outside text fields
			</label>
		</>
	);
}

function Row({ keys, does }: { keys: string[]; does: string }) {
	return (
		<>
			<dt>
				{keys.map((key) => (
					<Kbd key={key}>{key}</Kbd>
				))}
			</dt>
			<dd>{does}</dd>
		</>
	);
}
