"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Icon } from "@/components/ui/icon";

/** Fetched when somebody adds something. */
const AddDialog = dynamic(() => import("./add-dialog").then((module) => module.AddDialog), { ssr: false });

export interface AddToNotebookProps {
	/** one statement that stands alone */
	sql: string;
	/** proposed name of the cell */
	name: string;
	/** proposed title of the cell */
	title: string;
	buttonClass?: string;
}

/** Makes what a page shows a cell of a notebook: its query goes into a draft of this browser. */
export function AddToNotebook({ sql, name, title, buttonClass = "btn quiet" }: AddToNotebookProps) {
	const [open, setOpen] = useState(false);
	return (
		<>
			<button type="button" className={buttonClass} onClick={() => setOpen(true)}>
				<Icon name="notebooks" />
				Add to notebook
			</button>
			{open && <AddDialog sql={sql} name={name} title={title} onClose={() => setOpen(false)} />}
		</>
	);
}
