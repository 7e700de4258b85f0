import { createSHA256 } from "hash-wasm";
import type { Hasher } from "./local-read";

/** An incremental sha256. Its import is static, so that a bundle holds this one algorithm and not all of the library. */
export async function sha256(): Promise<Hasher> {
	const hash = await createSHA256();
	return { init: () => void hash.init(), update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}
