import path from "node:path";
import type { Page } from "playwright";
import { launchBrowser, withApp } from "./app";
import type { Bench, Figure } from "./figure";
import { recordTasks } from "./main-thread";

const LONG_MS = 50;

/**
 * The first page of the production build on the sample workspace: what comes over the wire before the engine, and main-thread tasks over
 * 50 ms after the first paint, while loading, scrolling and typing: as Chromium's long-task entries have them, which grow when another process
 * (the server and the workers, too) has the core, and their processor time.
 */
export const firstPage: Figure = {
	name: "first-page",
	describe: "bytes before the engine, and main-thread tasks over 50 ms while loading, scrolling and typing",
	async run(bench) {
		await withApp(bench, path.join(bench.root, "data"), async (url) => {
			for (let run = 0; run < Math.min(bench.runs, 3); run++) await measure(bench, url, run);
		});
	},
};

async function measure(bench: Bench, url: string, run: number): Promise<void> {
	const browser = await launchBrowser(bench);
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		const received = await countBytes(page);
		await page.addInitScript(() => {
			const long: number[][] = [];
			Object.assign(window, { longTasks: long });
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries()) long.push([entry.startTime, entry.duration]);
			}).observe({ type: "longtask", buffered: true });
		});
		let recorded = await recordTasks(browser, page);
		const phase = async (what: string) => {
			const tasks = await recorded();
			bench.report({ what: `${what}: longest main-thread task`, unit: "ms", ...(await longest(page)) });
			bench.report({ what: `${what}: processor time of the longest`, unit: "ms", values: [Math.max(0, ...tasks)], goal: LONG_MS, note: `${tasks.filter((time) => time > LONG_MS).length} over ${LONG_MS} ms` });
		};
		await page.goto(url);
		await page.waitForFunction(() => document.documentElement.dataset.loadPhase === "ready", null, { timeout: 120_000 });
		await page.waitForLoadState("networkidle");
		if (run === 0) {
			const { code, fonts } = received();
			bench.report({ what: "HTML, CSS and JavaScript before the engine, compressed", unit: "kB", values: [code / 1000], goal: 250, note: `and ${(fonts / 1000).toFixed(0)} kB of fonts` });
		}
		await phase("loading");
		recorded = await recordTasks(browser, page);
		for (let step = 0; step < 20; step++) await page.mouse.wheel(0, 300);
		await page.waitForTimeout(500);
		await phase("scrolling the overview");
		await page.evaluate(() => (window as unknown as { next: { router: { push(href: string): void } } }).next.router.push("/sql"));
		const editor = page.getByRole("textbox", { name: "SQL" });
		await editor.waitFor();
		await editor.focus();
		await page.waitForTimeout(1000);
		await longest(page);
		recorded = await recordTasks(browser, page);
		await page.keyboard.type("SELECT daemon, count(*) FROM sessions GROUP BY daemon", { delay: 20 });
		await page.waitForTimeout(300);
		await phase("typing in the SQL editor");
	} finally {
		await browser.close();
	}
}

/** The longest task since the last call and after the first paint, and how many were over the limit. */
async function longest(page: Page): Promise<{ values: number[]; goal: number; note: string }> {
	const tasks = await page.evaluate(() => {
		const { longTasks } = window as unknown as { longTasks: number[][] };
		const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
		return longTasks.splice(0).filter(([start]) => start! >= painted).map(([, duration]) => duration!);
	});
	return { values: [Math.max(0, ...tasks)], goal: LONG_MS, note: `${tasks.length} over ${LONG_MS} ms` };
}

/** Counts what the page itself needs: all that is received until the engine's library is asked for. */
async function countBytes(page: Page): Promise<() => { code: number; fonts: number }> {
	const session = await page.context().newCDPSession(page);
	await session.send("Network.enable");
	const asked = new Map<string, { url: string; type: string }>();
	const sizes = new Map<string, number>();
	session.on("Network.requestWillBeSent", ({ requestId, request, type }) => asked.set(requestId, { url: request.url, type: type ?? "Other" }));
	session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
	return () => {
		let code = 0;
		let fonts = 0;
		const order = [...asked];
		// The engine's own files are asked for by the library that was fetched just before them.
		const engine = order.findIndex(([, { url }]) => /\/duckdb\/|\/workers\/engine\.js/.test(url));
		const first = engine < 0 ? order : order.slice(0, engine);
		const library = first.filter(([, { type }]) => type === "Script").at(-1)?.[0];
		for (const [id, { type }] of first) {
			if (type === "Font") fonts += sizes.get(id) ?? 0;
			else if (["Document", "Stylesheet", "Script"].includes(type) && id !== library) code += sizes.get(id) ?? 0;
		}
		return { code, fonts };
	};
}
