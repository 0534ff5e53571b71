import { expect, test } from 'vitest';
import { LikeGroups } from './LikeGroups.ts';

/** So many answers that differ by a number at their end, of which the first two are equal, each of about so many characters. */
function answersOf(count: number, characters: number) {
	const text = 'light is a wave '.repeat(Math.ceil(characters / 16));
	return Array.from({ length: count }, (_, at) => ({ id: String(at), text: `${text}${at === 0 ? 1 : at}` }));
}

test.each([
	['a class of short answers', 200, 300, false],
	['a class of essays', 40, 10_000, false],
	['more answers than are compared', 1100, 20, true],
	['long answers of a large class', 900, 1000, true],
	['a few answers that are too long for it', 3, 1_000_000, true],
])('how long answers are counts as well as how many there are: %s', (_, count, characters, onlyEqual) => {
	const grouped = new LikeGroups().of('q', answersOf(count, characters));
	expect(grouped.onlyEqual).toBe(onlyEqual);
	expect(grouped.groups.find(({ memberIds }) => memberIds.includes('0'))).toMatchObject({ memberIds: ['0', '1'], same: true });
});
