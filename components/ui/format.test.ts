import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, count, distance, duration, fixed, num, outOf, pct, sci, shortHash } from "./format";
import { parseTime, timeText, utcText } from "./time-text";

test("numbers keep every digit, with commas and a true minus", () => {
	assert.equal(num(1061), "1,061");
	assert.equal(num(118204), "118,204");
	assert.equal(num(-0.0119), "−0.0119");
	assert.equal(num(943654.80923755), "943,654.80923755");
	assert.equal(num(9007199254740993n), "9,007,199,254,740,993");
	assert.equal(num(-1.5e-9), "−1.5e-9");
	assert.equal(num(1e24), "1e24");
	assert.equal(num(0), "0");
	assert.equal(num(null), "");
	assert.equal(num(Number.NaN), "NaN");
	assert.equal(num(Number.NEGATIVE_INFINITY), "−Infinity");
	assert.equal(fixed(-1234.5, 2), "−1,234.50");
});

test("percentages stand off their sign by a thin space", () => {
	assert.equal(pct(0.14643), "14.6\u2009%");
	assert.equal(pct(-0.219), "−21.9\u2009%");
	assert.equal(pct(0.298, 1, true), "+29.8\u2009%");
	assert.equal(pct(0, 0, true), "0\u2009%");
	assert.equal(pct(null), "");
});

test("scientific numbers look as logs write them", () => {
	assert.equal(sci(-0.14643), "−1.4643e-1");
	assert.equal(sci(1.009864e18, 2), "1.01e18");
	assert.equal(sci(0), "0");
	assert.equal(distance(0.0119), "0.0119");
	assert.equal(distance(1.4e-7), "1.40e-7");
	assert.equal(distance(-2500000), "−2.50e6");
});

test("sizes, spans, counts and hashes", () => {
	assert.equal(bytes(0), "0 B");
	assert.equal(bytes(2100), "2.1 KB");
	assert.equal(bytes(418_000), "418 KB");
	assert.equal(bytes(999_999), "1.0 MB");
	assert.equal(bytes(197_000_000), "197 MB");
	assert.equal(duration(3.14), "3.1 ms");
	assert.equal(duration(5230), "5,230 ms");
	assert.equal(duration(12_400), "12.4 s");
	assert.equal(duration(200_000), "3 min 20 s");
	assert.equal(outOf(7, 9), "7/9");
	assert.equal(count(1, "run"), "1 run");
	assert.equal(count(2, "reject"), "2 rejects");
	assert.equal(shortHash("6c82a93a15231481aa8837fe"), "6c82a93a…37fe");
	assert.equal(shortHash("f81b8a5"), "f81b8a5");
});

test("times without a zone are UTC, and every usual zone is read", () => {
	const at = Date.UTC(2026, 4, 2, 12, 58, 41);
	assert.equal(parseTime("2026-05-02 12:58:41"), at);
	assert.equal(parseTime("2026-05-02 12:58:41.123456789"), at + 123);
	assert.equal(parseTime("2026-05-02T12:58:41Z"), at);
	assert.equal(parseTime("2026-05-02T14:58:41+02:00"), at);
	assert.equal(parseTime("2026-05-02T14:58:41+0200"), at);
	assert.equal(parseTime("2026-05-02T14:58:41+02"), at);
	assert.equal(parseTime("2026-05-02"), Date.UTC(2026, 4, 2));
	assert.equal(parseTime("yesterday"), null);
	assert.equal(parseTime("2026-13-02 00:00:00"), null);
});

test("the reader's own zone is told without a formatter as it is with one, summer time and old years included", () => {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const now = Date.UTC(2026, 10, 1);
	for (let i = 0; i < 500; i++) {
		const at = Date.UTC(1971, 0, 1) + Math.floor((i * 7919 * 86_400_000 * 1.37) % (80 * 365 * 86_400_000));
		for (const style of ["full", "minute", "date", "clock"] as const) assert.equal(timeText(at, style, undefined, now), timeText(at, style, zone, now), String(at));
	}
});

test("times are told in the reader's zone, with the year when it is another one", () => {
	const at = Date.UTC(2026, 4, 2, 22, 58, 41);
	const now = Date.UTC(2026, 10, 1);
	assert.equal(timeText(at, "full", "UTC", now), "May 2, 22:58:41");
	assert.equal(timeText(at, "full", "Asia/Tokyo", now), "May 3, 07:58:41");
	assert.equal(timeText(at, "minute", "UTC", now), "May 2, 22:58");
	assert.equal(timeText(at, "clock", "UTC", now), "22:58:41");
	assert.equal(timeText(at, "date", "UTC", Date.UTC(2027, 0, 2)), "May 2, 2026");
	assert.equal(timeText(Date.UTC(2026, 4, 2, 0, 5, 0), "minute", "UTC", now), "May 2, 00:05");
	assert.equal(utcText(at), "2026-05-02 22:58:41 UTC");
});
