import { BOOLEAN, type ColumnType, DOUBLE, INT64, TEXT, TIMESTAMP_NS } from "@/lib/model";
import { columnNames } from "../names";
import { HUGE_INT, INT, numberColumn, ODD_DECIMAL, WIDE_INT } from "../numbers";
import { NUMBERS, SAW_ARRAY, SAW_BOOLEAN, SAW_EMPTY_OBJECT, SAW_OBJECT, SAW_TEXT, SAW_TIME, type Shape, TOO_MUCH } from "./schema";

/** How the values of one place are written to their column. */
export type Plan =
	/** strings as they are, numbers by their digits */
	| { kind: "text"; type: ColumnType }
	| { kind: "int64"; type: ColumnType }
	| { kind: "double"; type: ColumnType }
	| { kind: "boolean"; type: ColumnType }
	| { kind: "time"; type: ColumnType }
	/** the source text of the value; its scalars also become `json_values` */
	| { kind: "json"; type: ColumnType }
	| { kind: "map"; type: ColumnType }
	| { kind: "list"; type: ColumnType; of: Plan; hasJson: boolean }
	| { kind: "struct"; type: ColumnType; shape: Shape; members: Member[]; hasJson: boolean };

/** A field of a struct or a column of a record: `at` is its index in the shape. */
export interface Member {
	at: number;
	/** the key in the record */
	key: string;
	/** the name in SQL */
	name: string;
	plan: Plan;
}

/** Decides the column of a place from all that was seen there. `where` is its dotted name, for notes. */
export function planOf(shape: Shape, where: string, notes: string[]): Plan {
	switch (shape.declared) {
		case "text":
			return { kind: "text", type: TEXT };
		case "json":
			return { kind: "json", type: TEXT };
		case "boolean":
			return { kind: "boolean", type: BOOLEAN };
		case "time":
			return { kind: "time", type: TIMESTAMP_NS };
		case "int64":
			return { kind: "int64", type: INT64 };
		case "number":
			if ((shape.flags & NUMBERS & ~INT) === 0) return { kind: "int64", type: INT64 };
			if (shape.flags & (WIDE_INT | ODD_DECIMAL)) notes.push(`"${where}" holds numbers with more digits than a double; the source lines have them all`);
			return { kind: "double", type: DOUBLE };
		case "numbers by name":
			shape.fields.forEach((field, at) => {
				if (field.flags & (WIDE_INT | HUGE_INT | ODD_DECIMAL)) notes.push(`"${where}.${shape.keys.names[at]}" holds numbers with more digits than a double; the source lines have them all`);
			});
			return { kind: "map", type: { kind: "map", of: DOUBLE } };
		case "list":
			return listOf(shape, where, notes);
		case "struct":
			return structOf(shape, where, notes);
		case null:
			return inferred(shape, where, notes);
	}
}

function inferred(shape: Shape, where: string, notes: string[]): Plan {
	const { flags } = shape;
	const groups = [SAW_BOOLEAN, NUMBERS, SAW_TIME | SAW_TEXT, SAW_OBJECT | SAW_EMPTY_OBJECT, SAW_ARRAY].filter((group) => (flags & group) !== 0);
	if (flags & TOO_MUCH) {
		notes.push(`"${where}" is kept as JSON text, because it nests too deep or has too many different keys (see json_values)`);
		return { kind: "json", type: TEXT };
	}
	// A number beside text shows its digits; every other mixture stays JSON, where "5" and 5 are told apart.
	if (groups.length === 2 && flags & NUMBERS && flags & (SAW_TEXT | SAW_TIME)) return { kind: "text", type: TEXT };
	if (groups.length > 1) {
		notes.push(`"${where}" is kept as JSON text, because its values are of different kinds (see json_values)`);
		return { kind: "json", type: TEXT };
	}
	if (flags & SAW_BOOLEAN) return { kind: "boolean", type: BOOLEAN };
	if (flags & NUMBERS) {
		const column = numberColumn(flags & NUMBERS);
		if (column === "int64") return { kind: "int64", type: INT64 };
		if (column === "double") return { kind: "double", type: DOUBLE };
		notes.push(`"${where}" is text, because a number type would change its digits`);
		return { kind: "text", type: TEXT };
	}
	if (flags & SAW_TIME && !(flags & SAW_TEXT)) return { kind: "time", type: TIMESTAMP_NS };
	if (flags & SAW_OBJECT) return structOf(shape, where, notes);
	if (flags & SAW_EMPTY_OBJECT) return { kind: "json", type: TEXT };
	if (flags & SAW_ARRAY) return listOf(shape, where, notes);
	return { kind: "text", type: TEXT };
}

function listOf(shape: Shape, where: string, notes: string[]): Plan {
	const of = planOf(shape.element, `${where}[]`, notes);
	return { kind: "list", type: { kind: "list", of: of.type }, of, hasJson: holdsJson(of) };
}

function structOf(shape: Shape, where: string, notes: string[]): Plan {
	const members = membersOf(shape, [], where, notes);
	const fields = members.map(({ name, plan }) => ({ name, type: plan.type }));
	return { kind: "struct", type: { kind: "struct", fields }, shape, members, hasJson: members.some((member) => holdsJson(member.plan)) };
}

/** The fields of a struct, or with `where` empty the columns of a record, in order of first appearance. */
export function membersOf(shape: Shape, reserved: readonly string[], where: string, notes: string[]): Member[] {
	const used = shape.keys.names.map((key, at) => ({ key, at })).filter(({ at }) => shape.fields[at]!.exists);
	const named = columnNames(
		used.map(({ key }) => key),
		reserved,
		where === "" ? "" : `in "${where}"`,
	);
	notes.push(...named.notes);
	return used.map(({ key, at }, i) => ({ key, at, name: named.names[i]!, plan: planOf(shape.fields[at]!, where === "" ? named.names[i]! : `${where}.${named.names[i]}`, notes) }));
}

/** Whether two plans write the same columns in the same way. */
export function samePlans(a: readonly Member[], b: readonly Member[]): boolean {
	return a.length === b.length && a.every((member, i) => member.at === b[i]!.at && member.name === b[i]!.name && samePlan(member.plan, b[i]!.plan));
}

function samePlan(a: Plan, b: Plan): boolean {
	if (a.kind === "list" && b.kind === "list") return samePlan(a.of, b.of);
	if (a.kind === "struct" && b.kind === "struct") return samePlans(a.members, b.members);
	return a.kind === b.kind;
}

export function holdsJson(plan: Plan): boolean {
	return plan.kind === "json" || ((plan.kind === "list" || plan.kind === "struct") && plan.hasJson);
}

/** Objects in which a key was repeated, anywhere in the shape. */
export function repeatedKeys(shape: Shape): number {
	const inside = shape.flags & SAW_ARRAY ? repeatedKeys(shape.element) : 0;
	return shape.fields.reduce((sum, field) => sum + repeatedKeys(field), shape.repeated + inside);
}
