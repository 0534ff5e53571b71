import { expect, test } from 'vitest';
import { cueOf } from './cueOf.test-support.ts';
import { findInTargets } from './findInTargets.ts';

const search = { find: 'i', by: '', isCaseSensitive: false, isWholeWord: false, withApproved: false };
const cues = [
	cueOf({ id: 'a', target: '<i>Ich</i> bin' }),
	cueOf({ id: 'b', target: 'I', isApproved: true }),
	cueOf({ id: 'c', target: null, source: 'i' }),
	cueOf({ id: 'd', target: '{\\i1}a.b{\\i0}' }),
];

test('tags, sources and approved cues are not searched', () => {
	expect(findInTargets(cues, search)).toEqual([
		{
			cue: cues[0],
			number: 1,
			parts: [
				{ text: 'I', isHit: true },
				{ text: 'ch', isHit: false },
				{ text: ' b', isHit: false },
				{ text: 'i', isHit: true },
				{ text: 'n', isHit: false },
			],
		},
	]);
	expect(findInTargets(cues, { ...search, withApproved: true }).map(({ number }) => number)).toEqual([1, 2]);
});

test('signs of patterns are taken as they are written, and a whole word has no letter beside it', () => {
	const found = (changes: Partial<typeof search>) => findInTargets(cues, { ...search, ...changes }).map(({ number }) => number);
	expect([found({ find: 'a.b' }), found({ find: '.' }), found({ find: 'ch', isWholeWord: true }), found({ find: 'ICH', isWholeWord: true })]).toEqual([
		[4],
		[4],
		[],
		[1],
	]);
	expect([found({ find: 'ICH', isCaseSensitive: true }), found({ find: '' })]).toEqual([[], []]);
});
