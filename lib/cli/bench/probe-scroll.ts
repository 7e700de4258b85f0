import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright";
import { Random } from "../sample/random";
import { launchBrowser, withApp } from "./app";
import type { Bench, Figure } from "./figure";
import { recordTasks } from "./main-thread";

const RUNS = 1000;
const CASES = 500;
const FRAME_MS = 50;

/** A probe's page with 1,000 runs of 500 cases in the production build: what the main thread does for a frame while the page and its strip are scrolled. */
export const probeScroll: Figure = {
	name: "probe-scroll",
	describe: `the page of a probe with ${RUNS.toLocaleString("en-US")} runs of ${CASES} cases, scrolled from top to bottom and its strip from end to end`,
	async run(bench) {
		bench.say("writing the reports");
		const workspace = path.join(bench.folder, "workspace");
		await writeReports(workspace);
		await withApp(bench, workspace, (url) => measure(bench, `${url}probe?id=${encodeURIComponent("reports/metrics.json")}`));
	},
};

async function measure(bench: Bench, url: string): Promise<void> {
	const browser = await launchBrowser(bench);
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		await page.goto(url);
		const began = performance.now();
		await page.waitForFunction(() => document.documentElement.dataset.loadPhase === "ready", null, { timeout: 300_000 });
		bench.report({ what: `${(RUNS * CASES).toLocaleString("en-US")} cases loaded`, unit: "s", values: [(performance.now() - began) / 1000] });
		await page.waitForSelector("#separates", { timeout: 120_000 });
		await page.waitForTimeout(3000);
		const scrolling = async (what: string, scroll: () => Promise<void>) => {
			const recorded = await recordTasks(browser, page);
			await page.evaluate(COUNT_FRAMES);
			await scroll();
			const frames = await frameTimes(page);
			const tasks = await recorded();
			bench.report({ what: `${what}: processor time of the longest main-thread task`, unit: "ms", values: [Math.max(0, ...tasks)], goal: FRAME_MS, note: `${tasks.filter((time) => time > FRAME_MS).length} over ${FRAME_MS} ms` });
			bench.report({ what: `${what}: longest frame`, unit: "ms", values: [Math.max(0, ...frames)], goal: FRAME_MS, note: `${frames.filter((time) => time > FRAME_MS).length} of ${frames.length} over ${FRAME_MS} ms; other processes count` });
		};
		await page.mouse.move(400, 500);
		await scrolling("the page", async () => {
			for (let step = 0; step < 40; step++) await page.mouse.wheel(0, 400);
			for (let step = 0; step < 40; step++) await page.mouse.wheel(0, -400);
			await page.waitForTimeout(300);
		});
		const box = await page.locator(".strip-scroll").boundingBox();
		if (box === null) throw new Error("The page shows no strip.");
		await page.mouse.move(box.x + box.width - 60, box.y + 120);
		await scrolling("the strip", async () => {
			for (let step = 0; step < 60; step++) await page.mouse.wheel(-400, 0);
			for (let step = 0; step < 60; step++) await page.mouse.wheel(400, 0);
			await page.waitForTimeout(300);
		});
	} finally {
		await browser.close();
	}
}

/** As text: a compiled function would name helpers that the page does not have. */
const COUNT_FRAMES = "window.frames_ = []; (() => { let last = performance.now(); requestAnimationFrame(function tick(now) { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); }); })()";

async function frameTimes(page: Page): Promise<number[]> {
	return page.evaluate(() => (window as unknown as { frames_: number[] }).frames_.slice(1));
}

async function writeReports(folder: string): Promise<void> {
	const random = new Random("bench probe-scroll");
	const start = Date.UTC(2024, 0, 1);
	for (let run = 0; run < RUNS; run++) {
		const stamp = new Date(start + run * 6 * 3_600_000).toISOString().replace(/[-:]|\.\d+/g, "");
		const inside = path.join(folder, "reports", stamp);
		await mkdir(inside, { recursive: true });
		const factors: Record<string, object> = {};
		for (let i = 0; i < CASES; i++) {
			const value = i + 1;
			const off = random.int(0, 99) < 2 ? 1e-3 : 1e-9;
			factors[`factor_${String(i).padStart(3, "0")}`] = { c_value: value, py_value: value * (1 + off), abs_delta: value * off, rel_delta: off, status: off > 1e-6 ? "DIVERGENT" : "PASS" };
		}
		await writeFile(path.join(inside, "metrics.json"), JSON.stringify({ tolerance_rel: 1e-6, first_divergence: null, num_divergent: 0, factors }));
	}
}
