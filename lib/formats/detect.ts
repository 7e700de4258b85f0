import type { FormatId, ParserFactory } from "@/lib/model";
import { auditBaselines } from "./audit-baselines";
import { benchmark } from "./benchmark";
import { checkpointLog } from "./checkpoint";
import { checksumList } from "./checksums";
import { chromeTrace } from "./chrome-trace";
import { csv, tsv } from "./csv";
import { HEAD_BYTES, type Head, readHead } from "./detect/head";
import { documentKind, logKind, looksLikeDocument, looksLikeLog } from "./detect/json";
import { textKind } from "./detect/text";
import { evidenceRows } from "./evidence-rows";
import { factorComparison } from "./factor-comparison";
import { isGzip } from "./gzip";
import { imageComparison } from "./image-comparison";
import { jsonDocument } from "./json-document";
import { jsonl } from "./jsonl";
import { junit } from "./junit";
import { keyedRows } from "./keyed-rows";
import { markdown } from "./markdown";
import { isParityCsvHead, parityCsv } from "./parity-csv";
import { parityJson } from "./parity-json";
import { parquet } from "./parquet";
import { replayRuns } from "./replay-runs";
import { sessionLog } from "./session-log";
import { subjectAudit } from "./subject-audit";
import { tensor } from "./tensor";
import { testEvents } from "./test-events";
import { testOutput } from "./test-output";
import { text } from "./text";
import { hasTraceLines } from "./trace/line";
import { traceLog } from "./trace-log";

/** What a file is. `known` names a format of FORMATS that this version lists without reading it. */
export type Detection = { kind: "read"; format: FormatId; parser: ParserFactory } | { kind: "known"; name: string } | { kind: "unrecognised"; reason: string };

/** One line a format. */
const PARSERS: Record<FormatId, ParserFactory> = {
	"session log": sessionLog,
	"audit baselines": auditBaselines,
	"checkpoint log": checkpointLog,
	"subject audit log": subjectAudit,
	"replay runs": replayRuns,
	"evidence rows": evidenceRows,
	"trace log": traceLog,
	"keyed rows (json)": keyedRows,
	tensor,
	"chrome trace": chromeTrace,
	parquet,
	jsonl,
	"parity report (csv)": parityCsv,
	"parity report (json)": parityJson,
	"factor comparison": factorComparison,
	"image comparison": imageComparison,
	"benchmark results": benchmark,
	"test output": testOutput,
	"test output (json)": testEvents,
	"checksum list": checksumList,
	junit,
	markdown,
	csv,
	tsv,
	json: jsonDocument,
	text,
};

export { HEAD_BYTES };

/** Their parsers tell broken bytes line by line, so a few do not make such a file binary. */
const STRUCTURED = /\.(jsonl|ndjson|json|csv|tsv|md|markdown|xml)$/;
const PLAIN = /\.(txt|log|out|err|text|rst|py|rs|sh|c|h|cc|cpp|hpp|ts|tsx|js|mjs|jsx|go|java|toml|yaml|yml|ini|cfg|conf|html|css|sql|patch|diff|env)$/;

/** Invalid sequences that a small text file may have. */
const FEW = 8;

/**
 * Names the format of a file from its path and its first bytes (up to `HEAD_BYTES`; all of a smaller file), never from
 * configuration. Never throws.
 */
export function detect(path: string, bytes: Uint8Array): Detection {
	const magic = magicOf(bytes);
	if (magic !== null) return read(magic);
	const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
	// Who reads a file unpacks it first, and asks with the name and the bytes of what is inside.
	if (isGzip(bytes)) return { kind: "unrecognised", reason: "gzip data inside gzip data is not unpacked" };
	if (/\.(gz|tgz)$/.test(name)) return { kind: "unrecognised", reason: "its name says gzip, but its first bytes do not (1f 8b)" };
	if (bytes.length === 0) return read("text");
	const head = readHead(bytes);
	const binary = STRUCTURED.test(name) ? null : binaryReason(name, head);
	if (binary !== null) return { kind: "unrecognised", reason: binary };

	if (/\.(md|markdown)$/.test(name)) return read("markdown");
	if (/\.(jsonl|ndjson)$/.test(name)) return found(logKind(path, head));
	if (name.endsWith(".json")) return found(looksLikeLog(head, 2) ? logKind(path, head) : documentKind(head));
	if (/<testsuites?[\s>/]/.test(head.text) && /^\s*</.test(head.text)) return read("junit");
	if (isParityCsvHead(head.text)) return read("parity report (csv)");
	if (name.endsWith(".csv")) return read("csv");
	if (name.endsWith(".tsv")) return read("tsv");
	// Outside its own extensions JSON must show itself: a line like [1] or {} is no document.
	if (looksLikeLog(head, name.endsWith(".log") ? 1 : 2)) return found(logKind(path, head));
	if (!PLAIN.test(name) && looksLikeDocument(head)) return found(documentKind(head));
	if (hasTraceLines(head.text)) return read("trace log");
	return read(textKind(path, head) ?? "text");
}

function read(format: FormatId): Detection {
	return { kind: "read", format, parser: PARSERS[format] };
}

function found(kind: FormatId | { known: string }): Detection {
	return typeof kind === "string" ? read(kind) : { kind: "known", name: kind.known };
}

function magicOf(bytes: Uint8Array): FormatId | null {
	const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
	if (starts(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return "tensor";
	if (starts(0x50, 0x41, 0x52, 0x31)) return "parquet";
	return null;
}

/** Why a file is no text, or null. One stray byte in a hundred, or a few in a small file, are broken lines of text; anywhere else it is binary. */
function binaryReason(name: string, head: Head): string | null {
	if (head.badBytes === 0) return null;
	if (PLAIN.test(name) && head.badBytes * 100 <= head.bytes.length) return null;
	const hasNul = head.bytes.includes(0);
	if (PLAIN.test(name) && !head.cut && !hasNul && head.badBytes <= FEW && head.badBytes < head.bytes.length / 2) return null;
	return hasNul ? "binary: it holds NUL bytes and no known signature" : "neither UTF-8 text nor a known binary format";
}
