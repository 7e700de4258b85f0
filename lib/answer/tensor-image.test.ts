import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { CELL } from "@/lib/parity/tensor-image";
import { viewOf, wholeView } from "@/lib/parity/tensor-slice";
import { folderWorkspace } from "@/lib/workspace/folder";
import { inThread, openPair, readSliceImage } from "./tensor-image";

const REAL = path.resolve(process.cwd(), "../shared/real");
let folder: string;

/** An NPY file of version 1.0. */
function npy(descr: string, fortran: boolean, shape: readonly number[], values: NodeJS.TypedArray): Buffer {
	const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
	const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
	const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${padded}`, "latin1");
	head.writeUInt16LE(padded.length, 8);
	return Buffer.concat([head, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "casebook-tensor-image-"));
	const values = Float32Array.from({ length: 24 }, (_, i) => i);
	const other = Float64Array.from(values, (value) => value + (value === 17 ? 0.5 : 0));
	await writeFile(path.join(folder, "x_c.npy"), npy("<f4", false, [2, 3, 4], values));
	await writeFile(path.join(folder, "x_py.npy"), npy("<f8", false, [2, 3, 4], other));
	// The same logical array, its first index running first.
	const turned = Float64Array.from({ length: 24 }, (_, at) => {
		const [a, rest] = [at % 2, Math.floor(at / 2)];
		const [b, c] = [rest % 3, Math.floor(rest / 3)];
		return other[a * 12 + b * 4 + c]!;
	});
	await writeFile(path.join(folder, "x_torch.npy"), npy("<f8", true, [2, 3, 4], turned));
	await writeFile(path.join(folder, "x_cpp.npy.gz"), gzipSync(npy("<f8", false, [2, 3, 4], other)));
	await writeFile(path.join(folder, "y_py.npy"), npy("<f8", false, [4, 6], other));
	await writeFile(path.join(folder, "z_py.npy"), npy("<f8", false, [2, 3, 4], other).subarray(0, -3));
});
after(() => rm(folder, { recursive: true, force: true }));

for (const candidate of ["x_py.npy", "x_torch.npy", "x_cpp.npy.gz"]) {
	test(`a slice of ${candidate} is that of numpy, whatever the type, order or packing`, async () => {
		const workspace = folderWorkspace(folder, { include: [] });
		const pair = await openPair(workspace, "x_c.npy", candidate);
		const wish = { height: 100, width: 100, limit: 0.1 };
		const image = await readSliceImage(workspace, pair, { ...wish, view: viewOf([2, 3, 4], 1, 2, [1, 0, 0]) }, inThread());
		assert.deepEqual([...image.reference], Array.from({ length: 12 }, (_, i) => 12 + i));
		assert.deepEqual([...image.difference], Array.from({ length: 12 }, (_, i) => (i === 5 ? 0.5 : 0)));
		assert.deepEqual(image.worst, [{ row: 1, col: 1, reference: 17, candidate: 17.5, difference: 0.5 }]);
		const across = await readSliceImage(workspace, pair, { ...wish, view: viewOf([2, 3, 4], 2, 0, [0, 1, 0]) }, inThread());
		assert.deepEqual([...across.reference], [4, 16, 5, 17, 6, 18, 7, 19]);
		assert.equal(across.counts.above, 1);
	});
}

test("arrays of two shapes and files that are cut have no image, and it is said why", async () => {
	const workspace = folderWorkspace(folder, { include: [] });
	await assert.rejects(openPair(workspace, "x_c.npy", "y_py.npy"), /y_py\.npy: the shapes differ: \(2, 3, 4\) in the reference, \(4, 6\)/);
	await assert.rejects(openPair(workspace, "x_c.npy", "z_py.npy"), /z_py\.npy: the file is 3 bytes shorter/);
});

test("the recorded figures of real detector images hold for their image, cell by cell and as pixels", { skip: existsSync(REAL) ? false : "../shared/real is not there" }, async () => {
	const workspace = folderWorkspace(REAL, { include: [] });
	const pair = await openPair(workspace, "tensors/detpixels-128_c.npy", "tensors/detpixels-128_py.npy");
	for (const size of [512, 20]) {
		const image = await readSliceImage(workspace, pair, { view: wholeView([128, 128]), height: size, width: size, limit: 1e-4 }, inThread());
		assert.deepEqual([image.height, image.largest, image.counts.above, image.counts.cells], [Math.min(size, 128), 33.24055504798889, 15_836, 16_384]);
		assert.deepEqual([image.worst[0]!.row, image.worst[0]!.col], [126, 126]);
		assert.equal(image.kind.filter((kind) => kind === CELL.none).length, 0);
		// Every pixel shows what is the worst of its block.
		assert.equal(Math.max(...image.difference.map(Math.abs)), image.largest);
	}
});
