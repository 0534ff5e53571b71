import { expect, test } from 'vitest';
import { unsettledSentences } from './unsettledSentences.ts';

test('says of every answer without a mark whether it goes out, and why not', () => {
	const open = { answers: 7, proposed: 4, outdated: 2 };
	expect(unsettledSentences(open, false)).toEqual([['openStay', 7]]);
	expect(unsettledSentences(open, true)).toEqual([
		['unmarked', 7],
		['openGoOut', 4],
		['openOutdated', 2],
		['openUnproposed', 1],
	]);
	expect(unsettledSentences({ answers: 0, proposed: 0, outdated: 0 }, true)).toEqual([['unmarked', 0]]);
});
