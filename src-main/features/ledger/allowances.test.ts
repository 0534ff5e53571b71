import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Allowance } from '#contract/ledger.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { localDate, nextBegin, periodBegin } from './allowances.ts';
import { dayMs, LedgerStage, order, used } from './openLedger.test-support.ts';

let database: ReturnType<typeof temporaryDatabase>;
let stage: LedgerStage;
beforeEach(() => {
	database = temporaryDatabase();
	stage = new LedgerStage(database.db);
});
afterEach(() => {
	expect(stage.ledger.checkBooks()).toEqual([]);
	database.remove();
});

/** Gives Ann an allowance, from a balance of `available`. */
function allow(tokens: number, period: Allowance['period'], available = 0): void {
	stage.ledger.topUp('ann', `to ${available}`, available - stage.ledger.balance('ann').available);
	stage.ledger.setAllowance('ann', { isMetered: true, allowance: { tokens, period } });
}

test('a day begins at midnight, a week on Monday, a month on the first, and so does what follows it', () => {
	const table = [
		[2026, 10, 18, 'Wednesday'],
		[2026, 10, 16, 'Monday'],
		[2026, 10, 15, 'Sunday'],
		[2026, 11, 31, 'the last day of a year'],
		[2028, 1, 29, 'a leap day'],
	] as const;
	const read = table.map(([year, month, day, name]) => {
		const at = new Date(year, month, day, 23, 59, 59, 999).getTime();
		const begins = (['day', 'week', 'month'] as const).map((period) => {
			const begin = periodBegin(period, at);
			expect(begin.getTime()).toBeLessThanOrEqual(at);
			expect(nextBegin(period, begin).getTime()).toBeGreaterThan(at);
			return `${localDate(begin)} to ${localDate(nextBegin(period, begin))}`;
		});
		return [name, ...begins];
	});
	expect(read).toEqual([
		['Wednesday', '2026-11-18 to 2026-11-19', '2026-11-16 to 2026-11-23', '2026-11-01 to 2026-12-01'],
		['Monday', '2026-11-16 to 2026-11-17', '2026-11-16 to 2026-11-23', '2026-11-01 to 2026-12-01'],
		['Sunday', '2026-11-15 to 2026-11-16', '2026-11-09 to 2026-11-16', '2026-11-01 to 2026-12-01'],
		['the last day of a year', '2026-12-31 to 2027-01-01', '2026-12-28 to 2027-01-04', '2026-12-01 to 2027-01-01'],
		['a leap day', '2028-02-29 to 2028-03-01', '2028-02-28 to 2028-03-06', '2028-02-01 to 2028-03-01'],
	]);
});

test('an account is filled up once a period, to what it has available and set aside together, and never loses anything', () => {
	allow(500, 'day', 120);
	expect(stage.purses('ann')).toEqual([500, 0]);
	stage.ledger.reserve(order('work', 400));
	expect(stage.purses('ann')).toEqual([100, 400]);
	stage.clock.now += dayMs;
	expect(stage.purses('ann')).toEqual([100, 400]);
	stage.ledger.release('work');
	stage.ledger.topUp('ann', 'a present', 1000);
	stage.clock.now += dayMs;
	expect(stage.purses('ann')).toEqual([1500, 0]);
});

test('what unmetered work has set aside takes nothing from the allowance', () => {
	stage.ledger.topUp('ann', 'all of it goes', -stage.ledger.balance('ann').available);
	stage.ledger.setAllowance('ann', { isMetered: false, allowance: null });
	stage.ledger.reserve(order('work', 100_000));
	stage.ledger.setAllowance('ann', { isMetered: true, allowance: { tokens: 5000, period: 'month' } });
	stage.ledger.release('work');
	expect(stage.purses('ann')).toEqual([5000, 0]);
});

test('what was full at the begin of a period is not filled later in it', () => {
	allow(500, 'day', 500);
	stage.ledger.reserve(order('work', 300));
	database.db.transaction((tx) => stage.ledger.settle('work', used(300), tx));
	expect(stage.purses('ann')).toEqual([200, 0]);
	stage.clock.now += dayMs;
	expect(stage.purses('ann')).toEqual([500, 0]);
});

test('after days without use only the present one is given, and a reservation finds it', () => {
	allow(300, 'day');
	stage.ledger.topUp('ann', 'all of it goes', -300);
	stage.clock.now += 9 * dayMs;
	stage.ledger.reserve(order('work', 300));
	expect(stage.purses('ann')).toEqual([0, 300]);
	const grants = stage.ledger.statement('ann', { from: null, until: null, task: null, modelId: null, kind: 'grants', cursor: null, limit: 100 });
	expect(grants.lines.filter(({ kind }) => kind === 'allowance').map(({ tokens }) => tokens)).toEqual([300, 300]);
});

test.each(['day', 'week', 'month'] as const)(
	'a clock that is set back gives no %s again, nor one that is a little earlier, until time has gone on',
	(period) => {
		allow(300, period);
		const spend = (id: string) => stage.ledger.topUp('ann', `taken ${id}`, -stage.ledger.balance('ann').available);
		spend('first');
		const periodDays = { day: 1, week: 7, month: 28 }[period];
		for (const days of [-1, -periodDays, -2 * periodDays]) {
			stage.clock.now += days * dayMs;
			expect(stage.purses('ann')).toEqual([0, 0]);
			stage.clock.now -= days * dayMs;
			expect(stage.purses('ann')).toEqual([0, 0]);
		}
		const { nextFillAt } = stage.ledger.balance('ann');
		stage.clock.now -= 2 * periodDays * dayMs;
		expect(stage.ledger.balance('ann').nextFillAt).toBe(nextFillAt);
		stage.clock.now = nextFillAt ?? 0;
		expect(stage.purses('ann')).toEqual([300, 0]);
		stage.clock.now -= 1;
		spend('second');
		expect(stage.purses('ann')).toEqual([0, 0]);
	},
);

test.each(['day', 'week', 'month'] as const)('a clock that was wrong by years once keeps nobody from each %s, and brings none a second time', (period) => {
	allow(300, period);
	const right = stage.clock.now;
	stage.clock.now = new Date(2036, 0, 1, 12).getTime();
	const spend = () => stage.ledger.topUp('ann', `taken ${Math.random()}`, -stage.ledger.balance('ann').available);
	spend();
	stage.clock.now = right;
	expect(stage.purses('ann')).toEqual([0, 0]);
	const { nextFillAt } = stage.ledger.balance('ann');
	expect(nextFillAt).toBe(nextBegin(period, periodBegin(period, right)).getTime());
	stage.clock.now = nextFillAt ?? 0;
	expect(stage.purses('ann')).toEqual([300, 0]);
	spend();
	stage.clock.now = new Date(2036, 0, 1, 13).getTime();
	expect(stage.purses('ann')).toEqual([0, 0]);
});

test('an allowance begins with the present period, and one that is taken away and given again is no second one', () => {
	allow(300, 'week');
	expect(stage.purses('ann')).toEqual([300, 0]);
	stage.ledger.topUp('ann', 'some of it goes', -200);
	const set = (allowance: Allowance | null) => stage.ledger.setAllowance('ann', { isMetered: true, allowance });
	expect(set(null)).toMatchObject({ available: 100, allowance: null, nextFillAt: null });
	expect(set({ tokens: 300, period: 'week' }).available).toBe(100);
	expect(set({ tokens: 900, period: 'week' }).available).toBe(100);
	expect(set({ tokens: 250, period: 'day' }).available).toBe(250);
	stage.clock.now += 7 * dayMs;
	expect(set({ tokens: 900, period: 'week' }).available).toBe(900);
});
