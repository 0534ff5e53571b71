import { expect, test } from 'vitest';
import { createTurnQueue } from './turnQueue.ts';

/** Work that ends when told to, with the order in which it began. */
function bench() {
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	const work = (name: string) => () => {
		begun.push(name);
		return new Promise<void>((resolve) => ends.set(name, resolve));
	};
	const end = async (name: string) => {
		ends.get(name)?.();
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { begun, work, end };
}

test('does two at a time, in the order they were wanted', async () => {
	const { begun, work, end } = bench();
	const want = createTurnQueue(2);
	for (const name of ['a', 'b', 'c', 'd']) want(name, work(name));
	expect(begun).toEqual(['a', 'b']);
	await end('b');
	expect(begun).toEqual(['a', 'b', 'c']);
	await end('a');
	expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('never begins what is not wanted any more, and does not do twice what runs', async () => {
	const { begun, work, end } = bench();
	const want = createTurnQueue(1);
	want('a', work('a'));
	const unwant = want('b', work('b'));
	want('a', work('a'));
	unwant();
	await end('a');
	expect(begun).toEqual(['a']);
});
