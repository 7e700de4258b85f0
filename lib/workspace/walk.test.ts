import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { CasebookError } from "@/lib/model";
import { MAX_FILE_BYTES } from "./listing";
import { walk } from "./walk";

const made: string[] = [];
after(async () => {
	for (const folder of made) await rm(folder, { recursive: true, force: true });
});

/** A folder with the given files; a path that ends with `/` is an empty folder. */
async function folder(files: Record<string, string>): Promise<string> {
	const root = await realpath(await mkdtemp(join(tmpdir(), "casebook-walk-")));
	made.push(root);
	for (const [path, text] of Object.entries(files)) {
		const full = join(root, path);
		await mkdir(path.endsWith("/") ? full : dirname(full), { recursive: true });
		if (!path.endsWith("/")) await writeFile(full, text);
	}
	return root;
}

/** `path → note` of what is left out, and the served paths in order. */
async function listed(root: string, include: string[] = []) {
	const { manifest } = await walk(root, { include });
	return {
		served: manifest.files.filter((file) => file.state === "served").map((file) => file.path),
		leftOut: Object.fromEntries(manifest.files.filter((file) => file.state === "left out").map((file) => [file.path, file.note])),
	};
}

test("files are listed with size and time, sorted by path", async () => {
	const root = await folder({ "b.txt": "12345", "a/x.jsonl": "{}\n", "a.txt": "", "a/deep/er/y.csv": "1", "empty/": "" });
	await utimes(join(root, "b.txt"), 1_700_000_000, 1_700_000_000.25);
	const { manifest } = await walk(root, { now: () => new Date(0) });
	assert.deepEqual(manifest.files.map((file) => file.path), ["a.txt", "a/deep/er/y.csv", "a/x.jsonl", "b.txt"]);
	assert.deepEqual(manifest.files[3], { path: "b.txt", bytes: 5, modified_at: "2023-11-14T22:13:20.250Z", state: "served", note: null });
	assert.equal(manifest.generated_at, "1970-01-01T00:00:00.000Z");
	assert.equal(manifest.name, root.split("/").at(-1));
});

test("the version changes with content's time and size, and only then", async () => {
	const root = await folder({ "a.txt": "1", "b.txt": "2" });
	const first = (await walk(root)).manifest.version;
	assert.equal((await walk(root)).manifest.version, first);
	await utimes(join(root, "a.txt"), 1, 1);
	const second = (await walk(root)).manifest.version;
	assert.notEqual(second, first);
	await writeFile(join(root, "c.txt"), "");
	assert.notEqual((await walk(root)).manifest.version, second);
});

test(".git and node_modules are one entry each, at any depth", async () => {
	const root = await folder({ ".git/config": "secret", "node_modules/x/i.js": "1", "pkg/node_modules/y/i.js": "1", "sub/.git": "gitdir: ../elsewhere", "keep.txt": "1" });
	const { served, leftOut } = await listed(root);
	assert.deepEqual(served, ["keep.txt"]);
	assert.deepEqual(leftOut, { ".git/": "version control data", "node_modules/": "installed packages", "pkg/node_modules/": "installed packages", "sub/.git": "version control data" });
});

test(".gitignore: nested files overrule, negations count, folders are one entry", async () => {
	const root = await folder({
		".gitignore": "*.log\nout/\n/top.txt\n!keep.log\n",
		"a.log": "1",
		"keep.log": "1",
		"top.txt": "1",
		"sub/top.txt": "1",
		"sub/.gitignore": "!a.log\n*.tmp\n",
		"sub/a.log": "1",
		"sub/b.log": "1",
		"sub/c.tmp": "1",
		"c.tmp": "1",
		"out/one.txt": "1",
		"out/two.txt": "1",
	});
	const { served, leftOut } = await listed(root);
	assert.deepEqual(served, [".gitignore", "c.tmp", "keep.log", "sub/.gitignore", "sub/a.log", "sub/top.txt"]);
	assert.deepEqual(leftOut, { "a.log": "named by .gitignore", "out/": "named by .gitignore", "sub/b.log": "named by .gitignore", "sub/c.tmp": "named by sub/.gitignore", "top.txt": "named by .gitignore" });
});

