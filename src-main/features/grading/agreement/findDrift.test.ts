import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDrift } from './findDrift.ts';

const group = (same: boolean, ...memberIds: string[]) => ({ id: memberIds[0] ?? '', memberIds, same });

test('names the lowest and the highest of like answers, the widest apart first, equal words before like ones', () => {
	const groups = [group(false, 'a', 'b', 'c'), group(true, 'd', 'e'), group(false, 'f', 'g'), group(true, 'h', 'i')];
	const settled = new Map(Object.entries({ a: 3, b: 5, c: 3, d: 2, e: 4, f: 5, g: 0, h: 1 }));
	expect(findDrift(groups, settled)).toEqual([
		{ groupId: 'f', low: { id: 'g', points: 0 }, high: { id: 'f', points: 5 } },
		{ groupId: 'd', low: { id: 'd', points: 2 }, high: { id: 'e', points: 4 } },
		{ groupId: 'a', low: { id: 'a', points: 3 }, high: { id: 'b', points: 5 } },
	]);
	expect(findDrift(groups, settled, 3).map(({ groupId }) => groupId)).toEqual(['f']);
});

test('tells no drift where all have the same points, and all drift where they have not', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), (quarters) => {
			const ids = quarters.map((_, place) => `s${place}`);
			const settled = new Map(ids.map((id, place) => [id, (quarters[place] ?? 0) / 4]));
			expect(findDrift([group(false, ...ids)], settled)).toHaveLength(new Set(quarters).size > 1 ? 1 : 0);
		}),
	);
});
