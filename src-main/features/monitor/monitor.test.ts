import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import type { MachineGauges } from '#contract/monitor.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { GenerateRequest } from '../engine/engine.ts';
import { ScriptedModels } from '../engine/ScriptedModels.test-support.ts';
import { Monitor, type RequestRecord } from './monitor.ts';

const gibibyte = 2 ** 30;
const machine: MachineGauges = {
	cpuFraction: 0.5,
	memoryUsedBytes: 4 * gibibyte,
	memoryTotalBytes: 8 * gibibyte,
	processBytes: 100_000_000,
	gpus: [{ name: 'GPU', fraction: 0.25, usedBytes: gibibyte, totalBytes: 2 * gibibyte }],
	diskFreeBytes: 50 * gibibyte,
	diskTotalBytes: 100 * gibibyte,
};
/** 12:00:30 UTC on Wednesday, 18 November 2026. */
const noon = Date.UTC(2026, 10, 18, 12, 0, 30);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let opened: ReturnType<typeof temporaryDatabase>;
let clock: { now: number };
let scripted: ScriptedModels;
let asked: { gauges: number };
let monitor: Monitor;

const openMonitor = () =>
	new Monitor({
		db: opened.db,
		log: pino({ enabled: false }),
		version: '1.2.3',
		dataFolder: opened.folder,
		logFolder: opened.folder,
		nameOf: (by, key) => (key === 'gone' ? null : by === 'task' ? null : `name of ${key}`),
		deployments: () => [],
		kept: () => ({ answers: 3, bytes: 4000 }),
		now: () => clock.now,
		gauges: async () => {
			asked.gauges += 1;
			return machine;
		},
	});

beforeEach(() => {
	opened = temporaryDatabase();
	clock = { now: noon };
	scripted = new ScriptedModels();
	scripted.answer = (request) => void request.say('Two ', 1).say('words', 2).end('stop', 2);
	asked = { gauges: 0 };
	monitor = openMonitor();
});
afterEach(() => {
	monitor.close();
	opened.remove();
});

const asking = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
	modelId: 'moon',
	ownerId: 'anna',
	turns: [{ role: 'user', content: 'What is the moon?' }],
	sampling: { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: null },
	maxTokens: 40,
	...more,
});
async function ask(more?: Partial<GenerateRequest>, { task = 'chat', keyId = null as string | null, signal = undefined as AbortSignal | undefined } = {}) {
	let text = '';
	for await (const piece of monitor.counting(scripted, task).generate(asking({ keyId, ...more }), signal)) if (piece.type === 'text') text += piece.text;
	return text;
}
const called = (more: Partial<RequestRecord> = {}) =>
	monitor.recordRequest({
		...{ requestId: 'r1', route: '/v1/chat/completions', status: 200, code: null, ms: 120, accountId: 'anna', keyId: 'k1', modelName: 'moon' },
		...more,
	});
const answersOf = (span: 'hour' | 'day' | 'month' | 'year') => monitor.history({ counted: 'answers', span, of: null });
const counts = (groups: { key: string; count: number }[]) => Object.fromEntries(groups.map(({ key, count }) => [key, count]));

test('answers pass through as they are, and are counted by model, account, key, task and how they ended', async () => {
	expect(await ask()).toBe('Two words');
	await ask({ modelId: 'sun', ownerId: 'berta' }, { task: 'grading', keyId: 'k1' });
	scripted.answer = (request) => void request.fail(failure('MODEL_NOT_RUNNING', { name: 'Moon' }));
	await expect(ask()).rejects.toMatchObject({ code: 'MODEL_NOT_RUNNING' });
	scripted.answer = (request) => void request.fail(new TypeError('a bug'));
	await expect(ask()).rejects.toThrow('a bug');
	scripted.answer = (request) => void request.say('Two ', 1);
	const stop = new AbortController();
	const stopped = ask({}, { signal: stop.signal });
	stop.abort();
	await stopped;
	scripted.answer = (request) => void request.say('Two ', 1).end('budget', 1);
	await ask();
	const { total, groups } = answersOf('hour');
	expect(total).toMatchObject({ count: 6, errors: 2, repeats: 0 });
	expect(counts(groups.model)).toEqual({ moon: 5, sun: 1 });
	expect(counts(groups.account)).toEqual({ anna: 5, berta: 1 });
	expect(counts(groups.key)).toEqual({ k1: 1 });
	expect(counts(groups.task)).toEqual({ chat: 5, grading: 1 });
	expect(counts(groups.code)).toEqual({ ok: 2, MODEL_NOT_RUNNING: 1, INTERNAL: 1, aborted: 1, budget: 1 });
	expect(groups.model[1]).toMatchObject({ name: 'name of sun', promptTokens: 10, completionTokens: 2, tokensPerSecond: expect.closeTo(20, 0) });
	expect(groups.task[0]?.name).toBeNull();
});

