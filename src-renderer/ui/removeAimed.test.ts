import { expect, test } from 'vitest';
import { onlyAimed } from './removeAimed.ts';

test('a second press while a row goes, or as the next one has just moved there, removes nothing', async () => {
	let at = 0;
	const remove = onlyAimed(() => at);
	const gone: string[] = [];
	let settle = () => {};
	const first = remove(() => new Promise<void>((resolve) => (settle = resolve)).then(() => gone.push('first')));
	at = 350;
	expect(await remove(() => gone.push('second'))).toBe(false);
	at = 900;
	settle();
	expect(await first).toBe(true);
	at = 1250;
	expect(await remove(() => gone.push('second'))).toBe(false);
	at = 1900;
	expect(await remove(() => gone.push('third'))).toBe(true);
	expect(gone).toEqual(['first', 'third']);
});

test('a removal that failed stands in the way of none after it', async () => {
	let at = 0;
	const remove = onlyAimed(() => at);
	await expect(remove(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
	at = 1000;
	expect(await remove(() => {})).toBe(true);
});
