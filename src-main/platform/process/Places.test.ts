import { expect, test } from 'vitest';
import { Places } from './Places.ts';

/** Asks for places, and tells in which order they were given. */
function ask(places: Places) {
	const given: string[] = [];
	const leave = new Map<string, () => void>();
	const take = (name: string, signal?: AbortSignal) =>
		places.take(name.slice(0, 3), signal).then((leaving) => {
			given.push(name);
			leave.set(name, leaving);
		});
	const leaves = async (name: string) => {
		leave.get(name)?.();
		await Promise.resolve();
		await Promise.resolve();
	};
	return { given, take, leaves };
}

test('there are so many places and no more, one owner has so many of them, and owners take turns', async () => {
	const { given, take, leaves } = ask(new Places({ most: 3, mostEach: 2 }));
	for (const name of ['ann1', 'ann2', 'ann3', 'ann4', 'bob1', 'bob2', 'eve1']) void take(name);
	await Promise.resolve();
	await Promise.resolve();
	expect(given).toEqual(['ann1', 'ann2', 'bob1']);
	await leaves('ann1');
	expect(given.slice(3)).toEqual(['bob2']);
	await leaves('bob1');
	expect(given.slice(4)).toEqual(['eve1']);
	await leaves('ann2');
	await leaves('eve1');
	expect(given.slice(5)).toEqual(['ann3', 'ann4']);
});

test('who goes away while waiting gets the reason and no place', async () => {
	const places = new Places({ most: 1, mostEach: 1 });
	const { given, take, leaves } = ask(places);
	await take('ann1');
	const going = new AbortController();
	const gone = take('bob1', going.signal);
	const late = take('eve1');
	going.abort(new Error('not any more'));
	await expect(gone).rejects.toThrow('not any more');
	await expect(places.take('bob', going.signal)).rejects.toThrow('not any more');
	await leaves('ann1');
	await late;
	expect(given).toEqual(['ann1', 'eve1']);
	// Leaving long after it was given takes nobody's place.
	going.abort();
	await leaves('eve1');
	await take('bob2');
	expect(given.at(-1)).toBe('bob2');
});
