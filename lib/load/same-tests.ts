import type { RecordedCase } from "@/lib/parity/judge";
import { verdictOfWord } from "@/lib/parity/words";

/** A file with one recorded run of tests. */
export interface TestFile {
	path: string;
	format: string | null;
	run: { [column: string]: unknown };
	cases: readonly RecordedCase[];
}

interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/** Listed tests that two files have in common when they describe one run. */
const ENOUGH = 0.9;

/**
 * Logs of tests that a JUnit file beside them describes too, with what the JUnit run's note should say. Clear-cut cases only: one folder,
 * one stem or nothing else in it, equal numbers of tests that passed and that failed, and the tests that the log lists are those of the file.
 * Skipped tests may differ: JUnit counts a module that was skipped at collection as one.
 */
export function sameTests(files: readonly TestFile[]): { log: string; junit: string; note: string }[] {
	const found: { log: string; junit: string; note: string }[] = [];
	const folders = new Map<string, { junit: TestFile[]; logs: TestFile[] }>();
	for (const file of files) {
		if (file.format !== "junit" && !file.format?.startsWith("test output")) continue;
		const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
		const group = folders.get(folder) ?? { junit: [], logs: [] };
		(file.format === "junit" ? group.junit : group.logs).push(file);
		folders.set(folder, group);
	}
	for (const { junit, logs } of folders.values()) {
		for (const log of logs) {
			const other = junit.find((file) => stemOf(file.path) === stemOf(log.path)) ?? (junit.length === 1 && logs.length === 1 ? junit[0] : undefined);
			if (!other || !describesSame(log, other)) continue;
			const name = log.path.slice(log.path.lastIndexOf("/") + 1);
			found.push({ log: log.path, junit: other.path, note: `${name} is the same run and is not counted again: it has ${worded(countsOf(log))}; this file has ${worded(countsOf(other))}` });
		}
	}
	return found;
}

function describesSame(log: TestFile, junit: TestFile): boolean {
	const [a, b] = [countsOf(log), countsOf(junit)];
	if (a.passed !== b.passed || a.failed !== b.failed || a.passed + a.failed === 0) return false;
	const known = new Set(junit.cases.map((one) => one.caseName));
	const shared = log.cases.filter((one) => known.has(junitName(one.caseName))).length;
	return shared >= log.cases.length * ENOUGH;
}

function countsOf({ run, cases }: TestFile): Counts {
	const listed = (verdict: string) => cases.filter((one) => one.recordedVerdict !== null && verdictOfWord(one.recordedVerdict) === verdict).length;
	return { passed: listed("pass") + Number(run.unlisted_passed ?? 0), failed: listed("fail") + Number(run.unlisted_failed ?? 0), skipped: listed("skipped") + Number(run.unlisted_skipped ?? 0) };
}

/** `tests/test_a.py::TestA::test_x[1]` as JUnit writes it: `tests.test_a.TestA.test_x[1]`. */
function junitName(name: string): string {
	const at = name.indexOf(".py::");
	if (at < 0) return name;
	return [name.slice(0, at).replaceAll("/", "."), ...name.slice(at + 5).split(/::(?![^[]*\])/)].join(".");
}

function stemOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1).replace(/\..*$/, "");
}

function worded({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
