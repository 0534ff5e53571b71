import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import type { StatementFilter, StatementLine } from '#contract/ledger.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { Books, move } from './books.ts';
import type { TokenUse } from './ledger.ts';
import { dayMs, LedgerStage, noon, openFile, order, used } from './openLedger.test-support.ts';

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

const settle = (requestId: string, usage: TokenUse | null) => immediate(stage.db, (tx) => stage.ledger.settle(requestId, usage, tx));
const charge = (requestId: string, chargeId: string, usage: TokenUse) => immediate(stage.db, (tx) => stage.ledger.charge(requestId, chargeId, usage, tx));
const all: StatementFilter = { from: null, until: null, task: null, modelId: null, kind: null };
const linesOf = (accountId: string, filter: Partial<StatementFilter> = {}) =>
	stage.ledger.statement(accountId, { ...all, ...filter, cursor: null, limit: 500 }).lines;
const refused = (code: string, data: object) => expect.objectContaining({ code, data });
const transfers = () => stage.db.$client.prepare<[], { n: number }>('select count(*) n from transfer').get()?.n;

test('everybody begins with 1,000 tokens, an administrator without a meter, and nobody who is not there', () => {
	const none = { reserved: 0, usedThisMonth: 0, allowance: null, nextFillAt: null };
	expect(stage.ledger.balance('ann')).toEqual({ ...none, available: 1000, isMetered: true });
	expect(stage.ledger.balance('owner')).toEqual({ ...none, available: 1000, isMetered: false });
	expect(() => stage.ledger.balance('eve')).toThrow(refused('NOT_FOUND', { what: 'account' }));
	stage.people.set('ann', { id: 'ann', name: 'Ann', role: 'admin' });
	expect(stage.restart().balance('ann').isMetered).toBe(true);
});

test('work is set aside, charged by what it used, and what is left goes back', () => {
	expect(stage.ledger.reserve(order('work', 600))).toEqual({ tokens: 600, price: expect.objectContaining({ task: 'chat', perMille: 1000 }) });
	expect(stage.purses('ann')).toEqual([400, 600]);
	expect(charge('work', 'a', used(100))).toBe(100);
	expect(charge('work', 'b', used(50))).toBe(50);
	expect(stage.ledger.balance('ann')).toMatchObject({ available: 400, reserved: 450, usedThisMonth: 150 });
	stage.ledger.grow('work', 'more', 200);
	expect(stage.purses('ann')).toEqual([200, 650]);
	expect(settle('work', used(250))).toEqual({ charged: 400, released: 400 });
	expect(stage.ledger.balance('ann')).toMatchObject({ available: 600, reserved: 0, usedThisMonth: 400 });
	expect(stage.ledger.hold('work')).toMatchObject({ left: 0, isOpen: false });
});

test('each task has its price: chat ×1, convert ×1.2 + 5, grading ×2 + 20, subtitles ×3 + 50', () => {
	const charged = (['chat', 'convert', 'grading', 'subtitles'] as const).map((task) => {
		stage.ledger.reserve(order(task, 5000, { task, accountId: 'owner' }));
		return [charge(task, 'one', used(101)), settle(task, used(7)).charged];
	});
	expect(charged).toEqual([
		[101, 108],
		[127, 141],
		[222, 256],
		[353, 424],
	]);
});

test('what used no model costs nothing and is no line of use', () => {
	stage.ledger.reserve(order('work', 100, { task: 'convert' }));
	expect([charge('work', 'a', used(0)), settle('work', used(0))]).toEqual([0, { charged: 0, released: 100 }]);
	expect([stage.purses('ann'), stage.ledger.use({ from: 0, until: noon + 1 })]).toEqual([[1000, 0], []]);
});

test('work that is put back pays for its tokens, and the surcharge is taken once, with what is done', () => {
	stage.ledger.setPrice({ task: 'chat', perMille: 1000, surcharge: 50 });
	stage.ledger.reserve(order('work', 900));
	const part = (id: string, tokens: number) => charge('work', id, { ...used(tokens), isPart: true });
	expect([part('a', 100), part('b', 0), charge('work', 'c', { ...used(0), repeat: 'surcharge', isPart: true })]).toEqual([100, 0, 0]);
	expect([charge('work', 'd', used(10)), charge('work', 'e', { ...used(0), repeat: 'surcharge' })]).toEqual([60, 50]);
	expect(stage.ledger.checkBooks()).toEqual([]);
});

