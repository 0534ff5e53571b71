import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import type { Ledger } from './ledger.ts';
import { DatabaseCopies, dayMs, LedgerStage, noon, order, used } from './openLedger.test-support.ts';
import { type Act, type Answer, PlainLedger } from './PlainLedger.test-support.ts';

const soak = process.env.HOMEROOM_SOAK !== undefined;
const runs = soak ? 10_000 : 200;
const mostActs = soak ? 500 : 60;
const accounts = ['ann', 'bob', 'owner'];

const account = fc.constantFrom(...accounts);
const hold = fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5', 'h6');
const id = fc.constantFrom('a', 'b', 'c');
const task = fc.constantFrom('chat', 'grading', 'subtitles');
const amount = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2500 }));
const small = fc.integer({ min: 0, max: 120 });
const allowance = fc.option(fc.record({ tokens: amount, period: fc.constantFrom('day' as const, 'week' as const, 'month' as const) }));
const atLeast = fc.double({ min: 0, max: 1, noNaN: true });

const look = account.map((name) => ({ kind: 'look' as const, account: name }));
const topUp = fc.record({ kind: fc.constant('topUp' as const), account, id, tokens: fc.integer({ min: -900, max: 900 }) });
const setAllowance = fc.record({ kind: fc.constant('setAllowance' as const), account, isMetered: fc.boolean(), allowance });
const reserve = fc
	.record({ kind: fc.constant('reserve' as const), account, hold, task, tokens: amount, atLeast })
	.map((drawn) => ({ ...drawn, atLeast: drawn.atLeast > 0.7 ? drawn.tokens : Math.floor(drawn.tokens * drawn.atLeast) }));
const grow = fc.record({ kind: fc.constant('grow' as const), hold, id, tokens: amount });
const charge = fc.record({ kind: fc.constant('charge' as const), hold, id, used: small });
const settle = fc.record({ kind: fc.constant('settle' as const), hold, used: fc.option(small) });
const price = { perMille: fc.integer({ min: 0, max: 4000 }), surcharge: fc.integer({ min: 0, max: 60 }) };
const setPrice = fc.record({ kind: fc.constant('setPrice' as const), task, ...price });
const clock = fc
	.constantFrom(-dayMs, dayMs, dayMs, 7 * dayMs, 3_600_000, -400 * dayMs, 400 * dayMs, 3650 * dayMs)
	.map((ms) => ({ kind: 'clock' as const, ms }));
const restart = fc.constant({ kind: 'restart' as const });

/** Each as often as it stands here. Their ids are few, so that many repeat an earlier act or differ from it in one thing. */
const acts: fc.Arbitrary<Act>[] = [look, topUp, setAllowance, reserve, reserve, reserve, grow, charge, charge, charge, settle, setPrice, clock, restart];

class Real {
	readonly stage: LedgerStage;

	constructor(stage: LedgerStage) {
		this.stage = stage;
	}

	step(act: Act): Answer {
		try {
			return { value: this.#do(act, this.stage.ledger) ?? null };
		} catch (error) {
			// What is no failure is a bug of the caller: it asked for what is not there, or for more than is left.
			return { refused: isFailure(error) ? error.code : 'bug' };
		}
	}

	#do(act: Act, ledger: Ledger): unknown {
		const { stage } = this;
		switch (act.kind) {
			case 'look':
				return stage.purses(act.account);
			case 'topUp':
				return pursesOf(ledger.topUp(act.account, act.id, act.tokens));
			case 'setAllowance':
				return pursesOf(ledger.setAllowance(act.account, act));
			case 'reserve': {
				const { tokens, ...more } = { ...act, accountId: act.account };
				return ledger.reserve(order(act.hold, tokens, { accountId: more.accountId, task: more.task, atLeast: more.atLeast })).tokens;
			}
			case 'grow':
				return ledger.grow(act.hold, act.id, act.tokens);
			case 'charge':
				return immediate(stage.db, (tx) => ledger.charge(act.hold, act.id, used(act.used), tx));
			case 'settle': {
				const { charged, released } = immediate(stage.db, (tx) => ledger.settle(act.hold, act.used === null ? null : used(act.used), tx));
				return [charged, released];
			}
			case 'setPrice':
				ledger.setPrice(act);
				return null;
			case 'clock':
				stage.clock.now += act.ms;
				return null;
			case 'restart':
				stage.restart();
				return null;
		}
	}

	/** The purses as they lie in the database; looking through the ledger would give what is due. */
	purses(): Record<string, [number, number, number]> {
		const rows = this.stage.db.$client.prepare<[], { id: string; balance: number }>('select id, balance from purse').all();
		const balances = new Map(rows.map(({ id: purseId, balance }) => [purseId, balance]));
		const of = (name: string) => (['available', 'reserved', 'spent'] as const).map((kind) => balances.get(`${kind}:${name}`) ?? 0);
		const seen = accounts.filter((name) => balances.has(`spent:${name}`));
		// Three kinds give three numbers.
		return Object.fromEntries(seen.map((name) => [name, of(name) as [number, number, number]]));
	}
}

function pursesOf({ available, reserved }: { available: number; reserved: number }): [number, number] {
	return [available, reserved];
}

const counted = { all: 0, refused: 0 };

class Step implements fc.Command<PlainLedger, Real> {
	readonly act: Act;
	constructor(act: Act) {
		this.act = act;
	}
	check = () => true;
	run(model: PlainLedger, real: Real): void {
		const expected = model.step(this.act);
		expect(real.step(this.act)).toEqual(expected);
		expect(real.purses()).toEqual(Object.fromEntries(Object.entries(model.accounts).map(([name, one]) => [name, [one.available, one.reserved, one.spent]])));
		counted.all += 1;
		if ('refused' in expected) counted.refused += 1;
	}
	toString = () => JSON.stringify(this.act);
}

test(`L9 after every act of ${runs} random sequences the ledger is what a plain model says, and its books balance`, { timeout: 36_000_000 }, () => {
	const copies = new DatabaseCopies();
	const commands = fc.commands(
		acts.map((act) => act.map((drawn) => new Step(drawn))),
		{ maxCommands: mostActs, size: 'max' },
	);
	fc.assert(
		fc.property(commands, (chosen) => {
			const database = copies.next();
			try {
				const real = new Real(new LedgerStage(database.db));
				fc.modelRun(() => ({ model: new PlainLedger(noon, ['owner']), real }), chosen);
				expect(real.stage.ledger.checkBooks()).toEqual([]);
			} finally {
				database.remove();
			}
		}),
		{ numRuns: runs },
	);
	copies.remove();
	// A generator of which the ledger refuses little would not try its limits.
	expect(counted.refused / counted.all).toBeGreaterThanOrEqual(0.2);
	expect(counted.all).toBeGreaterThan(runs * 5);
});
