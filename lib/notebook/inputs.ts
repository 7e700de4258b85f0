import type { InputValue } from "./compose";
import { settingsOf } from "./graph";
import type { Cell } from "./types";

export interface InputSpec {
	name: string;
	title: string;
	type: "select" | "number" | "text" | "date";
	/** the choices that the cell itself lists; null where a query gives them */
	options: readonly string[] | null;
	/** SQL whose first column gives the choices; null where there is none */
	query: string | null;
	/** as the cell says; null: the first choice, or NULL */
	fallback: string | null;
}

const TYPES = ["select", "number", "text", "date"] as const;

/** What an input cell says. Throws RangeError naming the cell and what it can be. */
export function inputSpec(cell: Cell): InputSpec {
	const settings = settingsOf(cell);
	const type = settings.type ?? "text";
	const known = TYPES.find((one) => one === type);
	if (known === undefined) throw new RangeError(`The input ${cell.name} has the type ${JSON.stringify(type)}; it can be ${TYPES.join(", ")}.`);
	const options = Array.isArray(settings.options) ? settings.options.map(asText) : null;
	const query = typeof settings.query === "string" ? settings.query : null;
	if (known === "select" && options === null && query === null) throw new RangeError(`The input ${cell.name} is a select without choices: it needs options or a query.`);
	return { name: cell.name, title: cell.title ?? cell.name, type: known, options, query, fallback: settings.default === undefined || settings.default === null ? null : asText(settings.default) };
}

function asText(value: unknown): string {
	return typeof value === "string" ? value : value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

/** A text (from the address, a field or the file) as the input's value. Null is NULL. Throws RangeError with what was expected. */
export function inputValue(spec: InputSpec, text: string | null): InputValue {
	if (text === null || text === "") return spec.type === "text" && text === "" ? "" : null;
	switch (spec.type) {
		case "number": {
			const value = Number(text);
			if (text.trim() === "" || !Number.isFinite(value)) throw new RangeError(`${spec.title} is a number, not ${JSON.stringify(text)}.`);
			return value;
		}
		case "date":
			if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw new RangeError(`${spec.title} is a date such as 2026-05-02, not ${JSON.stringify(text)}.`);
			return text;
		default:
			return text;
	}
}
