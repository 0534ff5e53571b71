import { expect, test } from 'vitest';
import { textConfidences } from './textConfidences.ts';

/** Pieces of one token each. */
const answerOf = (...pieces: [string, number][]) => ({
	text: pieces.map(([text]) => text).join(''),
	spans: pieces.map(([{ length: characters }, logProbability]) => ({ characters, tokens: 1, logProbability })),
});

test('each text is as sure as the tokens it is written with, whatever those around it are', () => {
	const answer = answerOf(['{"', -9], ['7', -9], ['": "', -9], ['Guten', -1], [' Abend', -2], ['."', -3], [', "8":', -9], [' "Ja', -0.5], ['"}', -9]);
	expect([...textConfidences(answer)]).toEqual([
		['7', -2],
		['8', -0.5],
	]);
});

test('quotes, brackets and what looks like a member within a text are part of it', () => {
	const answer = answerOf(['{"1":"', -9], ['\\"2\\"', -1], [':\\"x\\\\', -3], ['","\\u0032":"', -9], ['y', -4], ['"}', -9]);
	expect(JSON.parse(answer.text)).toEqual({ 1: '"2":"x\\', 2: 'y' });
	expect([...textConfidences(answer)]).toEqual([
		['1', -2],
		['2', -4],
	]);
});

test('a piece of several tokens counts as so many, and where none were told nothing is', () => {
	const text = '{"1":"ab","2":"c"}';
	const spans = [
		{ characters: 6, tokens: 3, logProbability: -30 },
		{ characters: 1, tokens: 1, logProbability: -1 },
		{ characters: 1, tokens: 3, logProbability: -7 },
	];
	expect([...textConfidences({ text, spans })]).toEqual([['1', -2]]);
});
