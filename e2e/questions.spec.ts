import { expect, test } from "playwright/test";
import { loaded, watch } from "./support";

test("a probe is asked another tolerance, set beside another run, and says since when it is broken", async ({ page }) => {
	const calm = watch(page);
	await page.goto("/probe?id=reports/scaling/metrics.json&tolerance=rel:0.2");
	await loaded(page);

	const question = page.locator("#question");
	await expect(question).toContainText("At rel:0.2, 9 of 9 cases pass. 2 go from fail to pass.");
	await expect(question).toContainText("Would pass at atol = 105166.38621275907 or rtol = 0.14642999290084333.");
	// The judged figure stays what it is.
	await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("7/9");
	const field = question.getByRole("textbox", { name: "Tolerance" });
	await field.fill("0.1");
	await expect(page).toHaveURL(/tolerance=rel:0\.1$/);
	await expect(question).toContainText("7 of 9 cases pass. No case flips.");
	await field.fill("much");
	await expect(question).toContainText('"much" in "rel:much" is not a number of zero or more');
	await expect(page).toHaveURL(/tolerance=rel:0\.1$/);
	// The slider by keyboard: a step is a twentieth of a decade.
	await question.getByRole("slider").press("ArrowRight");
	await expect(page).toHaveURL(/tolerance=rel:0\.11$/);
	await expect(field).toHaveValue("0.11");
	await question.getByRole("button", { name: "ULP" }).click();
	await expect(page).toHaveURL(/tolerance=ulp:/);
	await question.getByRole("button", { name: "Clear the question" }).click();
	await expect(page).not.toHaveURL(/tolerance/);

	const history = page.locator("#history");
	await expect(history).toContainText("Still failing since run 5");
	await expect(history).toContainText("last good run 4");

	await page.locator("#against").getByRole("button", { name: "the last run without a failure before it, run 4" }).click();
	await expect(page).toHaveURL(/against=/);
	await expect(page.locator("#against")).toContainText("2 newly broken");
	await expect(page.locator("#against")).toContainText("0 fixed");
	await expect(page.locator("#against").getByRole("row").filter({ hasText: "I_before_scaling" })).toContainText("pass, then fail");

	// What a JSON difference leaves out is chosen on the page, is in the address, and is never equal without a word.
	await page.getByRole("navigation").getByRole("link", { name: "Probes" }).first().click();
	await page.getByRole("link", { name: "extract_json", exact: true }).click();
	const bodies = page.locator("#bodies");
	await bodies.getByRole("checkbox", { name: "matched" }).click();
	await expect(bodies.getByRole("checkbox", { name: "matched" })).toBeChecked();
	await expect(page).toHaveURL(/[?&]ignore=matched$/);
	await expect(bodies.getByRole("status")).toContainText("fail as asked: 1 difference");
	await expect(bodies.getByRole("table", { name: "Ignored values" })).toContainText("/matched");
	await bodies.getByRole("textbox", { name: "Key or pointer to ignore" }).fill("/value");
	await bodies.getByRole("button", { name: "Ignore" }).click();
	await expect(page).toHaveURL(/[?&]ignore=matched,\/value$/);
	await expect(bodies.getByRole("status")).toContainText("incomparable as asked: everything is ignored, so nothing was compared; ignored 2 values (matched, /value), of which 2 differ. The case stays fail, as it was judged.");

	// What is printed says when, although the browser takes the page as soon as the event is over.
	const printed = await page.evaluate(() => {
		dispatchEvent(new Event("beforeprint"));
		const words = document.querySelector(".print-only")?.textContent ?? "";
		dispatchEvent(new Event("afterprint"));
		return words;
	});
	expect(printed).toMatch(/, printed \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC\.$/);
	calm();
});
