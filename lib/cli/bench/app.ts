import { spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { type Browser, chromium } from "playwright";
import type { Bench, Machine } from "./figure";

/** A Chromium that asks for nothing by itself. */
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run"];

export async function launchBrowser(machine: Machine): Promise<Browser> {
	return chromium.launch({ executablePath: await machine.chromium(), args: ARGUMENTS });
}

/** Serves a workspace with the production build (made first where it is not there) while `use` runs. `url` ends in a slash. */
export async function withApp(bench: Bench, workspace: string, use: (url: string) => Promise<void>): Promise<void> {
	const port = await freePort();
	const server = spawn(process.execPath, [path.join(bench.root, "lib/cli/start.mjs"), workspace, "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
	try {
		await new Promise<void>((resolve, reject) => {
			server.stdout.once("data", () => resolve());
			server.once("exit", () => reject(new Error("the server did not start")));
		});
		await use(`http://127.0.0.1:${port}/`);
	} finally {
		server.kill("SIGTERM");
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.on("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
		});
	});
}
