/** What the test of hostile notebooks does in the page: these functions are sent there whole. */

/** A notebook that is none of them. */
export const PLAIN = "---\ncasebook: 1\ntitle: First\n---\n\nfirst\n";

export interface Opened {
	/** what must not be on the page, or how long it stood still */
	faults: string[];
	/** what a reader reads */
	text: string;
	/** cells that failed or did not run */
	failed: string[];
}

/**
 * Opens what stands behind `#` and looks for what must not be there. `from` is opened before it, of the other kind (a notebook before
 * what is none, and the other way round), so that what is seen is not what was there.
 */
export async function opening({ hash, from }: { hash: string; from: string }): Promise<Opened> {
	const faults: string[] = [];
	const notebook = () => document.querySelector("main article, main pre.code") !== null;
	const until = async (done: () => boolean) => {
		const began = performance.now();
		let [longest, last] = [0, began];
		while (!done() && last - began < 10_000) {
			await new Promise((resolve) => setTimeout(resolve));
			longest = Math.max(longest, performance.now() - last);
			last = performance.now();
		}
		return { longest, done: done() };
	};
	const wasNone = from === "nothing";
	window.location.hash = from;
	await until(() => notebook() !== wasNone);
	window.location.hash = hash;
	// A link that is a notebook in spite of everything is drawn anew; one that is none takes the other's place.
	const text = () => document.querySelector("main")!.textContent ?? "";
	const before = text();
	const shown = await until(() => (wasNone ? notebook() : text() !== before || hash === ""));
	if (!shown.done) faults.push("it was not drawn");
	if (shown.longest > 2000) faults.push(`the page stood still for ${Math.round(shown.longest)} ms`);
	const main = document.querySelector("main")!;
	for (const tag of ["script", "style", "img", "picture", "iframe", "object", "embed", "form", "link", "meta", "base", "video", "audio", "area", "template", "dialog", "math"]) if (main.querySelector(`article ${tag}`)) faults.push(`<${tag}>`);
	for (const link of main.querySelectorAll("article a[href]")) if (!/^(https?:\/\/|mailto:|\/[^/\\])/.test(link.getAttribute("href")!)) faults.push(`leads to ${link.getAttribute("href")}`);
	for (const one of main.querySelectorAll("article *")) for (const { name } of one.attributes) if (/^on|^srcdoc$|^formaction$/.test(name)) faults.push(`${one.tagName} ${name}`);
	if (document.querySelectorAll('[role=status][aria-label="Verification"]').length > 1) faults.push("a second banner");
	for (const id of ["main", "content"]) if (document.querySelectorAll(`#${id}`).length > 1) faults.push(`a second #${id}`);
	if (localStorage.length + sessionStorage.length > 0) faults.push("it stored something");
	return { faults, text: document.body.textContent ?? "", failed: [] };
}

/** Runs what is open, and measures how long the page stands still meanwhile. */
export async function running(): Promise<Opened> {
	const button = (words: string) => [...document.querySelectorAll<HTMLButtonElement>("[aria-label=Verification] button")].find((one) => one.textContent === words);
	button("Run and verify")?.click();
	const began = performance.now();
	let [longest, last] = [0, began];
	while (!button("Run again") && last - began < 30_000) {
		await new Promise((resolve) => setTimeout(resolve));
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}
	const faults = longest > 2000 ? [`the page stood still for ${Math.round(longest)} ms`] : [];
	if (!button("Run again")) faults.push("it did not end");
	for (const tag of ["script", "image", "img", "iframe", "foreignObject"]) if (document.querySelector(`main article ${tag}`)) faults.push(`<${tag}>`);
	for (const link of document.querySelectorAll("main article svg a")) faults.push(`a link in a chart to ${link.getAttribute("href")}`);
	return { faults, text: "", failed: [...document.querySelectorAll("main article .cell")].filter((cell) => cell.querySelector("[role=alert]")).map((cell) => cell.id.slice(5)) };
}
