import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyReading } from '../anyReading.test-support.ts';
import { convertBytes } from '../convertBytes.ts';
import { firstDifference } from '../firstDifference.ts';
import type { FormatName } from '../formats.ts';
import type { Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { convertExactly } from './convertExactly.ts';
import { fromEnvelope } from './fromEnvelope.ts';
import { toEnvelope } from './toEnvelope.ts';

const targets: FormatName[] = ['json', 'yaml', 'xml'];
const runs = process.env.HOMEROOM_SOAK ? 20_000 : 300;

describe('the envelope', () => {
	test('gives back whatever was put into it', () => {
		fc.assert(
			fc.property(anyReading, (reading) => {
				expect(firstDifference(reading, fromEnvelope(toEnvelope(reading)))).toBeUndefined();
			}),
			{ numRuns: runs },
		);
	});

	test('is put on again the same, whatever looks like one', () => {
		fc.assert(
			fc.property(anyReading, fc.nat(), (reading, at) => {
				const odd = spoilt(toEnvelope(reading), at);
				const opened = fromEnvelope(odd);
				expect(firstDifference(opened, fromEnvelope(toEnvelope(opened)))).toBeUndefined();
			}),
			{ numRuns: runs },
		);
	});
});

test.each(targets)('holds any reading in %s, and leads it through every other and back to the same bytes', async (first) => {
	await fc.assert(
		fc.asyncProperty(anyReading, fc.constantFrom(...targets), async (reading, second) => {
			const { bytes, difference } = await convertExactly(reading, { from: 'json', to: first }, new NoteBook());
			expect(difference).toBeUndefined();
			const there = await convertBytes(bytes, { from: first, to: second, mode: 'exact', strict: false });
			const back = await convertBytes(there.bytes, { from: second, to: first, mode: 'exact', strict: false });
			expect([there.roundTrip, back.roundTrip]).toEqual([{ same: true }, { same: true }]);
			expect(Buffer.from(back.bytes).toString()).toBe(Buffer.from(bytes).toString());
		}),
		{ numRuns: runs },
	);
});

/** The value with one of its entries taken away, so that it is no longer what it says it is. */
function spoilt(value: Value, at: number): Value {
	if (value.kind !== 'mapping' || value.entries.length === 0) return value;
	return { ...value, entries: value.entries.filter((_entry, index) => index !== at % value.entries.length) };
}
