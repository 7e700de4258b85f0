import type { SchemaElement, SchemaTree } from "hyparquet";
import { type ColumnType, TEXT, type Value } from "@/lib/model";
import { columnNames } from "../names";
import { Leaf, meaningOf } from "./leaf";

/** A place of the schema: how the library's values become those of a column. */
export type Node =
	| { kind: "leaf"; leaf: Leaf }
	| { kind: "list"; of: Node }
	/** the library gives an object by key */
	| { kind: "map"; of: Node }
	| { kind: "struct"; fields: { key: string; name: string; node: Node }[] }
	/** what the library decodes by itself, as JSON text */
	| { kind: "json" };

/**
 * The node of a part of the schema. It takes the annotations off the leaves (in the library's own copy), so that the library
 * gives raw values: its own conversions go through doubles and dates, which lose digits.
 */
export function nodeOf(tree: SchemaTree): Node {
	const node = inner(tree);
	return tree.element.repetition_type === "REPEATED" ? { kind: "list", of: node } : node;
}

function inner(tree: SchemaTree): Node {
	const { element, children } = tree;
	if (children.length === 0) {
		const leaf = new Leaf(meaningOf(element), { ...element });
		takeOff(element);
		return { kind: "leaf", leaf };
	}
	if (element.logical_type?.type === "VARIANT") return { kind: "json" };
	const only = children.length === 1 ? children[0]! : null;
	const repeated = only?.element.repetition_type === "REPEATED" ? only : null;
	if (element.converted_type === "LIST" && repeated !== null && repeated.children.length <= 1) return { kind: "list", of: inner(repeated.children[0] ?? repeated) };
	if (element.converted_type === "MAP" && repeated !== null && repeated.children.length === 2) {
		const [key, value] = repeated.children as [SchemaTree, SchemaTree];
		// Keys become those of an object, so text has to be text there.
		if (meaningOf(key.element).kind !== "text") takeOff(key.element);
		return { kind: "map", of: nodeOf(value) };
	}
	const { names } = columnNames(children.map((child) => child.element.name), []);
	return { kind: "struct", fields: children.map((child, i) => ({ key: child.element.name, name: names[i]!, node: nodeOf(child) })) };
}

function takeOff(element: SchemaElement): void {
	element.converted_type = undefined;
	element.logical_type = undefined;
}

export function needsLook(node: Node): boolean {
	switch (node.kind) {
		case "leaf":
			return node.leaf.needsLook;
		case "list":
		case "map":
			return needsLook(node.of);
		case "struct":
			return node.fields.some((field) => needsLook(field.node));
		case "json":
			return false;
	}
}

/** Widens the leaves of a node by a raw value. */
export function look(node: Node, raw: unknown): void {
	if (raw === null || raw === undefined) return;
	switch (node.kind) {
		case "leaf":
			node.leaf.look(raw);
			return;
		case "list":
			for (const item of itemsOf(raw)) look(node.of, item);
			return;
		case "map":
			for (const item of Object.values(raw)) look(node.of, item);
			return;
		case "struct":
			for (const { key, node: field } of node.fields) look(field, memberOf(raw, key));
	}
}

export function typeOf(node: Node): ColumnType {
	switch (node.kind) {
		case "leaf":
			return node.leaf.type;
		case "list":
			return { kind: "list", of: typeOf(node.of) };
		case "map":
			return { kind: "map", of: typeOf(node.of) };
		case "struct":
			return { kind: "struct", fields: node.fields.map(({ name, node: field }) => ({ name, type: typeOf(field) })) };
		case "json":
			return TEXT;
	}
}

/** The value of a raw one, for a column of `typeOf(node)`. */
export function columnValue(node: Node, raw: unknown): Value {
	if (raw === null || raw === undefined) return null;
	switch (node.kind) {
		case "leaf":
			return node.leaf.value(raw);
		case "list":
			return itemsOf(raw).map((item) => columnValue(node.of, item));
		case "map":
			return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, columnValue(node.of, item)]));
		case "struct":
			return Object.fromEntries(node.fields.map(({ key, name, node: field }) => [name, columnValue(field, memberOf(raw, key))]));
		case "json":
			return JSON.stringify(raw, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)) ?? null;
	}
}

export function notesOf(node: Node, name: string): string[] {
	switch (node.kind) {
		case "leaf":
			return node.leaf.notes(name);
		case "list":
		case "map":
			return notesOf(node.of, `${name}[]`);
		case "struct":
			return node.fields.flatMap((field) => notesOf(field.node, `${name}.${field.name}`));
		case "json":
			return [`"${name}" holds values of any shape, as JSON text`];
	}
}

function itemsOf(raw: unknown): unknown[] {
	return Array.isArray(raw) ? raw : ArrayBuffer.isView(raw) && "length" in raw ? Array.from(raw as unknown as ArrayLike<unknown>) : [raw];
}

function memberOf(raw: unknown, key: string): unknown {
	return typeof raw === "object" && raw !== null && Object.hasOwn(raw, key) ? (raw as Record<string, unknown>)[key] : null;
}
