import { expect, test } from 'vitest';
import { Seat } from './Seat.ts';

/** A seat with a log of what was made and disposed in it. */
function open() {
	const log: string[] = [];
	const seat = new Seat<{ name: string; dispose(): Promise<void> }>();
	const take = (name: string, signal?: AbortSignal) =>
		seat.take(
			name,
			async () => {
				log.push(`make ${name}`);
				return { name, dispose: async () => void log.push(`dispose ${name}`) };
			},
			signal,
		);
	return { seat, take, log };
}

test('what is there is used by many, and makes place when nobody uses it', async () => {
	const { take, log, seat } = open();
	const [first, second] = await Promise.all([take('a'), take('a')]);
	let changed = false;
	const other = take('b').then((seated) => {
		changed = true;
		return seated;
	});
	first.release();
	await new Promise(setImmediate);
	expect({ log, changed, there: seat.value?.name }).toEqual({ log: ['make a'], changed: false, there: 'a' });
	second.release();
	(await other).release();
	expect({ log, there: seat.value?.name }).toEqual({ log: ['make a', 'dispose a', 'make b'], there: 'b' });
});

test('requests are served in their order, so that a stream of requests for one thing keeps nobody waiting', async () => {
	const { take, log } = open();
	const order: string[] = [];
	const used = (name: string, number: number) =>
		take(name).then((seated) => {
			order.push(`${name}${number}`);
			setImmediate(seated.release);
		});
	await Promise.all([used('a', 1), used('b', 2), used('a', 3), used('a', 4), used('b', 5)]);
	expect(order).toEqual(['a1', 'b2', 'a3', 'a4', 'b5']);
	expect(log).toEqual(['make a', 'dispose a', 'make b', 'dispose b', 'make a', 'dispose a', 'make b']);
});

test('what cannot be made fails for the one who asked, and others go on', async () => {
	const { take, seat, log } = open();
	(await take('a')).release();
	const broken = seat.take('x', () => Promise.reject(new Error('broken')));
	const after = take('a');
	await expect(broken).rejects.toThrow('broken');
	expect((await after).value.name).toBe('a');
	expect(log).toEqual(['make a', 'dispose a', 'make a']);
});

test('one who leaves while waiting lets the others go on', async () => {
	const { take, log } = open();
	const first = await take('a');
	const leaving = new AbortController();
	const left = take('b', leaving.signal);
	const behind = take('a');
	leaving.abort(new Error('left'));
	await expect(left).rejects.toThrow('left');
	expect((await behind).value.name).toBe('a');
	first.release();
	expect(log).toEqual(['make a']);
});
