import { type Batch, BatchBuilder, BOOLEAN, DOUBLE, emptyAccount, type Field, INT64, joinBytes, type Parser, type ParserEnd, TEXT } from "@/lib/model";
import { rejectOf } from "./reject";
import { headerLength, readHeader, type TensorHeader } from "./tensor/header";
import { StreamStatistics } from "./tensor/statistics";

export const TENSOR_FIELDS: Field[] = [
	{ name: "dtype", type: TEXT },
	{ name: "shape", type: { kind: "list", of: INT64 } },
	{ name: "fortran_order", type: BOOLEAN },
	{ name: "elements", type: INT64 },
	{ name: "min", type: DOUBLE },
	{ name: "max", type: DOUBLE },
	{ name: "mean", type: DOUBLE },
	{ name: "std", type: DOUBLE },
	{ name: "nans", type: INT64 },
	{ name: "infinities", type: INT64 },
	{ name: "source", type: TEXT },
	{ name: "line", type: INT64 },
];

/**
 * An NPY file (1.0 to 3.0), into one row of `tensors`: its header, and figures over its finite values that are
 * gathered as the bytes come. It has no lines. A header that cannot be read or does not fit the file's length is a reject.
 */
export function tensor(path: string): Parser {
	return new TensorFile(path);
}

class TensorFile implements Parser {
	private head: Uint8Array[] | null = [];
	private size = 0;
	private header: TensorHeader | null = null;
	private statistics: StreamStatistics | null = null;
	private fault: { at: number; reason: string; raw: string } | null = null;

	constructor(private readonly path: string) {}

	push(bytes: Uint8Array): Batch[] {
		this.size += bytes.length;
		if (this.head === null) {
			this.takeData(bytes, this.size - bytes.length);
			return [];
		}
		this.head.push(bytes);
		const head = joinBytes(this.head);
		this.head = [head];
		const length = headerLength(head);
		if (length !== null) this.readHead(head, length);
		return [];
	}

	end(): ParserEnd {
		const reject = this.whatIsWrong();
		if (reject !== null) return { batches: [], rejects: [rejectOf(null, reject.at, reject.reason, reject.raw)], account: emptyAccount(), notes: [] };
		const header = this.header!;
		const { min, max, mean, std, nans, infinities, wide } = this.statistics!.finish();
		const builder = new BatchBuilder("tensors", TENSOR_FIELDS);
		builder.add({ dtype: header.dtype, shape: header.shape, fortran_order: header.fortranOrder, elements: header.elements, min, max, mean, std, nans, infinities, source: this.path, line: null });
		const notes = wide > 0 ? [`${wide.toLocaleString("en-US")} of its integers are beyond 2^53, so min, max, mean and std are rounded to doubles`] : [];
		return { batches: [builder.finish()], rejects: [], account: emptyAccount(), notes };
	}

	private readHead(head: Uint8Array, length: NonNullable<ReturnType<typeof headerLength>>): void {
		if (typeof length === "number" && head.length < length) return;
		this.head = null;
		const header = typeof length === "number" ? readHeader(head.subarray(0, length)) : length;
		if ("fault" in header) {
			this.fault = { at: 0, reason: header.fault, raw: header.text };
			return;
		}
		this.header = header;
		this.statistics = new StreamStatistics(header);
		this.takeData(head.subarray(header.dataAt), header.dataAt);
	}

	/** Bytes after the header, of which the first stands at `at`; what is more than the header promises is not looked at. */
	private takeData(bytes: Uint8Array, at: number): void {
		const { header } = this;
		if (header === null) return;
		const left = header.dataAt + header.elements * header.width - at;
		if (left > 0) this.statistics!.push(left < bytes.length ? bytes.subarray(0, left) : bytes);
	}

	private whatIsWrong(): { at: number; reason: string; raw: string } | null {
		if (this.fault !== null) return this.fault;
		const { header, size } = this;
		const bytes = (count: number) => `${count.toLocaleString("en-US")} byte${count === 1 ? "" : "s"}`;
		if (header === null) return { at: size, reason: `the file ends after ${bytes(size)}, inside its NPY header`, raw: "" };
		const needed = header.elements * header.width;
		const held = size - header.dataAt;
		if (needed === held) return null;
		const promise = `the header promises ${header.dtype} (${header.shape.join(", ")}), which is ${bytes(needed)}`;
		if (held < needed) return { at: size, reason: `${promise}; the file is cut after ${bytes(held)} of them`, raw: header.text };
		return { at: header.dataAt + needed, reason: `${promise}; ${bytes(held - needed)} more follow from byte ${header.dataAt + needed} on`, raw: header.text };
	}
}
