import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { isArchiveName } from "@/lib/workspace/archive";

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
	assert.match(refused([".", "--write=yes"]), /^--write takes no value/);
	for (const port of ["0", "65536", "x", "80.5", "-1"]) assert.match(refused([".", `--port=${port}`]), /a port is a whole number/);
});

test("a host that no browser can be sent to, and a token that is easily guessed, are refused", () => {
	for (const host of ["0.0.0.0", "::", "[::]", "*"]) assert.match(refused([".", "--host", host]), /give the name or the address that others will open/, host);
	for (const host of ["http://lab", "lab:4173", "lab/", "127.1", "0x7f000001", "a..b", "-lab", "lab@evil", "fe80::1%eth0", "lab 3"]) assert.match(refused([".", "--host", host]), /a host is a name or an address alone/, host);
	for (const token of ["short", "fifteen-letters", "with a space in the middle", "semi;colon;semi;colon", "größe-größe-größe-größe"]) assert.match(refused([".", "--host", "lab", "--token", token]), /^--token needs at least 16 characters/, token);
	assert.match(refused([".", "--host", "203.0.113.7"]), /^--host 203\.0\.113\.7: that is no address of this machine\.$/m);
});

test("a host is written as browsers write it; a token is made where a host is given", async () => {
	const { hostOf, isLoopback, listensOn } = (await import("./setup/host.mjs" as string)) as { hostOf(text: string): string; isLoopback(host: string | null): boolean; listensOn(host: string | null): string[] };
	for (const [given, written] of [["Lab-3.Example", "lab-3.example"], ["192.168.0.7", "192.168.0.7"], ["FD00:0::7", "[fd00::7]"], ["[fd00::7]", "[fd00::7]"], ["localhost", "localhost"], ["my_host", "my_host"]] as const) assert.equal(hostOf(given), written);
	assert.deepEqual([listensOn(null), listensOn("localhost"), listensOn("192.168.0.7"), listensOn("[fd00::7]"), listensOn("lab")], [["127.0.0.1"], ["127.0.0.1"], ["192.168.0.7"], ["fd00::7"], ["::", "0.0.0.0"]]);
	assert.deepEqual(["[::1]", null, "lab"].map(isLoopback), [true, true, false]);
	const { startArguments } = (await import("./setup/arguments.mjs" as string)) as { startArguments(argv: string[], env: object): { host: string | null; token: string | null } };
	const given = (...argv: string[]) => startArguments([folder, ...argv], {});
	assert.deepEqual([given().host, given().token], [null, null]);
	assert.equal(given("--host=lab", "--token=0123456789abcdef").token, "0123456789abcdef");
	const made = [given("--host=lab").token!, given("--host=lab").token!];
	assert.match(made[0]!, /^[\w-]{32}$/);
	assert.notEqual(made[0], made[1]);
});

test("under npm start a relative path is meant from where the command was typed", () => {
	assert.match(refused(["file.txt"], { npm_lifecycle_event: "start", INIT_CWD: folder }), /is a file/);
	assert.match(refused(["file.txt"], { npm_lifecycle_event: "start", INIT_CWD: tmpdir() }), /no such folder/);
	assert.match(refused(["file.txt"], { npm_lifecycle_event: "test", INIT_CWD: tmpdir() }), /is a file/);
});

test("an archive is served read-only and whole; its name is what the rest of Casebook takes for one", async () => {
	const { startArguments } = (await import("./setup/arguments.mjs" as string)) as { startArguments(argv: string[], env: object): { root: string; archive: boolean; write: boolean } };
	for (const name of ["a.casebook.zip", "a.casebook (1).zip", "A.CASEBOOK.ZIP", "a.casebook(2).zip", "a.zip", "casebook.zip", "a.casebook.zip.txt", "a.casebook (12345).zip"]) {
		writeFileSync(join(folder, name), "");
		if (isArchiveName(name)) assert.equal(startArguments([join(folder, name)], {}).archive, true, name);
		else assert.throws(() => startArguments([join(folder, name)], {}), /is a file\. Name the folder that holds it/, name);
	}
	assert.match(refused(["a.casebook.zip", "--write"]), /^a\.casebook\.zip is an archive, which is served as it was packed: leave --write out/);
	assert.match(refused(["a.casebook.zip", "--include", "*"]), /leave --include out/);
	mkdirSync(join(folder, "folder.casebook.zip"));
	assert.deepEqual([startArguments([join(folder, "folder.casebook.zip"), "--write"], {})].map(({ archive, write }) => [archive, write]), [[false, true]]);
	assert.equal(startArguments([folder], {}).write, false);
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
