import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doubt } from '#contract/rubric.ts';
import { confidenceOf, type ProposalEvidence } from './confidenceOf.ts';

const sure: ProposalEvidence = { verifiedFraction: 1, sureness: 1, passDistance: 0, doubts: [], decidedByCheck: false };

test('ranks a check above two equal passes, those above one pass, and that above invented evidence', () => {
	const ranked = [
		{ ...sure, decidedByCheck: true },
		sure,
		{ ...sure, sureness: 0.5 },
		{ ...sure, passDistance: null },
		{ ...sure, passDistance: 0.2 },
		{ ...sure, verifiedFraction: 0 },
		{ ...sure, doubts: ['talksToMarker'] },
	] satisfies ProposalEvidence[];
	const confidences = ranked.map(confidenceOf);
	expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
	expect(new Set(confidences).size).toBe(7);
});

test('leaves an answer that talks to the marker below a fifth, even where a check decided', () => {
	expect(confidenceOf({ ...sure, decidedByCheck: true, doubts: ['talksToMarker'] })).toBeLessThanOrEqual(0.2);
});

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const evidence: fc.Arbitrary<ProposalEvidence> = fc.record({
	verifiedFraction: fc.option(fraction),
	sureness: fc.option(fraction),
	passDistance: fc.option(fraction),
	doubts: fc.subarray(doubt.options),
	decidedByCheck: fc.boolean(),
});

test('is from 0 to 1 and never rises with a doubt, with passes further apart, a less sure model, or with fewer verified quotes', () => {
	fc.assert(
		fc.property(evidence, fc.constantFrom(...doubt.options), fraction, (known, another, worse) => {
			const confidence = confidenceOf(known);
			expect(confidence).toBeGreaterThan(0);
			expect(confidence).toBeLessThanOrEqual(1);
			expect(confidenceOf({ ...known, doubts: [...known.doubts, another] })).toBeLessThanOrEqual(confidence);
			expect(confidenceOf({ ...known, decidedByCheck: true })).toBeGreaterThanOrEqual(confidence);
			if (known.passDistance !== null) expect(confidenceOf({ ...known, passDistance: Math.max(known.passDistance, worse) })).toBeLessThanOrEqual(confidence);
			if (known.sureness !== null) expect(confidenceOf({ ...known, sureness: known.sureness * worse })).toBeLessThanOrEqual(confidence);
			if (known.verifiedFraction !== null) expect(confidenceOf({ ...known, verifiedFraction: known.verifiedFraction * worse })).toBeLessThanOrEqual(confidence);
		}),
	);
});

test('refuses what is no fraction', () => {
	expect(() => confidenceOf({ ...sure, passDistance: Number.NaN })).toThrow('from 0 to 1, not NaN');
});
