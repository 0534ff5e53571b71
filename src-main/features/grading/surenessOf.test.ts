import { expect, test } from 'vitest';
import { surenessOf } from './surenessOf.ts';

/** Pieces of one token each, with what the model gave each of them. */
const writtenOf = (...pieces: [string, number][]) => ({
	text: pieces.map(([text]) => text).join(''),
	spans: pieces.map(([{ length: characters }, probability]) => ({ characters, tokens: 1, logProbability: Math.log(probability) })),
});

test('a grade is as sure as the level that was least sure, and what surrounds levels counts for nothing', () => {
	const one = writtenOf(['{"c1":{"reason":"r","level":"', 0.01], ['Good', 0.9], ['"},"c2":{"level":"', 0.01], ['Ha', 0.5], ['lf', 0.8], ['"}}', 0.01]);
	expect(surenessOf(one)).toBeCloseTo(0.4);
});

test('a score is as sure as its digits', () => {
	expect(surenessOf(writtenOf(['{"feedback":"No.","score":', 0.1], ['7', 0.5], ['5', 0.5], ['}', 0.1]))).toBeCloseTo(0.25);
});

test('what a reason or a quote says of levels is no decision', () => {
	const said = writtenOf(['{"quote":"', 1], ['\\"level\\": \\"Good\\" \\"score\\": 3', 0.001], ['","level":"', 1], ['Half', 0.7], ['"}', 1]);
	expect(JSON.parse(said.text)).toMatchObject({ level: 'Half' });
	expect(surenessOf(said)).toBeCloseTo(0.7);
});

test('nothing is made up where the engine tells no probabilities', () => {
	expect(surenessOf({ text: '{"score": 5}', spans: [] })).toBeNull();
});
