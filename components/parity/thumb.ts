import { printTolerance, type Tolerance } from "@/lib/parity/tolerance";

/**
 * The slider's thumb ahead of the address. The address follows a moment after it is written, so an answer to an earlier place must not put
 * back a thumb that has moved on.
 */
export interface Thumb {
	/** where it is; null where the address says it */
	held: Tolerance | null;
	/** what it wrote and the address has not said yet */
	written: readonly string[];
}

export const STILL: Thumb = { held: null, written: [] };

/** It came to rest: its place is written. */
export function rested(thumb: Thumb): Thumb {
	return thumb.held === null ? thumb : { ...thumb, written: [...thumb.written, printTolerance(thumb.held)] };
}

/** The address says something new: its last place, which it then leaves to the address; an earlier one, which changes nothing; or what somebody else wrote. */
export function addressed(thumb: Thumb, text: string | null): Thumb {
	if (thumb.held === null) return thumb;
	return text !== null && text !== printTolerance(thumb.held) && thumb.written.includes(text) ? thumb : STILL;
}
