import { expect, test } from 'vitest';
import type { Balance } from '#contract/ledger.ts';
import { isLow, shortLeft } from './balanceWords.ts';

const figures = { number: (value: number) => value.toLocaleString('en'), count: (value: number) => `about ${value}` };

function balance(available: number, tokens: number | null = null, isMetered = true): Pick<Balance, 'available' | 'reserved' | 'isMetered' | 'allowance'> {
	return { available, reserved: 0, isMetered, allowance: tokens === null ? null : { tokens, period: 'week' } };
}

test('calls a balance low under 200 tokens or a tenth of its allowance, and one that is not metered never', () => {
	expect([balance(199), balance(200), balance(999, 10_000), balance(1000, 10_000), balance(150, 100), balance(0, null, false)].map(isLow)).toEqual([
		true,
		false,
		true,
		false,
		true,
		false,
	]);
});

test('says what is left in few figures, and nothing where nothing is measured', () => {
	expect([balance(99_999), balance(100_000), balance(5, null, false)].map((each) => shortLeft(each, figures))).toEqual(['99,999', 'about 100000', null]);
});

test('counts what is set aside for running work as left, so that an answer being written is no alarm', () => {
	const running = { ...balance(0), reserved: 1000 };
	expect([isLow(running), shortLeft(running, figures)]).toEqual([false, '1,000']);
});
