import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { kept } from "./base.mjs";

/** The holder touches its lock; one that was not touched for so long is left over. */
const TOUCH_MS = 5_000;
const LEFT_OVER_MS = 60_000;

/** Runs `work` while no other start of this repository installs, copies or builds. */
export async function alone(work) {
	const path = kept("lock");
	mkdirSync(dirname(path), { recursive: true });
	let told = false;
	while (!taken(path)) {
		if (leftOver(path)) {
			takeAway(path);
			continue;
		}
		if (!told) process.stderr.write("Another Casebook is being built here; waiting for it.\n");
		told = true;
		await wait(250);
	}
	const touch = setInterval(() => touched(path), TOUCH_MS);
	const release = () => rmSync(path, { force: true });
	process.once("exit", release);
	try {
		return await work();
	} finally {
		clearInterval(touch);
		process.off("exit", release);
		release();
	}
}

function taken(path) {
	try {
		writeFileSync(path, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if (error.code === "EEXIST") return false;
		throw error;
	}
}

function leftOver(path) {
	try {
		const pid = Number(readFileSync(path, "utf8"));
		const age = Date.now() - statSync(path).mtimeMs;
		// Between its creation and its first bytes a lock is empty.
		if (!Number.isInteger(pid) || pid <= 0) return age > TOUCH_MS;
		return !isRunning(pid) || age > LEFT_OVER_MS;
	} catch (error) {
		if (error.code === "ENOENT") return false;
		throw error;
	}
}

/** Only one of several that wait succeeds in renaming it. */
function takeAway(path) {
	const aside = `${path}.${process.pid}`;
	try {
		renameSync(path, aside);
		rmSync(aside, { force: true });
	} catch (error) {
		if (error.code !== "ENOENT") throw error;
	}
}

function touched(path) {
	const now = new Date();
	try {
		utimesSync(path, now, now);
	} catch (error) {
		if (error.code !== "ENOENT") throw error;
	}
}

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}
