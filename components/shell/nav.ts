import type { IconName } from "@/components/ui/icon";

/** A page of the sidebar. */
export interface NavPage {
	href: string;
	label: string;
	icon: IconName;
	/** pages that belong to it, by path */
	also: readonly string[];
	/** the second key after `g` */
	key: string | null;
	/** the table whose count stands beside it */
	count: string | null;
	/** one of the four in the bar of a narrow window */
	dock: boolean;
}

/** The pages that there are, in the sidebar's order. A page that is not built is not here. */
export const PAGES: readonly NavPage[] = [
	{ href: "/", label: "Overview", icon: "overview", also: [], key: "o", count: null, dock: true },
	{ href: "/parity", label: "Probes", icon: "probes", also: ["/probe"], key: "p", count: "probes", dock: true },
	{ href: "/sessions", label: "Sessions", icon: "sessions", also: ["/session"], key: "s", count: "sessions", dock: true },
	{ href: "/baselines", label: "Baselines", icon: "baselines", also: [], key: "b", count: "baselines", dock: false },
	{ href: "/bundles", label: "Bundles", icon: "bundles", also: ["/bundle"], key: "e", count: "bundles", dock: false },
	{ href: "/sql", label: "SQL", icon: "sql", also: [], key: "q", count: null, dock: true },
	{ href: "/notebooks", label: "Notebooks", icon: "notebooks", also: ["/notebook", "/n"], key: "n", count: "notebooks", dock: false },
	{ href: "/teams", label: "Teams", icon: "teams", also: ["/team"], key: "t", count: "teams", dock: false },
	{ href: "/sources", label: "Sources", icon: "sources", also: ["/source"], key: null, count: "sources", dock: false },
];

/** The sidebar page that a path belongs to. On a static copy paths end with a slash. */
export function pageOf(path: string): NavPage | null {
	const plain = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
	return PAGES.find((page) => page.href === plain || page.also.includes(plain)) ?? null;
}
