import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "casebook-start-"));
writeFileSync(join(folder, "file.txt"), "1");
after(() => rmSync(folder, { recursive: true }));

/** Starts with arguments that cannot work: it must end before it installs, builds or serves. */
function refused(args: string[], env: Record<string, string> = {}): string {
	const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("lib/cli/start.mjs"), ...args], { cwd: folder, env: { ...process.env, npm_lifecycle_event: "", ...env }, encoding: "utf8", timeout: 30_000 });
	assert.equal(status, 1, `${args.join(" ")}: ${stderr}`);
	assert.equal(stdout, "");
	assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
	return stderr;
}

test("a folder that cannot be served, and words that mean nothing, are one line and exit 1", () => {
	assert.match(refused(["nowhere"]), /^nowhere: there is no such folder\.$/m);
	assert.match(refused(["file.txt"]), /^file\.txt is a file\. Name the folder that holds it\.$/m);
	assert.match(refused(["--prot", "1"]), /^--prot is not known/);
	assert.match(refused([".", "."]), /^Name one folder, not two/);
	assert.match(refused([".", "--port"]), /^--port needs a value/);
	assert.match(refused([".", "--include="]), /^--include needs a value/);
	for (const port of ["0", "65536", "x", "80.5", "-1"]) assert.match(refused([".", `--port=${port}`]), /a port is a whole number/);
});

test("under npm start a relative path is meant from where the command was typed", () => {
	assert.match(refused(["file.txt"], { npm_lifecycle_event: "start", INIT_CWD: folder }), /is a file/);
	assert.match(refused(["file.txt"], { npm_lifecycle_event: "start", INIT_CWD: tmpdir() }), /no such folder/);
	assert.match(refused(["file.txt"], { npm_lifecycle_event: "test", INIT_CWD: tmpdir() }), /is a file/);
});

test("a taken port is named, with the way out", async () => {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	try {
		assert.match(refused([".", "--port", String(port)]), new RegExp(`^Port ${port} is taken\\. .*npm start -- --port ${port === 65535 ? 4173 : port + 1}$`, "m"));
	} finally {
		server.close();
	}
});
