import { afterEach, beforeEach, expect, test } from 'vitest';
import { immediate } from '../../platform/database/openDatabase.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { type Allotment, HoldShare } from './HoldShare.ts';
import { LedgerStage, order } from './openLedger.test-support.ts';

let database: ReturnType<typeof temporaryDatabase>;
let stage: LedgerStage;
const signal = new AbortController().signal;
beforeEach(() => {
	database = temporaryDatabase();
	stage = new LedgerStage(database.db);
});
afterEach(() => {
	expect(stage.ledger.checkBooks()).toEqual([]);
	database.remove();
});

/** A share of a hold of so many of Ann's 1,000 tokens, at one token for one. */
function share(tokens: number): HoldShare {
	stage.ledger.reserve(order('job', tokens));
	const hold = stage.ledger.hold('job');
	if (!hold) throw new Error('there is no hold');
	return new HoldShare(stage.ledger, hold);
}

/** Charges what an answer has used, and gives back the rest. */
function finish(allotment: Allotment, chargeId: string, completionTokens: number): void {
	allotment.use({ promptTokens: 0, completionTokens });
	allotment.close(immediate(stage.db, (tx) => stage.ledger.charge('job', chargeId, allotment.used, tx)));
}

const paused = expect.objectContaining({ name: 'JobPaused', reason: expect.objectContaining({ code: 'INSUFFICIENT_TOKENS' }) });
const settledOf = (promise: Promise<unknown>) =>
	Promise.race([
		promise.then(
			() => 'done',
			() => 'failed',
		),
		new Promise((resolve) => setTimeout(resolve, 20, 'waiting')),
	]);

test('answers side by side take the most they may need, and what they give back is there for others', async () => {
	const shared = share(500);
	const [first, second] = [shared.open(), shared.open()];
	await first.reach({ most: 200, likely: 200, least: 50 }, signal);
	await second.reach({ most: 300, likely: 300, least: 50 }, signal);
	expect([first.left, second.left, stage.purses('ann')]).toEqual([200, 300, [500, 500]]);
	finish(first, 'a', 20);
	const third = shared.open();
	await third.reach({ most: 180, likely: 180, least: 50 }, signal);
	expect([third.left, stage.purses('ann')]).toEqual([180, [500, 480]]);
	finish(second, 'b', 300);
	finish(third, 'c', 1);
	expect(stage.purses('ann')).toEqual([500, 179]);
});

test('a hold that runs short grows as far as the balance does, and then an answer makes do with what is likely enough', async () => {
	const shared = share(100);
	const [first, second] = [shared.open(), shared.open()];
	await first.reach({ most: 700, likely: 700, least: 50 }, signal);
	expect([first.left, stage.purses('ann')]).toEqual([700, [300, 700]]);
	await second.reach({ most: 700, likely: 700, least: 50 }, signal);
	expect([second.left, stage.purses('ann')]).toEqual([300, [0, 1000]]);
});

test('a hold grows by what is likely alone, so that the balance is left to other work, and on as an answer gets longer', async () => {
	const shared = share(100);
	const [first, second] = [shared.open(), shared.open()];
	await first.reach({ most: 700, likely: 150, least: 50 }, signal);
	expect([first.left, stage.purses('ann')]).toEqual([150, [850, 150]]);
	expect([first.raise({ most: 700, likely: 300, least: 200 }), stage.purses('ann')]).toEqual([300, [700, 300]]);
	finish(first, 'a', 250);
	await second.reach({ most: 700, likely: 100, least: 50 }, signal);
	expect([second.left, stage.purses('ann')]).toEqual([100, [650, 100]]);
	expect([second.raise({ most: 5000, likely: 1000, least: 900 }), stage.purses('ann')]).toEqual([100, [650, 100]]);
});

test('who finds nothing left waits for what others give back, and a job that nobody can go on with pauses itself', async () => {
	const shared = share(1000);
	const [first, second, third] = [shared.open(), shared.open(), shared.open()];
	await first.reach({ most: 900, likely: 900, least: 900 }, signal);
	const waits = [second.reach({ most: 500, likely: 500, least: 200 }, signal), third.reach({ most: 900, likely: 900, least: 900 }, signal)];
	// They are looked at below, one after the other.
	for (const wait of waits) wait.catch(() => {});
	expect(await settledOf(Promise.any(waits))).toBe('waiting');
	finish(first, 'a', 300);
	await waits[0];
	expect(second.left).toBe(500);
	finish(second, 'b', 400);
	// What is left is what the account has, not what its hold has not taken yet.
	await expect(waits[1]).rejects.toMatchObject({ name: 'JobPaused', reason: { data: { needed: 900, available: 300 } } });
	third.close(0);
	expect(stage.purses('ann')).toEqual([0, 300]);
});

test('answers that all hold something and all want more do not wait for each other for ever', async () => {
	const shared = share(1000);
	const [first, second] = [shared.open(), shared.open()];
	await first.reach({ most: 500, likely: 500, least: 500 }, signal);
	await second.reach({ most: 500, likely: 500, least: 500 }, signal);
	const waiting = first.reach({ most: 800, likely: 800, least: 800 }, signal);
	await expect(second.reach({ most: 800, likely: 800, least: 800 }, signal)).rejects.toEqual(paused);
	second.close(0);
	await waiting;
	expect(first.left).toBe(800);
});

test('who waits is let go when the job is stopped', async () => {
	const shared = share(1000);
	const stop = new AbortController();
	const [first, second] = [shared.open(), shared.open()];
	await first.reach({ most: 1000, likely: 1000, least: 1000 }, signal);
	const waiting = second.reach({ most: 10, likely: 10, least: 10 }, stop.signal);
	stop.abort(new Error('stopped'));
	await expect(waiting).rejects.toThrow('stopped');
});

test('a try that was too short counts: the next one has what is left of what both cost together', async () => {
	stage.ledger.setPrice({ task: 'chat', perMille: 2000, surcharge: 20 });
	const shared = share(1000);
	const allotment = shared.open();
	await allotment.reach({ most: 100, likely: 100, least: 100 }, signal);
	expect([allotment.left, stage.purses('ann')]).toEqual([100, [0, 1000]]);
	allotment.use({ promptTokens: 40, completionTokens: 60 });
	expect(allotment.left).toBe(0);
	await allotment.reach({ most: 390, likely: 390, least: 300 }, signal);
	expect(allotment.left).toBe(390);
	allotment.use({ promptTokens: 40, completionTokens: 350 });
	const charged = immediate(stage.db, (tx) => stage.ledger.charge('job', 'a', allotment.used, tx));
	// The surcharge once, for both.
	expect([allotment.used, charged]).toEqual([{ promptTokens: 80, completionTokens: 410 }, 1000]);
	allotment.close(charged);
});