test('a price that is changed is in force for what is reserved from then on, and earlier ones stay what they were', () => {
	stage.ledger.reserve(order('before', 300));
	stage.clock.now += 5;
	const prices = stage.ledger.setPrice({ task: 'chat', perMille: 1500, surcharge: 2 });
	expect(prices.map(({ task, perMille, surcharge, since }) => [task, perMille, surcharge, since])).toEqual([
		['chat', 1500, 2, noon + 5],
		['subtitles', 3000, 50, 0],
		['grading', 2000, 20, 0],
		['convert', 1200, 5, 0],
		['chat', 1000, 0, 0],
	]);
	expect(stage.ledger.setPrice({ task: 'chat', perMille: 1500, surcharge: 2 })).toEqual(prices);
	stage.ledger.reserve(order('after', 300));
	stage.restart();
	expect([settle('before', used(101)).charged, settle('after', used(101)).charged]).toEqual([101, 154]);
	for (const statement of ['update price set per_mille = 1', 'delete from price'])
		expect(() => stage.db.$client.exec(statement)).toThrow('price is only ever added to');
});

test('a balance that does not do is refused with what is needed and what there is; with `atLeast` it takes what there is', () => {
	expect(() => stage.ledger.reserve(order('work', 1001))).toThrow(refused('INSUFFICIENT_TOKENS', { needed: 1001, available: 1000 }));
	expect(() => stage.ledger.reserve(order('work', 5000, { atLeast: 1001 }))).toThrow(refused('INSUFFICIENT_TOKENS', { needed: 1001, available: 1000 }));
	expect([stage.ledger.hold('work'), stage.purses('ann')]).toEqual([null, [1000, 0]]);
	expect(stage.ledger.reserve(order('work', 5000, { atLeast: 10 })).tokens).toBe(1000);
	expect(() => stage.ledger.grow('work', 'more', 1)).toThrow(refused('INSUFFICIENT_TOKENS', { needed: 1, available: 0 }));
	expect(() => stage.ledger.reserve(order('other', 1))).toThrow(refused('INSUFFICIENT_TOKENS', { needed: 1, available: 0 }));
});

test('an unmetered account is refused nothing, its use is written down, and its balance stays', () => {
	stage.ledger.reserve(order('work', 1_000_000, { accountId: 'owner' }));
	stage.ledger.grow('work', 'more', 1_000_000);
	expect(settle('work', used(1_500_000))).toEqual({ charged: 1_500_000, released: 500_000 });
	expect(stage.ledger.balance('owner')).toMatchObject({ available: 1000, reserved: 0, usedThisMonth: 1_500_000 });
	stage.ledger.setAllowance('owner', { isMetered: true, allowance: null });
	expect(() => stage.ledger.reserve(order('next', 1001, { accountId: 'owner' }))).toThrow(refused('INSUFFICIENT_TOKENS', { needed: 1001, available: 1000 }));
});

test('tokens that an account got while it was metered go back there, whatever it is by then', () => {
	stage.ledger.reserve(order('metered', 400));
	stage.ledger.setAllowance('ann', { isMetered: false, allowance: null });
	stage.ledger.reserve(order('free', 400));
	stage.ledger.setAllowance('ann', { isMetered: true, allowance: null });
	stage.ledger.release('metered');
	stage.ledger.release('free');
	expect(stage.purses('ann')).toEqual([1000, 0]);
});

test('an administrator adds tokens and takes them away, never below zero, and for nobody who is not there', () => {
	expect(stage.ledger.topUp('ann', 'request 1', 500).available).toBe(1500);
	expect(stage.ledger.topUp('ann', 'request 2', -1500).available).toBe(0);
	expect(() => stage.ledger.topUp('ann', 'request 3', -1)).toThrow(refused('INSUFFICIENT_TOKENS', { needed: 1, available: 0 }));
	expect(() => stage.ledger.topUp('eve', 'request 4', 5)).toThrow(refused('NOT_FOUND', { what: 'account' }));
	expect(() => stage.ledger.setAllowance('eve', { isMetered: false, allowance: null })).toThrow(refused('NOT_FOUND', { what: 'account' }));
	expect(stage.ledger.balances().map(({ accountId, balance }) => [accountId, balance.available])).toEqual([
		['ann', 0],
		['bob', 1000],
		['owner', 1000],
	]);
});

