"use client";

import { memo, useId, useMemo, useState } from "react";
import { ErrorBox } from "@/components/ui/error-box";
import { Field } from "@/components/ui/field";
import { num } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { shortType } from "@/components/grid/columns";
import type { Engine } from "@/lib/engine/engine";
import type { Failure } from "@/lib/model";
import { type CatalogTable, searchCatalog } from "./catalog";
import { ColumnFigure, factWords, NullsPattern, useColumnFacts } from "./column-figures";
import { quoted, quotedPath } from "./names";

/** So many files are listed; a search finds the others. */
const FILES_SHOWN = 100;

export interface SchemaPaneProps {
	tables: readonly CatalogTable[];
	/** rows of the tables that hold rows themselves, where they are known */
	sizes: readonly { table: string; rows: number }[];
	/** counts what is in the columns of a table, on demand; null until it is open */
	engine: Engine | null;
	version: number;
	loading: boolean;
	failure: Failure | null;
	onInsert: (text: string) => void;
}

/** Tables, their columns, and the views of files. A press on a name writes it into the query. It is drawn again for other tables, not for each letter that is typed. */
export const SchemaPane = memo(function SchemaPane({ tables, sizes, engine, version, loading, failure, onInsert }: SchemaPaneProps) {
	const [search, setSearch] = useState("");
	const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(["sessions"]));
	const [shown, setShown] = useState(false);
	const [hint, setHint] = useState<{ name: string; type: string | null; text: string | null } | null>(null);
	const id = useId();
	const counts = useMemo(() => new Map(sizes.map((size) => [size.table, size.rows])), [sizes]);
	const found = useMemo(() => searchCatalog(tables, search), [tables, search]);
	const own = found.filter((table) => !table.file);
	const files = found.filter((table) => table.file);
	const searching = search.trim() !== "";
	const toggle = (name: string) =>
		setOpen((old) => {
			const next = new Set(old);
			if (!next.delete(name)) next.add(name);
			return next;
		});
	const list = (some: readonly CatalogTable[]) =>
		some.map((table) => (
			<TableItem key={table.name} engine={loading ? null : engine} version={version} table={table} rows={counts.get(table.name) ?? null} open={open.has(table.name) !== (searching && table.columns.length <= 12)} onToggle={() => toggle(table.name)} onInsert={onInsert} onHint={setHint} />
		));

	return (
		<section className="pane sq-schema" aria-label="Tables and columns" data-shown={shown ? "" : undefined}>
			<button type="button" className="btn quiet sq-disclose" aria-expanded={shown} aria-controls={id} onClick={() => setShown(!shown)}>
				<Icon name={shown ? "chevron-down" : "chevron-right"} />
				Tables and columns
			</button>
			<div id={id} className="sq-schema-body">
				<div className="sq-search">
					<Field label="Tables and columns" icon="search" value={search} onChange={setSearch} pageFilter width="100%" />
				</div>
				<div className="sq-list">
					<NullsPattern />
					{failure !== null && <ErrorBox failure={failure} />}
					<ul>{list(own)}</ul>
					{files.length > 0 && (
						<>
							<h2 className="sq-group">Files</h2>
							<ul>{list(files.slice(0, FILES_SHOWN))}</ul>
							{files.length > FILES_SHOWN && <p className="sq-quiet">and {num(files.length - FILES_SHOWN)} more; search finds them</p>}
						</>
					)}
					{found.length === 0 && failure === null && <p className="sq-quiet">{searching ? "No table or column has this in its name." : loading ? "The tables are being made." : "There are no tables."}</p>}
				</div>
				<div className="sq-hint" aria-live="off">
					{hint === null ? (
						<span className="i3">A press on a name writes it into the query.</span>
					) : (
						<>
							<b className="m">{hint.name}</b>
							{hint.type !== null && <span className="m i3"> {hint.type}</span>}
							{hint.text !== null && <span className="sq-says">{hint.text}</span>}
						</>
					)}
				</div>
			</div>
		</section>
	);
});

interface TableItemProps {
	engine: Engine | null;
	version: number;
	table: CatalogTable;
	rows: number | null;
	open: boolean;
	onToggle: () => void;
	onInsert: (text: string) => void;
	onHint: (hint: { name: string; type: string | null; text: string | null }) => void;
}

function TableItem({ engine, version, table, rows, open, onToggle, onInsert, onHint }: TableItemProps) {
	const id = useId();
	const [counted, setCounted] = useState(false);
	const { facts, problem } = useColumnFacts(engine, table, version, counted && open);
	const hint = () => onHint({ name: table.name, type: null, text: table.describe ?? (table.file ? "the rows of this file" : null) });
	return (
		<li>
			<div className="sq-table">
				<button type="button" className="plain sq-toggle" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={`Columns of ${table.name}`} onClick={onToggle}>
					<Icon name={open ? "chevron-down" : "chevron-right"} />
				</button>
				<button type="button" className="plain sq-name m" title={table.describe ?? table.name} onPointerEnter={hint} onFocus={hint} onClick={() => onInsert(table.file ? quotedPath(table.name) : quoted(table.name))}>
					{table.name}
				</button>
				{rows !== null && <span className="sq-type m">{num(rows)}</span>}
			</div>
			{open && (
				<ul id={id}>
					{table.columns.map((column) => {
						const known = facts.get(column.name);
						const words = known === undefined ? null : factWords(known);
						const say = () => onHint({ name: `${table.file ? "" : `${table.name}.`}${column.name}`, type: column.type, text: [words, column.describe].filter((text) => text !== null).join(". ") || null });
						return (
							<li key={column.name}>
								<button type="button" className="plain sq-column" title={`${column.name} ${column.type}${column.describe === null ? "" : `\n${column.describe}`}${words === null ? "" : `\n${words}`}`} onPointerEnter={say} onFocus={say} onClick={() => onInsert(quoted(column.name))}>
									<span className="m">{column.name}</span>
									<span className="sq-type">{shortType(column.type)}</span>
									{known !== undefined && (
										<>
											<ColumnFigure facts={known} />
											<span className="sr">, {words}</span>
										</>
									)}
								</button>
							</li>
						);
					})}
					{problem !== null && <li className="sq-quiet">The values were not counted: {problem}</li>}
					{!counted && (
						<li>
							<button type="button" className="plain sq-column sq-count" disabled={engine === null} onClick={() => setCounted(true)}>
								Count the values
							</button>
						</li>
					)}
				</ul>
			)}
		</li>
	);
}
