import { constants, deflateRawSync } from "node:zlib";
import { deflateSync, gzipSync, zlibSync } from "fflate";
import { encodeLink } from "../codec";

/** A link of a stranger: what stands behind `#`. `opens`: it is a notebook all the same; else one sentence says why not. */
export interface HostileLink {
	idea: string;
	link: string;
	opens?: true;
}

const text = (value: string) => new TextEncoder().encode(value);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const DIGEST = "a".repeat(64);

function fnv(bytes: Uint8Array): string {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, "0");
}

/** A link whose checksum fits, whatever it holds. */
function forged(content: string | Uint8Array, pack: (bytes: Uint8Array) => Uint8Array = deflateSync): string {
	const bytes = typeof content === "string" ? text(content) : content;
	return `c1.${fnv(bytes)}.${base64(pack(bytes))}`;
}

/** Everything that a link can get wrong, by accident or by design. */
export function hostileLinks(): HostileLink[] {
	const good = encodeLink({ markdown: "---\ncasebook: 1\n---\n\ntext\n", pinnedAt: null, pins: {}, results: {} });
	const content = '["---\\ncasebook: 1\\n---\\n",null,{},{}]';
	return [
		{ idea: "nothing", link: "" },
		{ idea: "no link of ours", link: "nonsense" },
		{ idea: "a script as a link", link: "javascript:alert(1)" },
		{ idea: "a path as a link", link: "../../etc/passwd" },
		{ idea: "cut in the middle", link: good.slice(0, Math.floor(good.length / 2)) },
		{ idea: "without its last letter", link: good.slice(0, -1) },
		{ idea: "without content", link: `c1.${fnv(text(""))}.` },
		{ idea: "another checksum", link: good.replace(/^c1\.[0-9a-f]{8}/, "c1.00000000") },
		{ idea: "a checksum in capitals", link: good.replace(/^c1\.[0-9a-f]{8}/, "c1.ABCDEF01") },
		{ idea: "a letter changed on its way", link: good.slice(0, 20) + (good[20] === "A" ? "B" : "A") + good.slice(21) },
		{ idea: "a later version of links", link: good.replace("c1.", "c2.") },
		{ idea: "a version beyond numbers", link: good.replace("c1.", "c99999999999999999999.") },
		{ idea: "version 0", link: good.replace("c1.", "c0.") },
		{ idea: "the other base64", link: `${good}+/=` },
		{ idea: "escaped on its way", link: encodeURIComponent(`${good} `) },
		{ idea: "letters beyond ASCII", link: `${good}ü\u202e` },
		{ idea: "packed with gzip", link: forged(content, gzipSync) },
		{ idea: "packed with zlib", link: forged(content, zlibSync) },
		{ idea: "not packed at all", link: forged(content, (bytes) => bytes) },
		{ idea: "packed twice", link: forged(deflateSync(text(content))) },
		{ idea: "bytes behind the end", link: forged(content, (bytes) => new Uint8Array([...deflateSync(bytes), ...text("more")])), opens: true },
		{ idea: "a megabyte that unpacks to a gigabyte", link: `c1.00000000.${base64(zeros())}` },
		{ idea: "no JSON", link: forged("{") },
		{ idea: "another JSON", link: forged('{"markdown":""}') },
		{ idea: "too few parts", link: forged('["",null,{}]') },
		{ idea: "too many parts", link: forged('["",null,{},{},{"localStorage":1}]') },
		{ idea: "a text that is a number", link: forged("[1,null,{},{}]") },
		{ idea: "bytes that are no UTF-8", link: forged(new Uint8Array([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d])) },
		{ idea: "JSON nested without end", link: forged("[".repeat(2_000_000)) },
		{ idea: "pins that are a list", link: forged('["",null,[],{}]') },
		{ idea: "a pin without a digest", link: forged('["",null,{"a":{"rows":1}},{}]') },
		{ idea: "a digest that is a path", link: forged('["",null,{"a":{"digest":"../../etc/passwd"}},{}]') },
		{ idea: "a source's hash that is markup", link: forged(`["",null,{"a":{"digest":"${DIGEST}","sources":{"x":"<script>"}}},{}]`) },
		{ idea: "pins of prototypes", link: forged(`["",null,{"__proto__":{"digest":"${DIGEST}","sources":{"__proto__":"${DIGEST}"}},"constructor":{"digest":"${DIGEST}"}},{}]`), opens: true },
		{ idea: "a time that is markup", link: forged('["","<img src=x onerror=alert(1)>",{},{}]'), opens: true },
		{ idea: "results that are a list", link: forged('["",null,{},[]]') },
		{ idea: "a result of other shapes", link: forged('["",null,{},{"a":{"columns":["x"],"rows":[["1","2"]]}}]') },
		{ idea: "a result whose cells are objects", link: forged('["",null,{},{"a":{"columns":["x"],"rows":[[{"toString":"x"}]]}}]') },
		{ idea: "results of prototypes", link: forged('["",null,{},{"__proto__":{"columns":[],"rows":[]},"toString":{"columns":["<script>"],"rows":[["\\u202e<img src=x>"]]}}]'), opens: true },
		{ idea: "a result of a hundred thousand rows", link: forged(JSON.stringify(["---\ncasebook: 1\n---\n\n```sql name=a\nSELECT 1\n```\n", null, {}, { a: { columns: ["x"], rows: Array<string[]>(100_000).fill(["y"]) } }])), opens: true },
	];
}

/** A megabyte of deflate's "the same once more": a gigabyte for whoever reads it to its end. */
function zeros(): Uint8Array {
	const piece = deflateRawSync(new Uint8Array(16 * 1024 * 1024), { finishFlush: constants.Z_SYNC_FLUSH });
	return Buffer.concat(Array<Uint8Array>(64).fill(piece));
}