test("the .gitignore of git itself agrees", async () => {
	const root = await folder({ ".gitignore": "*.log\nbuild\n!x/build\n", "a.log": "", "x/build/1.txt": "", "y/build/1.txt": "", "x/.gitignore": "!*.log\n/only\n", "x/a.log": "", "x/only": "", "x/z/only": "", "A.LOG": "" });
	const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
	execFileSync("git", ["init", "-q"], { cwd: root, env });
	const git = execFileSync("git", ["ls-files", "--others", "--exclude-standard"], { cwd: root, env, encoding: "utf8" }).trim().split("\n").sort();
	assert.deepEqual((await listed(root)).served, git);
});

test("--include brings back what is left out, whole folders or single files", async () => {
	const root = await folder({ ".gitignore": "*.log\nout/\n", "a.log": "1", "b/c.log": "1", "out/one.csv": "1", "out/deep/two.csv": "1", "out/x.txt": "1", "node_modules/m/r.csv": "1", ".git/HEAD": "ref" });
	assert.deepEqual((await listed(root, ["a.log"])).served, [".gitignore", "a.log"]);
	assert.deepEqual((await listed(root, ["*.log"])).served, [".gitignore", "a.log", "b/c.log"]);
	const csv = await listed(root, ["*.csv"]);
	assert.deepEqual(csv.served, [".gitignore", "out/deep/two.csv", "out/one.csv"]);
	assert.equal(csv.leftOut["out/"], "named by .gitignore; 2 of its files included");
	assert.equal(csv.leftOut["node_modules/"], "installed packages");
	assert.deepEqual((await listed(root, ["out/"])).served, [".gitignore", "out/deep/two.csv", "out/one.csv", "out/x.txt"]);
	assert.deepEqual((await listed(root, ["node_modules"])).served, [".gitignore", "node_modules/m/r.csv"]);
	assert.deepEqual((await listed(root, ["node_modules/**/*.csv", "/.git/HEAD"])).served, [".git/HEAD", ".gitignore", "node_modules/m/r.csv"]);
});

test("links: those that stay are served, those that leave or lead to folders are not, included or not", async () => {
	const outside = await folder({ "secret.txt": "secret", "more/x.txt": "secret" });
	const root = await folder({ "real.txt": "12345", "sub/s.txt": "1", ".git/config": "secret", ".gitignore": "hidden.txt\n", "hidden.txt": "1" });
	const links: Record<string, string> = {
		"stays.txt": "real.txt",
		"sub/up.txt": "../real.txt",
		"absolute.txt": join(root, "real.txt"),
		"folder-in": "sub",
		"leaves.txt": join(outside, "secret.txt"),
		"leaves-relative.txt": `../${outside.split("/").at(-1)}/secret.txt`,
		"leaves-folder": join(outside, "more"),
		"nothing.txt": "nowhere",
		"loop.txt": "loop.txt",
		"config.txt": ".git/config",
		"to-hidden.txt": "hidden.txt",
		"self": ".",
		"up": "..",
		"null": "/dev/null",
	};
	for (const [path, target] of Object.entries(links)) await symlink(target, join(root, path));
	const { served, leftOut } = await listed(root);
	assert.deepEqual(served, [".gitignore", "absolute.txt", "real.txt", "stays.txt", "sub/s.txt", "sub/up.txt"]);
	assert.equal(leftOut["leaves.txt"], "a symbolic link that leaves the folder");
	assert.equal(leftOut["leaves-relative.txt"], "a symbolic link that leaves the folder");
	assert.equal(leftOut["leaves-folder"], "a symbolic link that leaves the folder");
	assert.equal(leftOut.null, "a symbolic link that leaves the folder");
	assert.equal(leftOut.up, "a symbolic link that leaves the folder");
	assert.equal(leftOut["folder-in"], "a symbolic link to a folder");
	assert.equal(leftOut["nothing.txt"], "a symbolic link to nothing");
	assert.match(leftOut["loop.txt"]!, /cannot be followed \(ELOOP\)/);
	assert.equal(leftOut["config.txt"], "a symbolic link to .git/config, which is left out");
	assert.equal(leftOut["to-hidden.txt"], "a symbolic link to hidden.txt, which is left out");
	const stays = (await walk(root)).manifest.files.find((file) => file.path === "stays.txt");
	assert.deepEqual([stays?.bytes, stays?.note], [5, "a symbolic link to real.txt"]);
	const all = await listed(root, ["*"]);
	assert.ok(all.served.includes("to-hidden.txt"));
	for (const path of ["leaves.txt", "leaves-relative.txt", "leaves-folder", "folder-in", "null", "up", "self"]) assert.ok(path in all.leftOut, path);
});

