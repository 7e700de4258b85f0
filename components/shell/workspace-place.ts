import { HOME_WORDS } from "./home-workspace";
import { pageOf } from "./nav";

/**
 * Where to go when another workspace is opened: the page stays where it is a list without filters; a page of one thing
 * (a probe, a source) gives way to its list, and filters go. Null stays.
 */
export function placeAfter(path: string, search: string): string | null {
	const page = pageOf(path);
	if (page === null) return search === "" ? null : "/";
	return page.href === path && search === "" ? null : page.href;
}

/** Where the open workspace comes from, in words for its title. */
export function originWords(opened: { kind: "served" } | { kind: "local"; how: "dropped" | "chosen" }): string {
	return opened.kind === "served" ? HOME_WORDS : `${opened.how}, stays on this machine`;
}