test('an answer that was given before counts as a repeat and moves no latency', async () => {
	scripted.generate = async function* () {
		const usage = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0, repeat: 'surcharge' as const };
		yield { type: 'text' as const, text: 'Two words', spans: [], usage };
		yield { type: 'end' as const, finish: 'stop' as const, usage };
	};
	await ask();
	expect(answersOf('hour').total).toEqual({
		...{ count: 1, errors: 0, repeats: 1, promptTokens: 0, completionTokens: 0 },
		...{ tookMs: null, firstTokenMs: null, waitMs: null, tokensPerSecond: null },
	});
});

test('how quickly a model writes is the median of its answers of the last 31 days', async () => {
	expect(monitor.speedOf('moon')).toBeNull();
	await ask();
	monitor.close();
	monitor = openMonitor();
	expect([monitor.speedOf('moon'), monitor.speedOf('sun')]).toEqual([expect.closeTo(20, 0), null]);
	clock.now += 33 * dayMs;
	expect(monitor.speedOf('moon')).toBeNull();
});

test('what programs were refused is told with its code, its key and its time, those alike together and no more than 26 hours', () => {
	called();
	called({ requestId: 'r2', status: 401, code: 'KEY_UNKNOWN', accountId: null, keyId: null, modelName: null });
	clock.now += minuteMs;
	called({ requestId: 'r3', status: 404, code: 'NOT_FOUND' });
	called({ requestId: 'r4', status: 401, code: 'KEY_UNKNOWN', accountId: null, keyId: null, modelName: null });
	called({ requestId: 'r5', route: null, status: 405, code: null, keyId: 'gone' });
	const route = '/v1/chat/completions';
	expect(monitor.refusals()).toEqual([
		{ at: clock.now, times: 1, requestId: 'r5', status: 405, code: '405', route: null, accountName: 'name of anna', keyName: null, modelName: 'moon' },
		{ at: clock.now, times: 2, requestId: 'r4', status: 401, code: 'KEY_UNKNOWN', route, accountName: null, keyName: null, modelName: null },
		{ at: clock.now, times: 1, requestId: 'r3', status: 404, code: 'NOT_FOUND', route, accountName: 'name of anna', keyName: 'name of k1', modelName: 'moon' },
	]);
	for (let n = 0; n < 5000; n++) called({ requestId: `flood ${n}`, status: 429, code: 'TOO_MANY_REQUESTS' });
	expect(monitor.refusals().map(({ times }) => times)).toEqual([5000, 1, 2, 1]);
	for (let n = 0; n < 300; n++) called({ requestId: `flood ${n}`, status: 404, code: 'NOT_FOUND', modelName: `${n} ${'x'.repeat(5000)}` });
	expect([monitor.refusals().length, monitor.refusals()[0]?.modelName?.length]).toEqual([200, 200]);
	clock.now += 27 * hourMs;
	expect(monitor.refusals()).toEqual([]);
});

test('what waited in the engine and before it is its wait, not its reading', async () => {
	scripted.generate = async function* () {
		const usage = { promptTokens: 10, reusedTokens: 0, completionTokens: 1, firstTokenMs: 5000, waitMs: 4000, tokensPerSecond: 20 };
		yield { type: 'text' as const, text: 'Two', spans: [], usage };
		yield { type: 'end' as const, finish: 'stop' as const, usage };
	};
	await ask();
	const wait = answersOf('hour').total.waitMs?.p50 ?? 0;
	expect(wait).toBeGreaterThan(4000 * (1 - 1 / 32));
	expect(wait).toBeLessThan(4000 * (1 + 1 / 16));
});

