/**
 * Runs in the engine's worker before the engine's own script, which stays as it was published. Rows come in a buffer that is moved here, and the
 * engine copies them into its memory; its answer then takes the buffer back along (`lent`), to be filled again: touching fresh
 * memory costs more than filling it.
 *
 * The address of the engine's script stands behind the `#` of this one's; a static copy puts the two into one script.
 */
interface Request {
	messageId: number;
	type: string;
	data: unknown;
}

interface Scope {
	location: { hash: string };
	postMessage(message: unknown, transfer?: unknown): void;
	addEventListener(type: "message", listener: (event: { data: Request }) => void): void;
	importScripts(address: string): void;
}

const scope = globalThis as unknown as Scope;
const post = scope.postMessage.bind(scope);
/** by request: the buffer that it brought */
const held = new Map<number, ArrayBuffer>();

// The first to listen, so it knows of a buffer before the engine answers.
scope.addEventListener("message", ({ data: { messageId, type, data } }) => {
	const stream: unknown = type === "INSERT_ARROW_FROM_IPC_STREAM" && Array.isArray(data) ? data[1] : null;
	if (stream instanceof Uint8Array && stream.buffer instanceof ArrayBuffer) held.set(messageId, stream.buffer);
});

scope.postMessage = (message, transfer) => {
	const answered = (message as { requestId?: unknown } | null)?.requestId;
	const lent = typeof answered === "number" ? held.get(answered) : undefined;
	if (lent === undefined) {
		post(message, transfer);
		return;
	}
	held.delete(answered as number);
	post({ ...(message as object), lent }, [lent, ...(Array.isArray(transfer) ? transfer : [])]);
};

const script = scope.location.hash.slice(1);
if (script !== "") scope.importScripts(script);

export {};
