import assert from "node:assert/strict";
import { test } from "node:test";
import { addressed, rested, STILL, type Thumb } from "./thumb";

const at = (thumb: Thumb, value: number): Thumb => ({ ...thumb, held: { kind: "rel", value } });

test("an address that lags behind does not put the thumb back, and its last place is the address's", () => {
	let thumb = rested(at(STILL, 0.1));
	thumb = rested(at(thumb, 0.11));
	thumb = addressed(thumb, "rel:0.1");
	assert.equal(thumb.held?.value, 0.11);
	assert.equal(addressed(thumb, "rel:0.11"), STILL);
});

test("what somebody else writes, or nothing at all, ends what the thumb said", () => {
	const thumb = rested(at(STILL, 0.1));
	assert.equal(addressed(thumb, "abs:5"), STILL);
	assert.equal(addressed(thumb, null), STILL);
	assert.equal(rested(STILL), STILL);
});
