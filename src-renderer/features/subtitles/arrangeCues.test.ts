import { expect, test } from 'vitest';
import { countByFilter, cuesBetween, doubtsOf, filterCues, nextCue, shownCues } from './arrangeCues.ts';
import { cueOf } from './cueOf.test-support.ts';

const cues = [
	cueOf({ id: 'a', target: '一', status: 'translated', isApproved: true, confidence: -3 }),
	cueOf({ id: 'b', source: '<i>Two</i> boats', target: null }),
	cueOf({ id: 'c', source: '{\\p1}m 0 0', skip: 'drawing' }),
	cueOf({ id: 'd', source: 'Four', target: '四', status: 'translated', isTooLong: true, confidence: -0.1 }),
];

test('what is approved or never sent is neither doubtful nor untranslated', () => {
	expect(countByFilter(cues)).toEqual({ all: 4, doubtful: 1, untranslated: 1, unapproved: 2 });
	expect(cues.map(doubtsOf)).toEqual([[], [], [], ['tooLong']]);
});

test('a search sees both languages and no tags', () => {
	const found = (search: string) => filterCues(cues, 'all', search).map(({ id }) => id);
	expect([found('two BOATS'), found('四'), found('<i>'), found(' ')]).toEqual([['b'], ['d'], [], ['a', 'b', 'c', 'd']]);
});

test('the next cue is looked for from the selected one on and then from the beginning', () => {
	expect(nextCue(cues, 'b', 'doubtful')?.id).toBe('d');
	expect(nextCue(cues, 'd', 'untranslated')?.id).toBe('b');
	expect(nextCue(cues, 'd', 'doubtful')).toBe(null);
	expect(nextCue(cues, null, 'untranslated')?.id).toBe('b');
});

test('the selected cue stays in the table though the filter lets it through no more', () => {
	const shown = (selectedId: string | null) => shownCues(cues, 'untranslated', '', selectedId).map(({ id }) => id);
	expect([shown('d'), shown('b'), shown(null), shown('gone')]).toEqual([['b', 'd'], ['b'], ['b'], ['b']]);
});

test('several cues are those between two, whichever was pressed first', () => {
	const between = (one: string | null, other: string | null) => cuesBetween(cues, one, other).map(({ id }) => id);
	expect([between('b', 'd'), between('d', 'b'), between('b', null), between('b', 'gone'), between(null, 'b')]).toEqual([
		['b', 'c', 'd'],
		['b', 'c', 'd'],
		['b'],
		['b'],
		[],
	]);
});
