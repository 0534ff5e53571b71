import { expect, test } from 'vitest';
import { findUnlike } from './findUnlike.ts';

const group = (memberIds: string[], isSame = false) => ({ id: memberIds[0] ?? '', memberIds, same: isSame });
const unlike = (groups: Parameters<typeof findUnlike>[0], points: Record<string, number>) =>
	[...findUnlike(groups, new Map(Object.entries(points)), 10)].sort();

test('the one that is proposed something else than most of its like is named, within a tenth of the points it is not', () => {
	expect(unlike([group(['a', 'b', 'c', 'd'])], { a: 6, b: 6, c: 7, d: 7.5 })).toEqual(['d']);
	expect(unlike([group(['a', 'b', 'c'])], { a: 6, b: 6, c: 6.8 })).toEqual([]);
});

test('where no points are the most common, all that differ are named', () => {
	expect(unlike([group(['a', 'b'])], { a: 3, b: 5 })).toEqual(['a', 'b']);
	expect(unlike([group(['a', 'b', 'c'])], { a: 3, b: 3.5, c: 4 })).toEqual([]);
});

test('of answers with the same words any difference counts', () => {
	expect(unlike([group(['a', 'b', 'c'], true), group(['d', 'e'])], { a: 3, b: 3.1, c: 3, d: 3, e: 3.1 })).toEqual(['b']);
});

test('an answer without a proposal, or in no group with another, is not named', () => {
	expect(unlike([group(['a', 'b']), group(['c'])], { a: 3, c: 9 })).toEqual([]);
});
