/** Columns that every table of a source has, which a record's own fields of that name make way for. */
export const OWN_COLUMNS: readonly string[] = ["source", "line", "byte_offset", "absent"];

/**
 * Column names for record keys, in order. SQL names are the same when they differ only in (ASCII) case, so the second of
 * such keys becomes `key~2`; a key of `reserved` becomes `record_…`; an empty key, which SQL cannot name, `empty_key`;
 * U+0000, which cannot stand in SQL, becomes U+FFFD.
 * Each change is a note; `where` names the struct it is in (`in "a.b"`) or is empty.
 */
export function columnNames(keys: readonly string[], reserved: readonly string[], where = ""): { names: string[]; notes: string[] } {
	const taken = new Set(reserved.map(fold));
	const notes: string[] = [];
	const names = keys.map((key) => {
		const clean = key.replaceAll("\0", "\uFFFD");
		let name = clean === "" ? "empty_key" : reserved.includes(fold(clean)) ? `record_${clean}` : clean;
		const wanted = name;
		for (let n = 2; taken.has(fold(name)); n++) name = `${wanted}~${n}`;
		taken.add(fold(name));
		if (name !== key) notes.push(`the key ${JSON.stringify(key)}${where === "" ? "" : ` ${where}`} is the column "${name}", because ${reason(key, reserved)}`);
		return name;
	});
	return { names, notes };
}

function reason(key: string, reserved: readonly string[]): string {
	if (key === "") return "a column cannot have an empty name";
	if (key.includes("\0")) return "a column's name cannot hold U+0000";
	return reserved.includes(fold(key)) ? "every table has a column of that name" : "another key differs from it only in case";
}

function fold(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
