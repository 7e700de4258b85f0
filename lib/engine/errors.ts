import { CasebookError, type Failure } from "@/lib/model";

interface EngineError {
	exception_type?: string;
	exception_message?: string;
	position?: string;
	candidates?: string;
}

/** What the engine threw, as a failure. Messages are JSON (`errors_as_json`); a parser's come with a second wrapping. */
export function engineFailure(error: unknown, sql: string): CasebookError {
	if (error instanceof CasebookError) return error;
	if (error instanceof Error && error.name === "AbortError") return new CasebookError({ kind: "cancelled", message: "The query was cancelled." }, error);
	const text = error instanceof Error ? error.message : String(error);
	return new CasebookError(classify(text, sql), error);
}

function classify(text: string, sql: string): Failure {
	const detail = parse(text);
	const type = detail?.exception_type ?? "";
	const message = detail?.exception_message ?? text;
	if (/canceled|cancelled|interrupted/i.test(message) || type === "INTERRUPT") return { kind: "cancelled", message: "The query was cancelled." };
	if (/out of memory/i.test(type) || /out of memory|could not allocate|failed to allocate/i.test(message)) {
		return { kind: "limit", what: "memory", limit: "what the browser gives the engine", message: "The query needs more memory than the engine has. Nothing is lost; the next query works. Add a LIMIT, or join and group on fewer columns." };
	}
	if (!detail && /(unreachable|memory access out of bounds|function signature mismatch|table index is out of bounds|worker.*terminated|call_indirect)/i.test(text)) {
		return { kind: "engine-lost", message: `The engine stopped (${text}).` };
	}
	if (type === "Permission" || /disabled by configuration|configuration has been locked/i.test(message)) {
		return { kind: "refused", rule: "no access outside", message: `${message} Casebook reads only what is loaded; nothing leaves this machine.` };
	}
	if (type === "TransactionContext" && /single attached database/.test(message)) {
		return { kind: "refused", rule: "sources are read-only", message: "The sources stay as they were loaded. Create a table of your own with CREATE TABLE … AS and change that." };
	}
	const position = detail?.position === undefined ? undefined : Number(detail.position);
	return {
		kind: "query",
		sql,
		message: message.split(/\n\n?(?:LINE \d+:|Candidate bindings:|Did you mean)/)[0]!.trim(),
		...(position !== undefined && Number.isFinite(position) ? { position: fromBytes(sql, position) } : {}),
		candidates: (detail?.candidates ?? "").split(",").map((name) => name.trim()).filter(Boolean),
	};
}

function parse(text: string): EngineError | null {
	const start = text.indexOf("{");
	if (start === -1) return null;
	try {
		const value: unknown = JSON.parse(text.slice(start));
		if (typeof value !== "object" || value === null) return null;
		const detail = value as EngineError;
		if (typeof detail.exception_message === "string" && detail.exception_message.startsWith("{")) return parse(detail.exception_message) ?? detail;
		return detail;
	} catch {
		return null;
	}
}

/** The engine counts bytes of UTF-8; editors count UTF-16 units. */
function fromBytes(sql: string, offset: number): number {
	let bytes = 0;
	let units = 0;
	for (const char of sql) {
		if (bytes >= offset) break;
		const code = char.codePointAt(0)!;
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		units += char.length;
	}
	return Math.min(units, sql.length);
}
