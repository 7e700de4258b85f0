import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { repairText } from "./repair";

/** Bytes 0x80 to 0x9F of Windows-1252, written out here because the decoder of some Node versions reads them as Latin-1; the rest is Latin-1. */
const HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** What a program makes of UTF-8 that it takes for another encoding. */
function misread(text: string, as: "Mac Roman" | "Windows-1252"): string {
	const bytes = new TextEncoder().encode(text);
	if (as === "Mac Roman") return new TextDecoder("macintosh").decode(bytes);
	return Array.from(bytes, (byte) => (byte >= 0x80 && byte < 0xa0 ? HIGH.charAt(byte - 0x80) : String.fromCharCode(byte))).join("");
}

test("the broken texts that people know", () => {
	for (const [broken, good, from] of [
		["‚úÖ", "✅", "Mac Roman"],
		["\uf8ffüü°", "🟡", "Mac Roman"],
		["âœ… fÃ¼r 5Â°", "✅ für 5°", "Windows-1252"],
		["itâ€™s â€œsoâ€\u009d", "it’s “so”", "Windows-1252"],
	] as const) {
		const repair = repairText(broken);
		assert.deepEqual([repair.text, repair.from], [good, from]);
	}
});

for (const as of ["Mac Roman", "Windows-1252"] as const) {
	test(`text misread as ${as} is repaired`, () => {
		for (const good of ["✅ done, ⚠️ partly, 🟡 waiting", "naïve café, größer", "Привет мир", "一覧 → 表", "a — b … “c” 10 µs"]) {
			const repair = repairText(misread(good, as));
			assert.deepEqual({ text: repair.text, repaired: repair.repaired, from: repair.from }, { text: good, repaired: true, from: as });
			assert.equal(repair.runs, good.match(/[^\x00-\x7f]+/g)?.length);
		}
	});

	test(`any text with an emoji survives being misread as ${as}`, () => {
		const alphabet = fc.constantFrom(..."abc \n|*-é—→✅❌🟡日本".match(/./gsu)!);
		fc.assert(
			fc.property(fc.array(alphabet, { maxLength: 60 }), (characters) => {
				const good = `${characters.join("")} 🟢`;
				assert.equal(repairText(misread(good, as)).text, good);
			}),
			{ numRuns: 500 },
		);
	});
}

test("good text stays as it is", () => {
	for (const good of [
		"",
		"plain",
		"cell volume in Å³",
		"≈± is written by hand",
		"Å³ and ≈± beside ✅",
		"the page shows ‚úÖ where ✅ was meant",
		"quoted: `‚úÖ`; and a real dash — here",
		"naïve café",
		"10 µs ± 2, √2, 3×",
		"Привет",
		"🟡",
		"\ufffd",
	]) assert.deepEqual(repairText(good), { text: good, repaired: false, runs: 0 });
});

test("one good run keeps the whole document, and so does a run that decodes to control characters", () => {
	assert.equal(repairText(`${misread("✅", "Mac Roman")} and ✅`).repaired, false);
	assert.equal(repairText(misread("✅ \u0085", "Mac Roman")).repaired, false);
});

test("any text comes back with its lines, and unchanged where nothing was repaired", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
			const once = repairText(text);
			assert.equal(once.text.split("\n").length, text.split("\n").length);
			if (!once.repaired) assert.equal(once.text, text);
		}),
		{ numRuns: 2_000 },
	);
});

const seeds = path.resolve(process.cwd(), "../shared/seeds");
let seedFiles: string[] = [];
try {
	seedFiles = readdirSync(seeds).filter((name) => name.endsWith(".txt")).sort();
} catch {
	// reported by the skip below
}
test("of the seed documents the two misread ones are repaired", { skip: seedFiles.length === 0 ? "the folder ../shared/seeds is not there" : false }, () => {
	const repaired = seedFiles.filter((name) => repairText(readFileSync(path.join(seeds, name), "utf8")).from === "Mac Roman").map((name) => name.slice(0, 3));
	assert.deepEqual(repaired, ["000", "002"]);
});
