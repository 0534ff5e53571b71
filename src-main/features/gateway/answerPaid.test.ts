import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { type Asked, ScriptedModels, usageOf } from '../engine/ScriptedModels.test-support.ts';
import { LedgerStage, order } from '../ledger/openLedger.test-support.ts';
import { AnswerPlaces } from './AnswerPlaces.ts';
import { type AnswerOrder, answerPaid, type PaidPiece } from './answerPaid.ts';
import { Payments } from './Payments.ts';
import { PromptLengths } from './PromptLengths.ts';

const ann = { accountId: 'ann', role: 'user', sessionId: null, key: null } as const;
const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 };
const asked: AnswerOrder = {
	...{ model: { id: 'm1', name: 'Tiny', addedAt: 0, defaults: null }, turns: [{ role: 'user', content: 'Why are there tides?' }] },
	...{ sampling, maxTokens: 8, stop: [], logProbabilities: false },
};
/** The prompt of the scripted models, and what is asked for at most. */
const whole = 10 + asked.maxTokens;

let database: ReturnType<typeof temporaryDatabase>;
let stage: LedgerStage;
let models: ScriptedModels;
let loads: number;
let tools: Parameters<typeof answerPaid>[0];
beforeEach(() => {
	database = temporaryDatabase();
	stage = new LedgerStage(database.db);
	loads = 0;
	const ensureRunning = () => {
		loads++;
		return Promise.resolve() as never;
	};
	models = Object.assign(new ScriptedModels(), { ensureRunning });
	models.answer = answerWithin;
	const { ledger } = stage;
	const keys = { standing: () => null, use: () => {} };
	const payments = new Payments({ db: database.db, ledger, keys, log: pino({ level: 'silent' }) });
	tools = { models, ledger, payments, places: new AnswerPlaces(() => 100), promptLengths: new PromptLengths() };
});
afterEach(() => {
	tools.payments.close();
	expect(stage.ledger.checkBooks()).toEqual([]);
	database.remove();
});

/** As an engine does: a budget that leaves no room beside the prompt is refused, with what that needs. */
function answerWithin(question: Asked): void {
	const { tokenBudget = 0, raiseBudget } = question.request;
	const isPaid = tokenBudget >= whole || (raiseBudget?.(whole) ?? 0) >= whole;
	if (isPaid) question.say('words', asked.maxTokens).end('length', asked.maxTokens);
	else question.fail(failure('INSUFFICIENT_TOKENS', { needed: 11, available: tokenBudget }));
}

async function answer(): Promise<Extract<PaidPiece, { type: 'end' }>> {
	for await (const piece of answerPaid(tools, ann, asked, new AbortController().signal)) if (piece.type === 'end') return piece;
	throw new Error('no end');
}
const everything = { from: null, until: null, task: null, modelId: null, cursor: null, limit: 10 } as const;
const has = (tokens: number) => stage.ledger.topUp('ann', `to ${tokens}`, tokens - stage.ledger.balance('ann').available);

test('sets aside the prompt and the tokens asked for, and no more, once the model has told how long its prompts are', async () => {
	let held = 0;
	models.answer = (question) => {
		held = stage.purses('ann')[1];
		answerWithin(question);
	};
	await answer();
	expect(held).toBeLessThan(2 * whole);
	await answer();
	expect(held).toBe(whole);
});

test('a budget grows by no more than the answer may become', async () => {
	models.answer = (question) => {
		// A prompt that is far longer than it looks.
		question.request.raiseBudget?.(101);
		question.say('words', 1).end('stop', 1);
		expect(stage.purses('ann')[1]).toBeLessThanOrEqual(101 + asked.maxTokens);
	};
	await answer();
});

test('waits a moment for tokens that other work holds', async () => {
	stage.ledger.reserve(order('other', 995));
	const answered = answer();
	await expect.poll(() => models.asked.length).toBeGreaterThan(0);
	stage.ledger.release('other');
	expect((await answered).receipt).toEqual({ charged: whole, remaining: 1000 - whole });
	expect(loads).toBe(1);
});

test('what other work holds is a matter of waiting, what is not there at all is not; what is there is told with what is held', () => {
	const open = (tokens: number) => () => tools.payments.open(ann, { task: 'chat', model: asked.model, tokens, atLeast: tokens });
	stage.ledger.reserve(order('other', 900));
	expect(open(200)).toThrow(expect.objectContaining({ code: 'TOO_MANY_REQUESTS', data: { what: 'tokens', retryAfterMs: expect.any(Number) } }));
	expect(open(1001)).toThrow(expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed: 1001, available: 1000 } }));
	const small = open(50)();
	const short = failure('INSUFFICIENT_TOKENS', { needed: 300, available: 100 });
	expect(tools.payments.whyShort(small, short as never)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
});

test('an answer that was given before needs its surcharge alone, of a model that is not loaded too; any other is refused as ever', async () => {
	stage.ledger.setPrice({ task: 'chat', perMille: 1000, surcharge: 3 });
	has(3);
	await expect(answer()).rejects.toMatchObject({ code: 'INSUFFICIENT_TOKENS', data: { available: 3 } });
	expect([loads, stage.purses('ann'), stage.ledger.statement('ann', { ...everything, kind: 'work' }).lines]).toEqual([0, [3, 0], []]);
	const given = { ...usageOf(0), promptTokens: 0, repeat: 'surcharge' as const };
	models.generate = async function* () {
		yield { type: 'end', finish: 'stop', usage: given };
	};
	expect((await answer()).receipt).toEqual({ charged: 3, remaining: 0 });
	await expect(answer()).rejects.toMatchObject({ code: 'INSUFFICIENT_TOKENS' });
	expect(loads).toBe(0);
});
