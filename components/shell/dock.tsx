"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Dialog, Icon } from "@/components/ui";
import { useKeys } from "./keys";
import { PAGES, pageOf } from "./nav";
import { NavLinks } from "./sidebar";
import { ThemeSwitch } from "./theme";

/** The bar at the bottom of a narrow window: four pages, and the rest behind More. */
export function Dock() {
	const [open, setOpen] = useState(false);
	const { setSheetOpen } = useKeys();
	const here = pageOf(usePathname());
	const rest = PAGES.filter((page) => !page.dock);
	return (
		<>
			<nav className="dock" aria-label="Main">
				{PAGES.filter((page) => page.dock).map((page) => (
					<Link key={page.href} href={page.href} aria-current={here === page ? "page" : undefined}>
						<Icon name={page.icon} />
						{page.label}
					</Link>
				))}
				<button type="button" aria-haspopup="dialog" aria-current={here !== null && rest.includes(here) ? "true" : undefined} onClick={() => setOpen(true)}>
					<Icon name="menu" />
					More
				</button>
			</nav>
			<Dialog open={open} onOpenChange={setOpen} title="More" className="sheet">
				<nav className="nav" aria-label="More">
					<NavLinks pages={rest} onGo={() => setOpen(false)} />
					<ThemeSwitch wide />
					<button
						type="button"
						onClick={() => {
							setOpen(false);
							setSheetOpen(true);
						}}
					>
						<Icon name="keys" />
						Keys
					</button>
				</nav>
			</Dialog>
		</>
	);
}