test('L5 the same call any number of times, together or after a restart, has one effect and the same answer', () => {
	const acts: Record<string, () => unknown> = {
		reserve: () => stage.ledger.reserve(order('work', 500, { atLeast: 200 })).tokens,
		grow: () => stage.ledger.grow('work', 'more', 100),
		charge: () => charge('work', 'a', used(50)),
		settle: () => settle('work', used(30)),
		release: () => stage.ledger.release('work'),
		topUp: () => stage.ledger.topUp('ann', 'request 1', 77).available,
	};
	for (const [name, act] of Object.entries(acts)) {
		const first = act();
		const [before, written] = [stage.purses('ann'), transfers()];
		for (let times = 2; times <= 50; times++) {
			if (times % 10 === 0) stage.restart();
			expect([name, act()]).toEqual([name, first]);
		}
		expect([name, stage.purses('ann'), transfers()]).toEqual([name, before, written]);
	}
	// Also the first of them, long after the hold has ended.
	expect([acts.reserve?.(), acts.charge?.(), acts.grow?.()]).toEqual([500, 50, undefined]);
});

test('L5 the same key with anything else in it is IDEMPOTENCY_MISMATCH and has no effect', () => {
	const { ledger } = stage;
	ledger.reserve(order('work', 500, { atLeast: 200, subjectId: 's' }));
	ledger.grow('work', 'more', 100);
	charge('work', 'a', used(50));
	ledger.topUp('ann', 'request 1', 77);
	const same = order('work', 500, { atLeast: 200, subjectId: 's' });
	const others = [
		{ ...same, tokens: 501 },
		{ ...same, atLeast: 201 },
		order('work', 500, { subjectId: 's' }),
		{ ...same, accountId: 'bob' },
		{ ...same, task: 'grading' as const },
		{ ...same, modelId: 'm2' },
		{ ...same, subjectId: null },
	].map((other) => () => ledger.reserve(other));
	const written = transfers();
	const calls: (() => unknown)[] = [
		...others,
		() => ledger.grow('work', 'more', 101),
		() => charge('work', 'a', { promptTokens: 50, completionTokens: 0 }),
		() => ledger.topUp('ann', 'request 1', 78),
		() => ledger.topUp('bob', 'request 1', 77),
	];
	for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' }));
	settle('work', used(10));
	expect(() => settle('work', used(11))).toThrow(refused('IDEMPOTENCY_MISMATCH', { requestId: 'work' }));
	expect([transfers(), stage.purses('ann')]).toEqual([(written ?? 0) + 2, [1017, 0]]);
});

test('L6 a charge above what is left is a bug and changes nothing; so is one of a hold that has ended', () => {
	stage.ledger.reserve(order('work', 100));
	expect(() => settle('work', used(101))).toThrow('a charge of 101 is more than the 100 tokens left of the hold work');
	charge('work', 'a', used(60));
	expect(() => charge('work', 'b', used(41))).toThrow('more than the 40 tokens left');
	expect(stage.purses('ann')).toEqual([900, 40]);
	settle('work', used(40));
	for (const late of [() => charge('work', 'b', used(1)), () => stage.ledger.grow('work', 'more', 1)]) expect(late).toThrow('the hold work has ended');
	expect(() => stage.ledger.release('never made')).toThrow('there is no hold never made');
	expect(stage.purses('ann')).toEqual([900, 0]);
});

test('L7 of 100 reserves of the whole balance one succeeds, and the balance never goes below 0', async () => {
	const outcomes = await Promise.all(
		Array.from({ length: 100 }, async (_, n) => {
			await new Promise(setImmediate);
			try {
				stage.ledger.reserve(order(`work ${n}`, 1000));
				return 'reserved';
			} catch (error) {
				expect(error).toEqual(refused('INSUFFICIENT_TOKENS', { needed: 1000, available: 0 }));
				return 'refused';
			}
		}),
	);
	expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(1);
	expect(stage.purses('ann')).toEqual([0, 1000]);
	const books = new Books(stage.db.$client, () => {});
	const overdraw = () => books.write({ requestKey: 'x', kind: 'topUp', holderId: 'ann', tokens: -1, at: 0 }, move(-1, 'issue', 'available:ann'));
	expect(() => immediate(stage.db, overdraw)).toThrow('CHECK constraint failed: purse_balance');
});