test('the same figures are told by the minute, the hour and the day, also after a restart in the middle of each', async () => {
	called({ ms: 100 });
	called({ ms: 300, status: 429, code: 'TOO_BUSY' });
	monitor.close();
	clock.now += 20_000;
	monitor = openMonitor();
	called({ ms: 200, accountId: null, keyId: null, modelName: null });
	const spans = (['hour', 'day', 'month', 'year'] as const).map((span) => monitor.history({ counted: 'requests', span, of: null }));
	for (const { total, points, groups } of spans) {
		expect(total).toMatchObject({ count: 3, errors: 1 });
		expect(points.map(({ count }) => count).filter((count) => count > 0)).toEqual([3]);
		expect(Math.abs((total.tookMs?.p50 ?? 0) - 200)).toBeLessThan(200 / 32);
		expect(Math.abs((total.tookMs?.p99 ?? 0) - 300)).toBeLessThan(300 / 32);
		expect([counts(groups.route), counts(groups.code), counts(groups.account)]).toEqual([{ '/v1/chat/completions': 3 }, { ok: 2, TOO_BUSY: 1 }, { anna: 2 }]);
	}
	expect(spans.map(({ points, stepMs, until, from }) => points.length * stepMs === until - from)).toEqual([true, true, true, true]);
	expect(spans.every(({ from, until }) => from <= noon && clock.now < until)).toBe(true);
});

test('minutes are gone after 26 hours, hours after 32 days, days after 370, and what is older is told by the coarser ones', () => {
	called();
	clock.now += 27 * hourMs;
	called();
	const countOf = (span: 'day' | 'month' | 'year') => monitor.history({ counted: 'requests', span, of: null }).total.count;
	expect([countOf('day'), countOf('month'), countOf('year')]).toEqual([1, 2, 2]);
	const rows = (resolution: string) =>
		opened.db.$client.prepare("select count(*) n from monitor_figure where resolution = ? and by = 'all'").pluck().get(resolution);
	expect([rows('minute'), rows('hour'), rows('day')]).toEqual([1, 2, 2]);
	clock.now += 40 * dayMs;
	called();
	expect([countOf('month'), countOf('year'), rows('hour')]).toEqual([1, 3, 1]);
	clock.now += 371 * dayMs;
	called();
	expect([countOf('year'), rows('day')]).toEqual([1, 1]);
});

test('a flood of keys in one minute is told in a bounded number of rows, and none is left out of the sum', () => {
	for (let n = 0; n < 500; n++) called({ accountId: `account ${n}`, route: `route ${n % 7}` });
	const { groups, total } = monitor.history({ counted: 'requests', span: 'hour', of: null });
	expect(total.count).toBe(500);
	expect(groups.account.length).toBeLessThanOrEqual(41);
	expect(groups.account.reduce((sum, { count }) => sum + count, 0)).toBe(500);
	expect(groups.account[0]).toMatchObject({ key: '', name: null });
	clock.now += minuteMs;
	for (let n = 500; n < 1000; n++) called({ accountId: `account ${n}` });
	monitor.history({ counted: 'requests', span: 'hour', of: null });
	const most = opened.db.$client.prepare('select max(n) from (select count(*) n from monitor_figure group by resolution, at, counted, by)').pluck().get();
	expect(most).toBeLessThanOrEqual(41);
});

test('one model, account or route is told by itself', async () => {
	await ask();
	await ask({ modelId: 'sun' });
	const { total, points, groups } = monitor.history({ counted: 'answers', span: 'hour', of: { by: 'model', key: 'sun' } });
	expect([total.count, points.at(-1)?.count, groups.model.length]).toEqual([1, 1, 2]);
	expect(monitor.history({ counted: 'answers', span: 'hour', of: { by: 'model', key: 'none' } }).total.count).toBe(0);
});

test('nothing is nothing: empty spans have all their steps and no figures', () => {
	const { points, total, machine: samples, groups } = answersOf('hour');
	expect([points.length, total.count, total.tookMs, samples, groups.model]).toEqual([60, 0, null, [], []]);
});

