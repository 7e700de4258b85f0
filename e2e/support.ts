import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { expect, type Page } from "playwright/test";

/** A Casebook server of its own, for tests that need another folder or have to stop it. */
export interface OwnServer {
	url: string;
	/** the address that it printed, with its token where there is one */
	printed: string;
	/** ends the server and its child at once */
	stop(): Promise<void>;
}

async function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.on("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
		});
	});
}

/** Starts `npm start` on a folder, on the build that is there. */
export async function serve(folder: string, ...flags: string[]): Promise<OwnServer> {
	const port = await freePort();
	const child: ChildProcess = spawn(process.execPath, ["lib/cli/start.mjs", folder, "--port", String(port), ...flags], { stdio: ["ignore", "pipe", "pipe"] });
	let output = "";
	await new Promise<void>((resolve, reject) => {
		child.stdout!.on("data", (chunk: Buffer) => {
			output += chunk;
			if (/http:\/\/\S+ /.test(output)) resolve();
		});
		child.stderr!.on("data", (chunk: Buffer) => {
			output += chunk;
		});
		child.on("exit", () => reject(new Error(`the server ended: ${output}`)));
	});
	return {
		url: `http://127.0.0.1:${port}`,
		printed: /http:\/\/\S+/.exec(output)?.[0] ?? "",
		stop: () =>
			new Promise((resolve) => {
				if (child.exitCode !== null) return resolve();
				child.on("exit", () => resolve());
				child.kill("SIGTERM");
			}),
	};
}

/** Records everything that must not happen on a page; call the result at the end of a test. `except`: what the console may say. */
export function watch(page: Page, except = /(?!)/): () => void {
	const faults: string[] = [];
	page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
	page.on("console", (message) => {
		if (message.type() === "error" && !except.test(message.text())) faults.push(`console: ${message.text()} (${message.location().url})`);
	});
	page.context().on("request", (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (!["data:", "blob:"].includes(protocol) && hostname !== "127.0.0.1") faults.push(`foreign request: ${request.url()}`);
	});
	return () => expect(faults).toEqual([]);
}

/** Waits until the workspace is loaded. */
export async function loaded(page: Page): Promise<void> {
	await expect(page.locator("[data-load-phase]").first()).toHaveAttribute("data-load-phase", "ready", { timeout: 45_000 });
}

/** Goes to another page of the loaded app, as a link does: the engine and its tables stay. */
export async function visit(page: Page, place: string): Promise<void> {
	const url = new URL(place, page.url());
	await page.evaluate((href) => {
		const link = Object.assign(document.createElement("a"), { href });
		const { next } = window as unknown as { next: { router: { push(href: string): void } } };
		next.router.push(link.pathname + link.search);
	}, url.href);
	await expect(page).toHaveURL(url.href);
	await expect(page.locator("main h1, main .crumb, main [role=heading], .top .crumb").first()).toBeVisible();
}

/** Runs a query on the SQL page and waits for its end. */
export async function runSql(page: Page, sql: string): Promise<void> {
	const editor = page.getByRole("textbox", { name: "SQL" });
	await editor.focus();
	await page.keyboard.press("Control+a");
	await page.keyboard.insertText(sql);
	await page.getByRole("button", { name: "Run", exact: true }).click();
}
