import { expect, test } from 'vitest';
import { fieldsOf, formatPrice, pricesInForce, readPrice } from './priceFields.ts';

test('reads a factor with up to three figures after the point or comma, and a whole surcharge', () => {
	const read = (factor: string, surcharge = '0') => readPrice({ factor, surcharge });
	expect(['1', ' 1.2 ', '1,2', '0.001', '1000', '0', '1000.001', '1.2345', '-1', '1e3', '.5', ''].map((factor) => read(factor).perMille)).toEqual([
		1000,
		1200,
		1200,
		1,
		1_000_000,
		0,
		null,
		null,
		null,
		null,
		null,
		null,
	]);
	expect(['5', ' 50', '1000000', '1000001', '1.5', '', '-5'].map((surcharge) => read('1', surcharge).surcharge)).toEqual([
		5,
		50,
		1_000_000,
		null,
		null,
		null,
		null,
	]);
});

test('gives every price back as it was typed', () => {
	for (const perMille of [0, 1, 999, 1000, 1001, 1100, 2350, 4007, 1_000_000]) {
		expect(readPrice(fieldsOf({ perMille, surcharge: 7 }))).toEqual({ perMille, surcharge: 7 });
	}
});

test('shows a price in one line', () => {
	const number = (value: number, digits?: number) => value.toLocaleString('en', { maximumFractionDigits: digits ?? 0 });
	expect([[1000, 0] as const, [1200, 5] as const, [1001, 0] as const].map(([perMille, surcharge]) => formatPrice({ perMille, surcharge }, { number }))).toEqual(
		['× 1', '× 1.2 + 5', '× 1.001'],
	);
});

test('takes the newest price of each task', () => {
	const price = (id: number, task: 'chat' | 'grading') => ({ id, task, perMille: 1000, surcharge: 0, since: 0 });
	expect(pricesInForce([price(3, 'chat'), price(1, 'chat'), price(2, 'grading')]).map(({ id }) => id)).toEqual([3, 2]);
});
