import { RAW_LIMIT, type Reject } from "@/lib/model";
import { invalidReason, type Line } from "./text/lines";
import { showBytes } from "./text/utf8";

/** A reject whose raw text is cut at `RAW_LIMIT` characters; the reason then says so. */
export function rejectOf(line: number | null, byteOffset: number | null, reason: string, raw: string): Reject {
	if (raw.length <= RAW_LIMIT) return { line, byteOffset, reason, raw };
	return { line, byteOffset, reason: `${reason}; the raw text is cut after ${RAW_LIMIT.toLocaleString("en-US")} of ${raw.length.toLocaleString("en-US")} characters`, raw: raw.slice(0, RAW_LIMIT) };
}

/** The reject of a whole line. */
export function rejectLine(line: Line, reason: string): Reject {
	return rejectOf(line.number, line.byteOffset, reason, showBytes(line.bytes, line.start, line.end));
}

/** The reject of a line that is not valid in its encoding. */
export function rejectInvalid(line: Line): Reject {
	return rejectLine(line, invalidReason(line));
}
