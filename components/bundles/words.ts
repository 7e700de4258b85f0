import type { MarkKind } from "@/components/ui/mark";
import type { RanAtFrom } from "@/lib/model";
import type { ChecksumState } from "@/lib/tables/bundles";

/** Where the time of a bundle was found, in words. */
export function fromSays(from: RanAtFrom | null): string | null {
	switch (from) {
		case "content":
			return "as a file of it says";
		case "sibling":
			return "from a file beside it";
		case "folder":
			return "from the folder’s name";
		case "file":
		case null:
			return null;
	}
}

/** What an exit code says: zero, not zero and not recorded are three things. */
export function exitSays(code: number | null): { mark: MarkKind; word: string } {
	if (code === null) return { mark: "skipped", word: "not recorded" };
	return code === 0 ? { mark: "pass", word: "0" } : { mark: "fail", word: String(code).replace("-", "\u2212") };
}

/** What became of an entry of a checksum list. */
export function checksumSays(state: ChecksumState | null): { mark: MarkKind; word: string } {
	switch (state) {
		case "match":
			return { mark: "pass", word: "matches" };
		case "differs":
			return { mark: "fail", word: "differs" };
		case "missing":
			return { mark: "unmatched", word: "missing" };
		case "itself":
			return { mark: "skipped", word: "the list itself" };
		case null:
			return { mark: "incomparable", word: "not read, so not compared" };
	}
}

/** A path without the bundle's folder. */
export function inside(bundle: string, path: string): string {
	return bundle !== "." && path.startsWith(`${bundle}/`) ? path.slice(bundle.length + 1) : path;
}
