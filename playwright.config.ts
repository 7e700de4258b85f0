import { defineConfig } from "playwright/test";

const port = 4311;
const executablePath = process.env.CASEBOOK_CHROMIUM;

export default defineConfig({
	testDir: "e2e",
	workers: 2,
	// A cold page costs some seconds on a small machine, and two run at once.
	timeout: 120_000,
	expect: { timeout: 15_000 },
	retries: 0,
	forbidOnly: true,
	reporter: "list",
	use: {
		baseURL: `http://127.0.0.1:${port}`,
		trace: "off",
		launchOptions: {
			...(executablePath ? { executablePath } : {}),
			args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP casebook.test 127.0.0.1"],
		},
	},
	projects: [{ name: "chromium", use: { browserName: "chromium" } }],
	webServer: {
		command: `node lib/cli/start.mjs data --port ${port}`,
		url: `http://127.0.0.1:${port}/api/workspace`,
		reuseExistingServer: false,
		timeout: 300_000,
		stdout: "ignore",
		stderr: "pipe",
		gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
	},
});