test('the machine is asked while somebody watches, once for all who do, and no more when nobody does', async () => {
	const leave = new AbortController();
	const first = monitor.watch(leave.signal);
	const second = monitor.watch(leave.signal);
	scripted.answer = null;
	const answer = ask();
	called({ status: 500, code: 'INTERNAL' });
	const snapshot = (await first.next()).value;
	await second.next();
	expect(snapshot).toMatchObject({
		at: noon,
		running: 0,
		waiting: 1,
		machine,
		kept: { answers: 3, bytes: 4000 },
		lastMinute: { answers: 0, requests: 1, errors: 1 },
	});
	expect(asked.gauges).toBe(1);
	scripted.last.say('Two', 1).end('stop', 1);
	await answer;
	const third = monitor.watch(leave.signal);
	expect((await third.next()).value).toMatchObject({ running: 0, waiting: 0, lastMinute: { answers: 1 }, lastHour: { count: 1, completionTokens: 1 } });
	leave.abort();
	for (const stream of [first, second, third]) expect((await stream.next()).done).toBe(true);
});

test('how the machine was is kept with the most that ran and waited, and joined by the step', async () => {
	scripted.answer = null;
	const answers = [ask(), ask({ ownerId: 'berta' })];
	await monitor.sample();
	for (const request of scripted.asked) request.end('stop', 1);
	await Promise.all(answers);
	clock.now += minuteMs;
	await monitor.sample();
	const samples = answersOf('hour').machine;
	expect(samples.map(({ waitingMost, runningMost }) => [waitingMost, runningMost])).toEqual([
		[2, 0],
		[2, 0],
	]);
	expect(samples[0]).toMatchObject({ cpuFraction: 0.5, gpuFraction: 0.25, vramUsedBytes: gibibyte, diskFreeBytes: 50 * gibibyte });
	clock.now += minuteMs;
	await monitor.sample();
	expect(answersOf('hour').machine.at(-1)?.waitingMost).toBe(0);
	expect(answersOf('month').machine).toHaveLength(1);
});

test('a full disk stops no answer, and what was counted meanwhile is written when there is room again', async () => {
	opened.db.$client.exec("create trigger full before insert on monitor_figure begin select raise(abort, 'full'); end");
	expect(await ask()).toBe('Two words');
	expect(answersOf('hour').total.count).toBe(0);
	opened.db.$client.exec('drop trigger full');
	expect(answersOf('hour').total.count).toBe(1);
});

test('Prometheus gets counters, gauges and histograms by its conventions, and nobody is named', async () => {
	await ask({ ownerId: 'anna' });
	called({ ms: 120 });
	called({ ms: 70_000, status: 401, code: 'NOT_SIGNED_IN' });
	const text = monitor.metricsText();
	const lines = text.split('\n');
	expect(lines).toContain('homeroom_answers_total{task="chat",model="name of moon",code="ok"} 1');
	expect(lines).toContain('homeroom_completion_tokens_total{task="chat",model="name of moon"} 2');
	expect(lines).toContain('homeroom_http_requests_total{route="/v1/chat/completions",status="401",code="NOT_SIGNED_IN"} 1');
	expect(lines).toContain('homeroom_http_request_duration_seconds_bucket{route="/v1/chat/completions",le="0.1"} 0');
	expect(lines).toContain('homeroom_http_request_duration_seconds_bucket{route="/v1/chat/completions",le="0.25"} 1');
	expect(lines).toContain('homeroom_http_request_duration_seconds_bucket{route="/v1/chat/completions",le="+Inf"} 2');
	expect(lines).toContain('homeroom_http_request_duration_seconds_sum{route="/v1/chat/completions"} 70.12');
	expect(lines).toContain('homeroom_cache_bytes 4000');
	expect(lines).toContain('homeroom_build_info{version="1.2.3"} 1');
	expect(text).not.toMatch(/anna|k1/);
	// Every line is one of the format: a comment, or a name with labels and a number.
	for (const line of lines) expect(line).toMatch(/^$|^# (HELP|TYPE) [a-z_]+ .+$|^[a-z_]+(\{([a-z_]+="(\\[\\"n]|[^"\\\n])*",?)+\})? -?[\d.e+-]+$/);
	for (const name of lines.flatMap((line) => /^# TYPE (\w+) counter/.exec(line)?.[1] ?? [])) expect(name).toMatch(/_total$/);
});