test('L8 at a start what dead work has set aside goes back once, with a record of each, and what lives keeps it', () => {
	const ids = ['dead 1', 'alive', 'dead 2', 'dead 3', 'ended'];
	for (const id of ids) stage.ledger.reserve(order(id, 100, id === 'dead 3' ? { accountId: 'bob' } : {}));
	charge('dead 2', 'a', used(30));
	stage.ledger.release('ended');
	for (let start = 1; start <= 3; start++) {
		stage.restart().recover(({ id }) => id === 'alive');
		expect([stage.purses('ann'), stage.purses('bob')]).toEqual([
			[870, 100],
			[1000, 0],
		]);
		expect(stage.records.map(({ act, subject, origin, accountId, result }) => [act, subject, origin, accountId, result])).toEqual(
			['ann', 'ann', 'bob'].map((account) => ['recovered', account, 'app', null, 'ok']),
		);
	}
	expect(stage.log).toEqual([]);
});

test('a hold that was begun unmetered does not grow once the account is metered', () => {
	const { ledger } = stage;
	ledger.setAllowance('ann', { isMetered: false, allowance: null });
	ledger.reserve(order('work', 100));
	ledger.grow('work', 'before', 50);
	ledger.setAllowance('ann', { isMetered: true, allowance: null });
	expect(() => ledger.grow('work', 'after', 50)).toThrow(expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed: 50, available: 1000 } }));
	expect([ledger.hold('work')?.left, stage.purses('ann')]).toEqual([150, [1000, 150]]);
});

test('a start says what is not right in the books', () => {
	stage.ledger.reserve(order('work', 100));
	stage.db.$client.exec("update purse set balance = balance + 5 where id = 'available:ann'");
	stage.restart().recover(() => true);
	expect(stage.log.join()).toContain('the books of the ledger do not balance');
	expect(stage.ledger.checkBooks()).toEqual(['all balances together are not 0: 5', 'a balance is not the sum of its entries: available:ann']);
	stage.db.$client.exec("update purse set balance = balance - 5 where id = 'available:ann'; update hold set reserved = 101");
	expect(stage.ledger.checkBooks()).toEqual([
		'a hold is not what its transfers say: work',
		'what an account has set aside is not what its holds have left: reserved:ann',
	]);
	stage.db.$client.exec('update hold set reserved = 100');
});

test('what was written is never changed, and a transfer that does not balance is not written', () => {
	stage.ledger.reserve(order('work', 100));
	for (const table of ['transfer', 'entry'])
		for (const statement of [`update ${table} set tokens = 1`, `delete from ${table}`])
			expect(() => stage.db.$client.exec(statement)).toThrow(`${table} is only ever added to`);
	const replaced = "insert or replace into transfer (id, request_key, kind, holder_id, tokens, at) values (1, 'start:ann', 'start', 'ann', 7, 0)";
	expect(() => stage.db.$client.exec(replaced)).toThrow('transfer is only ever added to');
	for (const table of ['purse', 'hold']) expect(() => stage.db.$client.exec(`delete from ${table}`)).toThrow(`${table} is only ever added to`);
	const books = new Books(stage.db.$client, () => {});
	const [from, to] = move(5, 'issue', 'available:ann');
	for (const legs of [[from, { ...to, tokens: 6 }] as const, move(4, 'issue', 'available:ann'), move(0.5, 'issue', 'available:ann')])
		expect(() => books.write({ requestKey: 'x', kind: 'topUp', holderId: 'ann', tokens: 5, at: 0 }, [...legs])).toThrow('does not balance');
});

test('what is written in a transaction that is undone was never written', () => {
	const undone = () =>
		immediate(stage.db, (tx) => {
			stage.ledger.reserve(order('work', 100), tx);
			stage.ledger.charge('work', 'a', used(10), tx);
			stage.ledger.settle('work', null, tx);
			throw failure('NO_MODEL', {});
		});
	expect(undone).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	expect([stage.ledger.hold('work'), stage.purses('ann')]).toEqual([null, [1000, 0]]);
});

