import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { joinBytes } from "@/lib/model";
import { GzipStream, type GzipOptions, innerPath } from "./gzip";

function unpack(file: Uint8Array, sizes: readonly number[] = [file.length || 1], options?: GzipOptions) {
	const pieces: Uint8Array[] = [];
	const stream = new GzipStream((bytes) => pieces.push(bytes), options);
	for (let at = 0, n = 0; at < file.length; n++) {
		const size = sizes[n % sizes.length]!;
		stream.push(file.subarray(at, at + size));
		at += size;
	}
	stream.end();
	return { bytes: joinBytes(pieces), fault: stream.fault, unpacked: stream.unpacked };
}

const text = (length: number) => new TextEncoder().encode(Array.from({ length }, (_, i) => `line ${i} of ${(i * 7919) % 1013}\n`).join(""));
const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

test("any bytes, in members of any number and divisions of any size, come back", () => {
	fc.assert(
		fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }), (members, sizes) => {
			const { bytes, fault } = unpack(joinBytes(members.map(gz)), sizes);
			assert.equal(fault, null);
			assert.deepEqual(bytes, joinBytes(members));
		}),
		{ numRuns: 150 },
	);
});

test("a file larger than a slice, with a name in its header", () => {
	const whole = text(40_000);
	const packed = gz(whole);
	const named = joinBytes([Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3), new TextEncoder().encode("log.txt\0"), packed.subarray(10)]);
	for (const file of [packed, named, joinBytes([packed, named])]) {
		const { bytes, fault } = unpack(file, [65_536]);
		assert.equal(fault, null);
		assert.equal(bytes.length % whole.length, 0);
		assert.deepEqual(bytes.subarray(0, whole.length), whole);
	}
});

test("a file cut at any byte says so, and keeps what came before", () => {
	const whole = text(300);
	const packed = gz(whole);
	for (let length = 1; length < packed.length; length++) {
		const { bytes, fault } = unpack(packed.subarray(0, length));
		assert.equal(fault?.byteOffset, length, `cut at ${length}`);
		assert.match(fault.reason, /cut off: the file ends at byte/);
		assert.deepEqual(bytes, whole.subarray(0, bytes.length));
	}
	const late = unpack(packed.subarray(0, packed.length - 1));
	assert.equal(late.bytes.length, whole.length);
});

test("a flipped bit is found, at the latest by the checksum", () => {
	const whole = text(300);
	const packed = gz(whole);
	let found = 0;
	for (let at = 10; at < packed.length; at++) {
		const broken = packed.slice();
		broken[at]! ^= 1 << (at % 8);
		const { fault, bytes } = unpack(broken);
		// Some bits mean nothing, and a reference may lead to another copy of the same words.
		if (fault === null) assert.deepEqual(bytes, whole, `a flip at ${at}`);
		else found++;
	}
	assert.ok(found > (packed.length - 10) * 0.98, `${found} of ${packed.length - 10} were found`);
});

test("what is no member after a member is said; the first member is kept", () => {
	const packed = gz(text(10));
	const { bytes, fault } = unpack(joinBytes([packed, new TextEncoder().encode("not gzip at all")]));
	assert.deepEqual(bytes, text(10));
	assert.match(fault?.reason ?? "", /no gzip data/);
});

test("a bomb is stopped by its size and by its ratio", () => {
	const bomb = gz(new Uint8Array(8_000_000));
	assert.equal(unpack(bomb).fault, null);
	const size = unpack(bomb, [bomb.length], { maxBytes: 1_000_000 });
	assert.equal(size.fault?.limit, true);
	assert.match(size.fault?.reason ?? "", /^Limit: a gzip file is decompressed up to 1,000,000 bytes/);
	assert.ok(size.bytes.length <= 1_000_000);
	const ratio = unpack(bomb, [bomb.length], { ratioFree: 1_000_000 });
	assert.match(ratio.fault?.reason ?? "", /^Limit: .* 250 times/);
	assert.ok(ratio.unpacked < 7_000_000);
});

test("the name inside", () => {
	assert.deepEqual(["a/b.jsonl.gz", "b.GZ", "c.tgz", "d"].map(innerPath), ["a/b.jsonl", "b", "c.tar", "d"]);
});
