import type { Engine } from "@/lib/engine/engine";
import { failureOf } from "@/lib/model";
import { composeSql, type InputValue } from "@/lib/notebook/compose";
import { type InputSpec, inputSpec, inputValue } from "@/lib/notebook/inputs";
import { cellsOf, type Notebook } from "@/lib/notebook/types";

/** An input with its choices and its value, ready to show. */
export interface ReadyInput {
	spec: InputSpec;
	/** null where anything can be entered */
	choices: string[] | null;
	value: InputValue;
	/** why it has no value or no choices, in words */
	problem: string | null;
}

/** a list that nobody scrolls through */
const MAX_CHOICES = 1000;

/**
 * The inputs of a notebook with their values: what is given (from the address), else the cell's default, else the first choice. A given
 * value that makes no sense is said and the default taken. Never throws but `cancelled`.
 */
export async function readyInputs(engine: Engine, notebook: Notebook, given: { readonly [name: string]: string }, signal?: AbortSignal): Promise<ReadyInput[]> {
	const out: ReadyInput[] = [];
	const values: { [name: string]: InputValue } = {};
	for (const cell of cellsOf(notebook)) {
		if (cell.kind !== "input") continue;
		let input: ReadyInput;
		try {
			const spec = inputSpec(cell);
			const choices = spec.options !== null ? [...spec.options] : spec.query === null ? null : await choicesOf(engine, composeSql(cellsOf(notebook), cell.name, values), signal);
			const asked = Object.hasOwn(given, cell.name) ? given[cell.name]! : null;
			input = valued(spec, choices, asked);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === "cancelled") throw error;
			input = { spec: { name: cell.name, title: cell.title ?? cell.name, type: "text", options: null, query: null, fallback: null }, choices: null, value: null, problem: failure.message };
		}
		values[cell.name] = input.value;
		out.push(input);
	}
	return out;
}

function valued(spec: InputSpec, choices: string[] | null, asked: string | null): ReadyInput {
	const fallback = spec.fallback ?? choices?.[0] ?? null;
	try {
		if (asked !== null && choices !== null && !choices.includes(asked)) throw new RangeError(`${spec.title} has no choice ${JSON.stringify(asked)}.`);
		return { spec, choices, value: inputValue(spec, asked ?? fallback), problem: null };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return { spec, choices, value: inputValue(spec, asked === null ? null : fallback), problem: error.message };
	}
}

async function choicesOf(engine: Engine, sql: string, signal: AbortSignal | undefined): Promise<string[]> {
	const result = await engine.query(sql, { role: "check", maxRows: MAX_CHOICES, ...(signal ? { signal } : {}) });
	await result.complete;
	return Array.from({ length: result.numRows }, (_, row) => result.text(row, 0)).filter((text) => text !== null);
}

/** The values alone, as SQL takes them. */
export function inputValues(inputs: readonly ReadyInput[]): { [name: string]: InputValue } {
	return Object.fromEntries(inputs.map(({ spec, value }) => [spec.name, value]));
}
