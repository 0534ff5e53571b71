import { expect, test } from 'vitest';
import { difficultyOf, discriminationOf } from './statisticsWords.ts';

test('the ends of each band of difficulty and discrimination are called what the source calls them', () => {
	expect([0.91, 0.9, 0.7, 0.3, 0.29].map(difficultyOf)).toEqual(['veryEasy', 'easy', 'middling', 'middling', 'hard']);
	expect(discriminationOf(0.9, 9)).toBe('tooFew');
	expect([0.4, 0.39, 0.2, 0.19, 0, -0.01].map((index) => discriminationOf(index, 10))).toEqual(['well', 'fairly', 'fairly', 'hardly', 'hardly', 'reversed']);
});
