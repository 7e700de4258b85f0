import type { Browser, Page } from "playwright";

interface TraceEvent {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	ts: number;
	/** processor time of the thread, in microseconds */
	tdur?: number;
	args?: { name?: string };
}

/**
 * Records what the page's main thread does. The function that it returns ends the recording and gives the processor time, in milliseconds, of
 * each task that began after the first paint (after the start, where nothing was painted anew). Unlike the length of
 * a task it does not grow when another process has the core.
 */
export async function recordTasks(browser: Browser, page: Page): Promise<() => Promise<number[]>> {
	await browser.startTracing(page, { categories: ["toplevel", "loading"] });
	return async () => {
		const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
		const tasks = traceEvents.filter((event) => event.ph === "X" && event.name.endsWith("RunTask") && event.tdur !== undefined);
		const threads = traceEvents.filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain");
		const work = ({ pid, tid }: TraceEvent) => tasks.reduce((sum, task) => (task.pid === pid && task.tid === tid ? sum + task.tdur! : sum), 0);
		// A browser keeps a spare renderer; the page's is the one that works.
		const main = threads.map((thread) => ({ thread, work: work(thread) })).sort((a, b) => b.work - a.work)[0]?.thread;
		if (main === undefined || tasks.length === 0) throw new Error("The trace names no main thread, so nothing was measured.");
		const painted = traceEvents.find((event) => event.name === "firstPaint" && event.pid === main.pid)?.ts ?? 0;
		return tasks.filter((task) => task.pid === main.pid && task.tid === main.tid && task.ts >= painted).map((task) => task.tdur! / 1000);
	};
}