/** What metered lines come to must be what the account has. */
function reconcile(accountId: string, lines: readonly StatementLine[]): void {
	const metered = lines.filter(({ isMetered }) => isMetered);
	const [available, reserved] = stage.purses(accountId);
	expect(metered.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(available + metered.reduce((sum, line) => sum + line.reserved, 0));
	expect(lines.reduce((sum, line) => sum + line.reserved, 0)).toBe(reserved);
}

test('a statement has a line for each grant and each piece of work, newest first, and comes to the balance', () => {
	stage.ledger.setAllowance('ann', { isMetered: true, allowance: { tokens: 1200, period: 'day' } });
	stage.ledger.balance('ann');
	stage.clock.now += 1;
	stage.ledger.reserve(order('class', 500, { task: 'grading', subjectId: 'assignment', modelId: 'm2', modelName: '=Big' }));
	charge('class', '0', used(30));
	charge('class', '1', used(40));
	stage.clock.now += 1;
	stage.ledger.topUp('ann', 'taken away', -10);
	stage.clock.now += 1;
	stage.ledger.reserve(order('chat', 100));
	settle('chat', used(25));
	const nothing = { reserved: 0, isMetered: true, task: null, modelName: null, subjectId: null, promptTokens: 0, completionTokens: 0, charges: 0, note: null };
	const lines = linesOf('ann');
	expect(lines).toEqual([
		{ id: 'chat', at: noon + 3, kind: 'work', tokens: -25, ...nothing, task: 'chat', modelName: 'Tiny', promptTokens: 8, completionTokens: 17, charges: 1 },
		{ id: expect.any(String), at: noon + 2, kind: 'topUp', tokens: -10, ...nothing },
		{
			...{ id: 'class', at: noon + 1, kind: 'work', tokens: -180, reserved: 320, isMetered: true, task: 'grading', modelName: '=Big' },
			...{ subjectId: 'assignment', promptTokens: 23, completionTokens: 47, charges: 2, note: null },
		},
		{ id: expect.any(String), at: noon, kind: 'allowance', tokens: 200, ...nothing },
		{ id: expect.any(String), at: noon, kind: 'start', tokens: 1000, ...nothing },
	]);
	reconcile('ann', lines);
	const kinds = (filter: Partial<StatementFilter>) => linesOf('ann', filter).map(({ kind, task }) => task ?? kind);
	expect(kinds({ kind: 'grants' })).toEqual(['topUp', 'allowance', 'start']);
	expect(kinds({ kind: 'work' })).toEqual(['chat', 'grading']);
	expect(kinds({ task: 'grading' })).toEqual(['grading']);
	expect(kinds({ modelId: 'm1' })).toEqual(['chat']);
	expect(kinds({ from: noon + 1, until: noon + 3 })).toEqual(['topUp', 'grading']);
	expect(linesOf('bob')).toEqual([]);

	const { fileName, text } = stage.ledger.exportStatement('ann', { ...all, kind: 'work' });
	expect([fileName, text.charCodeAt(0)]).toEqual(['Token statement.csv', 0xfeff]);
	expect(parse(text, { bom: true })).toEqual([
		['time', 'kind', 'tokens', 'set_aside', 'metered', 'task', 'model', 'charges', 'prompt_tokens', 'completion_tokens', 'note', 'id'],
		['2026-11-18 12:00:00', 'work', '-25', '0', 'yes', 'chat', 'Tiny', '1', '8', '17', '', 'chat'],
		['2026-11-18 12:00:00', 'work', '-180', '320', 'yes', 'grading', "'=Big", '2', '23', '47', '', 'class'],
	]);
});

test('a statement says why work cost nothing, or little', () => {
	for (const id of ['free', 'surcharge', 'full', 'left', 'running', 'class', 'same class']) stage.ledger.reserve(order(id, 100));
	settle('free', { ...used(0), repeat: 'free' });
	settle('surcharge', { ...used(0), repeat: 'surcharge' });
	settle('full', { ...used(25), repeat: 'full' });
	settle('left', null);
	for (const id of ['class', 'same class']) charge(id, 'a', { ...used(20), repeat: 'full' });
	charge('class', 'b', used(20));
	settle('class', null);
	settle('same class', { ...used(0), repeat: 'free' });
	const notes = Object.fromEntries(linesOf('ann', { kind: 'work' }).map(({ id, note }) => [id, note]));
	expect(notes).toEqual({
		...{ free: 'repeated', surcharge: 'repeated', full: 'repeated', left: 'unused', running: null },
		...{ class: 'partlyRepeated', 'same class': 'repeated' },
	});
	settle('free', { ...used(0), repeat: 'free' });
	expect([stage.ledger.checkBooks(), linesOf('ann', { kind: 'work' }).find(({ id }) => id === 'free')?.note]).toEqual([[], 'repeated']);
});

test('the pages of a statement are the whole of it, however many lines stand at one instant', () => {
	stage.ledger.balance('ann');
	for (let n = 0; n < 23; n++) {
		if (n % 7 === 0) stage.clock.now += 1;
		if (n % 3 === 0) stage.ledger.topUp('ann', `request ${n}`, n + 1);
		else stage.ledger.reserve(order(`work ${n}`, 2));
	}
	const whole = linesOf('ann');
	expect([whole.length, whole.map(({ at }) => at)]).toEqual([24, whole.map(({ at }) => at).toSorted((a, b) => b - a)]);
	reconcile('ann', whole);
	for (const limit of [1, 2, 5, 23, 24, 100]) {
		const lines: StatementLine[] = [];
		let cursor: string | null = null;
		do {
			const page = stage.ledger.statement('ann', { ...all, cursor, limit });
			lines.push(...page.lines);
			cursor = page.cursor;
		} while (cursor !== null);
		expect(lines).toEqual(whole);
	}
	for (const cursor of ['', 'x', '1.work', '1.grant.x', `${'9'.repeat(30)}.work.1`])
		expect(() => stage.ledger.statement('ann', { ...all, cursor, limit: 5 })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

test('use is told by account, model, task and local day; that of deleted accounts stays, without a name', () => {
	const work = (id: string, accountId: string, tokens: number, more: Partial<Parameters<typeof order>[2]> = {}) => {
		stage.ledger.reserve(order(id, 500, { accountId, ...more }));
		settle(id, used(tokens));
	};
	work('1', 'ann', 30);
	work('2', 'ann', 12);
	work('3', 'bob', 9, { modelId: 'm2', modelName: 'Big' });
	work('4', 'owner', 9, { modelId: 'm2', modelName: 'Big' });
	stage.clock.now += dayMs;
	work('5', 'ann', 1, { task: 'grading' });
	stage.people.delete('bob');
	stage.people.delete('owner');
	const rows = stage.ledger.use({ from: noon - dayMs, until: noon + 2 * dayMs });
	const ann = { accountId: 'ann', modelId: 'm1', modelName: 'Tiny' };
	expect(rows).toEqual([
		{ ...ann, task: 'grading', day: '2026-11-19', tokens: 22, promptTokens: 0, completionTokens: 1, requests: 1 },
		{ ...ann, task: 'chat', day: '2026-11-18', tokens: 42, promptTokens: 14, completionTokens: 28, requests: 2 },
		{ accountId: null, modelId: 'm2', modelName: 'Big', task: 'chat', day: '2026-11-18', tokens: 18, promptTokens: 6, completionTokens: 12, requests: 2 },
	]);
	expect(stage.ledger.use({ from: noon + 1, until: noon + dayMs })).toEqual([]);
	expect(parse(stage.ledger.exportUse({ from: noon, until: noon + 1 }).text, { bom: true })).toEqual([
		['day', 'account', 'task', 'model', 'tokens', 'requests', 'prompt_tokens', 'completion_tokens', 'account_id', 'model_id'],
		['2026-11-18', 'name of ann', 'chat', 'Tiny', '42', '2', '14', '28', 'ann', 'm1'],
		['2026-11-18', '', 'chat', 'Big', '18', '2', '6', '12', '', 'm2'],
	]);
});

test('a watch tells the balance and prices now, after each change of the account and of a price, and of nothing else', async () => {
	const leave = new AbortController();
	const watched = stage.ledger.watch('ann', leave.signal);
	const next = async () => {
		const { value } = await watched.next();
		return value && [value.balance.available, value.balance.reserved, value.prices.find(({ task }) => task === 'chat')?.perMille];
	};
	expect(await next()).toEqual([1000, 0, 1000]);
	// The start grant was a change.
	expect(await next()).toEqual([1000, 0, 1000]);
	let told = false;
	const after = next().finally(() => {
		told = true;
	});
	stage.ledger.balance('bob');
	immediate(stage.db, (tx) => {
		stage.ledger.reserve(order('b', 5, { accountId: 'bob' }), tx);
	});
	for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
	expect(told).toBe(false);
	stage.ledger.reserve(order('a', 300));
	expect(await after).toEqual([700, 300, 1000]);
	stage.ledger.setPrice({ task: 'chat', perMille: 2000, surcharge: 0 });
	expect(await next()).toEqual([700, 300, 2000]);
	leave.abort();
	expect(await next()).toBe(undefined);
});

test('books that were closed and opened again are the same', () => {
	stage.ledger.reserve(order('work', 300));
	stage.ledger.setPrice({ task: 'chat', perMille: 10, surcharge: 1 });
	const { file } = database;
	const again = openFile(file);
	const other = new LedgerStage(again.db);
	expect([other.purses('ann'), other.ledger.price('chat').perMille, other.ledger.hold('work')?.price.perMille]).toEqual([[700, 300], 10, 1000]);
	again.close();
});