test("pipes, sockets and devices are listed and left out, included or not", async () => {
	const root = await folder({ "a.txt": "1", ".gitignore/": "" });
	execFileSync("mkfifo", [join(root, "pipe"), join(root, "sub.fifo")]);
	const server = createServer();
	await new Promise<void>((done) => server.listen(join(root, "sock"), done));
	const { served, leftOut } = await listed(root, ["*"]);
	server.close();
	assert.deepEqual(served, ["a.txt"]);
	assert.equal(leftOut.pipe, "a named pipe; only regular files are served");
	assert.equal(leftOut.sock, "a socket; only regular files are served");
	assert.equal((await listed("/dev", ["*"])).leftOut.null, "a device; only regular files are served");
});

test("a pipe or a link named .gitignore neither stops the walk nor is obeyed", async () => {
	const outside = await folder({ rules: "*\n" });
	const root = await folder({ "a.txt": "1", "sub/b.txt": "1" });
	execFileSync("mkfifo", [join(root, ".gitignore")]);
	await symlink(join(outside, "rules"), join(root, "sub", ".gitignore"));
	assert.deepEqual((await listed(root)).served, ["a.txt", "sub/b.txt"]);
});

test("a file over the limit is left out and can be included", async () => {
	const root = await folder({ "big.jsonl": "", "fits.jsonl": "" });
	await truncate(join(root, "big.jsonl"), MAX_FILE_BYTES + 1);
	await truncate(join(root, "fits.jsonl"), MAX_FILE_BYTES);
	const { served, leftOut } = await listed(root);
	assert.deepEqual(served, ["fits.jsonl"]);
	assert.equal(leftOut["big.jsonl"], "larger than 512 MiB");
	assert.deepEqual((await listed(root, ["big.jsonl"])).served, ["big.jsonl", "fits.jsonl"]);
});

test("what cannot be read is listed with the reason", async () => {
	const root = await folder({ "open.txt": "1", "closed.txt": "1", "closed/x.txt": "1" });
	await chmod(root, 0o755);
	await chmod(join(root, "closed.txt"), 0);
	await chmod(join(root, "closed"), 0);
	// The administrator may read everything: step down for the walk.
	const administrator = process.getuid?.() === 0;
	if (administrator) process.seteuid?.(65534);
	try {
		const { served, leftOut } = await listed(root);
		assert.deepEqual(served, ["open.txt"]);
		assert.deepEqual(leftOut, { "closed.txt": "cannot be read (EACCES)", "closed/": "the folder cannot be read (EACCES)" });
	} finally {
		if (administrator) process.seteuid?.(0);
		await chmod(join(root, "closed"), 0o755);
	}
});

test("names that are no printable text are escaped, stay apart, and are found by their bytes", async () => {
	const root = await folder({ "plain.txt": "1", "literal\\xff.txt": "literal" });
	const raw = (name: Buffer, text: string) => writeFile(Buffer.concat([Buffer.from(`${root}/`), name]), text);
	await raw(Buffer.from([0x6c, 0x69, 0x74, 0x65, 0x72, 0x61, 0x6c, 0xff, 0x2e, 0x74, 0x78, 0x74]), "bytes");
	await raw(Buffer.from("line\nbreak.txt"), "2");
	await raw(Buffer.from("esc\u001b[31m.txt"), "3");
	await raw(Buffer.from("turn\u202etxt.exe"), "4");
	await raw(Buffer.from("größe.txt"), "5");
	const { served } = await listed(root);
	assert.deepEqual(served, ["esc\\x1b[31m.txt", "größe.txt", "line\\x0abreak.txt", "literal\\xff.txt", "literal\\xff.txt~2", "plain.txt", "turn\\u202etxt.exe"].sort());
	const { files, manifest } = await walk(root);
	assert.ok([...files.values()].every((file) => file.bytes > 0));
	assert.match(manifest.files.find((file) => file.path.startsWith("esc"))?.note ?? "", /escapes/);
});

test("a folder that is none is named", async () => {
	const root = await folder({ "a.txt": "1" });
	await assert.rejects(walk(join(root, "a.txt")), (error) => error instanceof CasebookError && /is a file/.test(error.message));
	await assert.rejects(walk(join(root, "missing")), (error) => error instanceof CasebookError && /ENOENT/.test(error.message));
});
