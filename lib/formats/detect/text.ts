import { checksumEntry } from "../checksums";
import { isTestLine } from "../test-output/lines";
import type { Head } from "./head";

/** Source code and its like quote what test runners write. */
const CODE = /\.(py|rs|sh|c|h|cc|cpp|hpp|ts|tsx|js|mjs|jsx|go|java|toml|yaml|yml|ini|cfg|conf|html|css|sql|patch|diff|env|rst)$/;

/** What a text is; null for text that no format claims. */
export function textKind(path: string, head: Head): "checksum list" | "test output" | null {
	const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
	if (name.endsWith(".sha256")) return "checksum list";
	const filled = head.lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
	if (filled.length > 0 && filled.every((line) => checksumEntry(line, null) !== null)) return "checksum list";
	return !CODE.test(name) && filled.some(isTestLine) ? "test output" : null;
}
