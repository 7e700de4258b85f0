/** How the values of an NPY file are stored. */
export interface TensorHeader {
	/** `float32`; `>float32` where its bytes are big-endian */
	dtype: string;
	kind: "f" | "i" | "u" | "b";
	/** bytes a value */
	width: 1 | 2 | 4 | 8;
	bigEndian: boolean;
	fortranOrder: boolean;
	shape: number[];
	elements: number;
	/** where the values start */
	dataAt: number;
	text: string;
}

/** Why a header cannot be read; `text` is what it says, as far as it is there. */
export interface HeaderFault {
	fault: string;
	text: string;
}

/** Headers are short; one that claims more is no header. */
const MAX_HEADER = 1024 * 1024;
const NAMES: Record<TensorHeader["kind"], string> = { f: "float", i: "int", u: "uint", b: "bool" };
const UNREAD: Record<string, string> = { c: "complex numbers", O: "Python objects", S: "byte strings", U: "strings", a: "byte strings", V: "records", M: "dates", m: "time spans" };

/** How many bytes the header takes, from the first bytes of a file: null while there are too few of them, a fault where it cannot be one. */
export function headerLength(bytes: Uint8Array): number | HeaderFault | null {
	if (bytes.length < 8) return null;
	const [major, minor] = [bytes[6]!, bytes[7]!];
	if (major < 1 || major > 3) return { fault: `NPY version ${major}.${minor} is not known (1.0, 2.0 and 3.0 are)`, text: "" };
	const wide = major > 1;
	if (bytes.length < (wide ? 12 : 10)) return null;
	const length = wide ? (bytes[8]! | (bytes[9]! << 8) | (bytes[10]! << 16) | (bytes[11]! << 24)) >>> 0 : bytes[8]! | (bytes[9]! << 8);
	if (length > MAX_HEADER) return { fault: `the header claims to be ${length.toLocaleString("en-US")} bytes long, which no header is`, text: "" };
	return (wide ? 12 : 10) + length;
}

/** Reads a whole header, `bytes[0, length)`. */
export function readHeader(bytes: Uint8Array): TensorHeader | HeaderFault {
	const start = bytes[6]! > 1 ? 12 : 10;
	const text = new TextDecoder(bytes[6] === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start)).trim();
	const fault = (words: string): HeaderFault => ({ fault: words, text });
	const descr = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|(\[))/.exec(text);
	if (!descr) return fault("the header has no descr, so the type of the values is not known");
	if (descr[2] !== undefined) return fault("its values are records with fields (a structured descr), which are not read");
	const type = /^([<>=|]?)([a-zA-Z])(\d*)/.exec(descr[1]!);
	const [, order = "", letter = "", digits = ""] = type ?? [];
	const width = Number(digits);
	const readable = (letter === "f" && [2, 4, 8].includes(width)) || (/^[iu]$/.test(letter) && [1, 2, 4, 8].includes(width)) || (letter === "b" && width === 1);
	if (!readable) {
		const what = UNREAD[letter] ?? (letter === "f" ? `${width * 8}-bit floats` : null);
		return fault(`the type '${descr[1]}'${what === null ? "" : ` (${what})`} is not read; floats of 16, 32 and 64 bits, integers of 8 to 64 bits and booleans are`);
	}
	const fortran = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text);
	if (!fortran) return fault("the header has no fortran_order that is True or False");
	const shape = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(text);
	const sizes = shape?.[1]?.split(",").map((part) => part.trim().replace(/L$/, ""));
	if (sizes?.at(-1) === "") sizes.pop();
	if (!sizes || sizes.some((size) => !/^\d{1,15}$/.test(size))) return fault("the header has no shape of whole numbers");
	const kind = letter as TensorHeader["kind"];
	const elements = sizes.reduce((product, size) => product * Number(size), 1);
	if (!Number.isSafeInteger(elements)) return fault(`the shape (${sizes.join(", ")}) holds more values than a file can`);
	const bigEndian = order === ">" && width > 1;
	return { dtype: `${bigEndian ? ">" : ""}${NAMES[kind]}${kind === "b" ? "" : width * 8}`, kind, width: width as TensorHeader["width"], bigEndian, fortranOrder: fortran[1] === "True", shape: sizes.map(Number), elements, dataAt: bytes.length, text };
}
