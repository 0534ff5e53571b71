import { expect, test } from 'vitest';
import { groupProblems } from './groupProblems.ts';

test('puts problems of a kind together, what keeps answers from being read before what is only told, and counts those it does not name', () => {
	const empty = Array.from({ length: 150 }, (_, at) => ({ row: 152 - at, column: 'a', code: 'emptyAnswer' as const, detail: '' }));
	const groups = groupProblems([...empty, { fileName: 'b.pdf', code: 'picture', detail: '' }, { row: 3, column: 'id', code: 'missingId', detail: '' }]);
	expect(groups.map(({ code, count, places }) => [code, count, places.length])).toEqual([
		['missingId', 1, 1],
		['picture', 1, 1],
		['emptyAnswer', 150, 100],
	]);
	expect(groups[1]?.places).toEqual([{ row: null, column: null, fileName: 'b.pdf', detail: '' }]);
	expect(groups[2]?.places.map(({ row }) => row).slice(0, 3)).toEqual([3, 4, 5]);
});
