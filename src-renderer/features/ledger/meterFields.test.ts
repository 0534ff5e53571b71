import { expect, test } from 'vitest';
import type { Balance } from '#contract/ledger.ts';
import { fieldsOfMeter, isOtherMeter, readMeter } from './meterFields.ts';

const balance: Balance = { available: 300, reserved: 0, usedThisMonth: 700, isMetered: true, allowance: { tokens: 1000, period: 'week' }, nextFillAt: 1 };
const fields = fieldsOfMeter(balance);

test('shows an account as it stands, which orders nothing', () => {
	const { order } = readMeter(fields, balance);
	expect(order).toEqual({ meter: { isMetered: true, allowance: { tokens: 1000, period: 'week' } }, given: 0, after: 300 });
	expect(order && isOtherMeter(order, balance)).toBe(false);
});

test('reads what is given and taken away, and takes no more than there is', () => {
	const given = (typed: string) => {
		const { order, wrong } = readMeter({ ...fields, given: typed }, balance);
		return order?.after ?? wrong;
	};
	expect(['50', '+1,000', '1 000', '-300', '−300', '-301', '1.5', 'many', '1000000001'].map(given)).toEqual([
		350,
		1300,
		1300,
		0,
		0,
		['given'],
		['given'],
		['given'],
		['given'],
	]);
});

test('fills a new allowance up at once', () => {
	const filled = readMeter({ ...fields, allowance: '2000', given: '-500' }, balance).order;
	expect(filled).toEqual({ meter: { isMetered: true, allowance: { tokens: 2000, period: 'week' } }, given: -500, after: 1500 });
	expect(filled && isOtherMeter(filled, balance)).toBe(true);
	expect(readMeter({ ...fields, allowance: '' }, balance)).toEqual({ order: null, wrong: ['allowance'] });
	expect(readMeter({ ...fields, period: 'none', allowance: '' }, balance).order?.meter).toEqual({ isMetered: true, allowance: null });
});

test('an account that is not metered has no allowance and is given nothing', () => {
	const { order } = readMeter({ ...fields, isMetered: false, given: '-9999' }, balance);
	expect(order).toMatchObject({ meter: { isMetered: false, allowance: null }, given: 0 });
	expect(order && [balance, { ...balance, isMetered: false }].map((before) => isOtherMeter(order, before))).toEqual([true, false]);
});
