import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { CasebookError } from "@/lib/model";
import { keepLink, keptLink, MAX_LINK_BYTES } from "./links";
import { walk } from "./walk";
import { DISK } from "./write-atomic";

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "casebook-links-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const TEXT = "c1.00000000.abc";
const ID = createHash("sha256").update(TEXT).digest("hex");
const refused = (work: Promise<unknown>, words: RegExp) => assert.rejects(work, (error) => error instanceof CasebookError && words.test(error.message) ? true : assert.fail(String(error)));

test("a link is kept once under the sha256 of its text, and is no source", async () => {
	writeFileSync(join(root, "a.txt"), "alpha");
	assert.equal(await keepLink(root, TEXT), ID);
	assert.equal(await keepLink(root, TEXT), ID);
	assert.deepEqual(readdirSync(join(root, ".casebook/links")), [`${ID}.txt`]);
	assert.equal(await keptLink(root, ID), TEXT);
	for (const include of [[], ["*.txt"]]) {
		const { files, manifest } = await walk(root, { include });
		assert.deepEqual([...files.keys()], ["a.txt"]);
		assert.deepEqual(manifest.files.filter((file) => file.state === "left out").map((file) => [file.path, file.note]), [[".casebook/", "kept by Casebook: short links"]]);
	}
});

test("what is no id, and an id that nobody kept, are one sentence each", async () => {
	for (const id of ["", "..", ID.slice(1), `${ID}0`, ID.toUpperCase(), `${ID}\n`, `../links/${ID}`, `${"0".repeat(63)}/`]) await refused(keptLink(root, id), /^This is no id of a short link/);
	await refused(keptLink(root, ID), new RegExp(`keeps no link whose id begins with ${ID.slice(0, 12)}`));
	await keepLink(root, TEXT);
	await refused(keptLink(root, "0".repeat(64)), /keeps no link whose id begins with/);
});

test("a broken file under the name is made whole; no link on the way is followed", async () => {
	await keepLink(root, TEXT);
	writeFileSync(join(root, ".casebook/links", `${ID}.txt`), "c1.half");
	assert.equal(await keepLink(root, TEXT), ID);
	assert.equal(readFileSync(join(root, ".casebook/links", `${ID}.txt`), "utf8"), TEXT);
	writeFileSync(join(root, ".casebook/links", `${ID}.txt`), "x".repeat(MAX_LINK_BYTES + 1));
	await refused(keptLink(root, ID), /keeps no link/);

	const elsewhere = mkdtempSync(join(tmpdir(), "casebook-links-out-"));
	try {
		rmSync(join(root, ".casebook"), { recursive: true });
		mkdirSync(join(elsewhere, "links"));
		writeFileSync(join(elsewhere, "links", `${ID}.txt`), "secret");
		symlinkSync(elsewhere, join(root, ".casebook"));
		await refused(keptLink(root, ID), /keeps no link/);
		await refused(keepLink(root, TEXT), /^\.casebook is a link; nothing is saved through it/);
		rmSync(join(root, ".casebook"));
		mkdirSync(join(root, ".casebook/links"), { recursive: true });
		symlinkSync(join(elsewhere, "links", `${ID}.txt`), join(root, ".casebook/links", `${ID}.txt`));
		await refused(keptLink(root, ID), /keeps no link/);
		await refused(keepLink(root, TEXT), /is a link|name on its way/);
		assert.equal(readFileSync(join(elsewhere, "links", `${ID}.txt`), "utf8"), "secret");
	} finally {
		rmSync(elsewhere, { recursive: true });
	}
});

test("a full disk is said, and leaves nothing", async () => {
	await refused(keepLink(root, TEXT, { ...DISK, write: () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" })) }), /^The link was not saved, .* no room left/);
	assert.deepEqual(readdirSync(root, { recursive: true }), []);
});
