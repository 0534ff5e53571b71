import { expect, test } from 'vitest';
import { approvable, countByFilter, cuesBetween, doubtsOf, filterCues, nextCue, openingCue, readAfter, shownCues } from './arrangeCues.ts';
import { cueOf } from './cueOf.test-support.ts';

const cues = [
	cueOf({ id: 'a', target: '一', status: 'translated', isApproved: true, confidence: -3 }),
	cueOf({ id: 'b', source: '<i>Two</i> boats', target: null }),
	cueOf({ id: 'c', source: '{\\p1}m 0 0', skip: 'drawing' }),
	cueOf({ id: 'd', source: 'Four', target: '四', status: 'translated', isTooLong: true, confidence: -0.1 }),
];

test('what is approved or never sent is neither doubtful nor untranslated, and what is not translated cannot be approved', () => {
	expect(countByFilter(cues)).toEqual({ all: 4, doubtful: 1, untranslated: 1, unapproved: 1 });
	expect(cues.map(doubtsOf)).toEqual([[], [], [], ['tooLong']]);
});

test('what code finds in the texts makes a cue doubtful, each kind once, until it is approved', () => {
	const findings = [{ kind: 'language' as const }, ...['a', 'b'].map((source) => ({ kind: 'glossary' as const, source, target: 'x' }))];
	const cue = cueOf({ target: '一', status: 'translated', findings });
	expect([doubtsOf(cue), doubtsOf({ ...cue, isApproved: true })]).toEqual([['language', 'glossary'], []]);
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

test('a project is opened at the cue that was looked at last, else at the first that is doubtful', () => {
	expect([openingCue(cues, 'b')?.id, openingCue(cues, 'gone')?.id, openingCue(cues, null)?.id, openingCue(cues.slice(1, 3), null)?.id]).toEqual([
		'b',
		'd',
		'd',
		'b',
	]);
	expect([openingCue(cues.slice(2, 3), null), openingCue([], null)]).toEqual([null, null]);
});

test('what is never shown to be read is passed over', () => {
	expect([readAfter(cues, 0)?.id, readAfter(cues, 1)?.id, readAfter(cues, 3)]).toEqual(['b', 'd', null]);
});

test('what has a translation, kept or being typed, can be approved, whichever of the chosen cues is the last', () => {
	const ids = (drafts: Record<string, string>) => approvable(cues, drafts).map(({ id }) => id);
	expect([ids({}), ids({ b: 'Zwei', c: 'x' }), approvable(cues.slice(1, 3), {})]).toEqual([['a', 'd'], ['a', 'b', 'd'], []]);
});
