import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrizzleQueryError } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '#contract/errors.ts';
import { createLog } from './createLog.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-log-'));
});
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
	rmSync(folder, { recursive: true, force: true });
});

const text = (name = 'homeroom.log') => readFileSync(join(folder, name), 'utf8');
const lines = (name?: string) =>
	text(name)
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));

test('writes one JSON object a line, with level, time and the id of the request, and all of them before close resolves', async () => {
	const { log, close } = createLog({ folder });
	const child = log.child({ requestId: 'r1' });
	for (let n = 0; n < 500; n++) child.info({ n }, 'counted');
	log.debug('not at this level');
	await close();
	expect(lines()).toHaveLength(500);
	expect(lines()[499]).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), pid: process.pid, requestId: 'r1', n: 499, msg: 'counted' });
	log.info('after the end');
	expect(lines()).toHaveLength(500);
});

test('never holds a secret, a prompt or an answer that was logged under its usual key, at any depth', async () => {
	const { log, close } = createLog({ folder });
	const hidden = 'HIDDEN';
	log.info({ authorization: hidden, request: { headers: { Cookie: hidden, 'x-api-key': hidden }, body: { a: hidden } }, accessToken: hidden });
	log.info({ list: [{ password: hidden, prompt: hidden }, [{ turns: [{ role: 'user', content: hidden }] }]] });
	log.child({ token: hidden, secret: hidden }).info({ messages: [hidden], answer: hidden, feedback: hidden });
	log.error(Object.assign(new Error('boom', { cause: Object.assign(new Error('deep'), { data: { text: hidden } }) }), { sessionSecret: hidden }));
	const query = new DrizzleQueryError('insert into message values (?)', [hidden], new Error('full'));
	log.error(query);
	log.error({ err: query }, query.message);
	log.info({ promptTokens: 12, maxTokens: 3 }, 'kept');
	await close();
	expect(text()).not.toContain(hidden);
	expect(lines().at(-1)).toMatchObject({ promptTokens: 12, maxTokens: 3 });
});

test('describes errors whole: type, stack, causes and the data of a failure', async () => {
	const { log, close } = createLog({ folder });
	log.error({ err: failure('MODEL_IN_USE', { name: 'tiny' }, new Error('inner')), other: new AggregateError([new TypeError('one')], 'many') }, 'failed');
	await close();
	expect(lines()[0]).toMatchObject({
		msg: 'failed',
		err: { code: 'MODEL_IN_USE', data: { name: 'tiny' }, stack: expect.stringContaining('createLog.test'), cause: { type: 'Error', message: 'inner' } },
		other: { message: 'many', errors: [{ type: 'TypeError', message: 'one' }] },
	});
});

test('survives what cannot be written as JSON, and clips what is huge', async () => {
	const { log, close } = createLog({ folder });
	const circle: Record<string, unknown> = { big: 10n, bytes: new Uint8Array(1000) };
	circle.self = circle;
	log.info({ circle, huge: 'x'.repeat(1_000_000) });
	await close();
	expect(text().length).toBeLessThan(20_000);
	expect(lines()[0].circle).toMatchObject({ big: '10', bytes: '[1000 bytes]' });
});

test('keeps five files and no more', async () => {
	const { log, close } = createLog({ folder, name: 'engine', fileBytes: 2_000 });
	for (let n = 0; n < 300; n++) log.info({ n }, 'a line of some length, so that the file is full soon');
	await close();
	expect(readdirSync(folder).sort()).toEqual(['engine.log', 'engine.log.1', 'engine.log.2', 'engine.log.3', 'engine.log.4']);
	for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(2_500);
	const kept = ['engine.log.4', 'engine.log.3', 'engine.log.2', 'engine.log.1', 'engine.log'].flatMap((name) => (text(name) === '' ? [] : lines(name)));
	expect(kept.map(({ n }) => n)).toEqual(kept.map((_, index) => 300 - kept.length + index));
});

test('also writes warnings and errors to stderr when asked', async () => {
	const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const { log, close } = createLog({ folder, console: true });
	log.info('quiet');
	log.warn('loud');
	await close();
	expect(write.mock.calls.map(([line]) => JSON.parse(String(line)).msg)).toEqual(['loud']);
});

test('a file that cannot be written stops nothing, and the lines lost are counted once it can', async () => {
	const failed = Promise.withResolvers<void>();
	vi.spyOn(process.stderr, 'write').mockImplementation(() => {
		failed.resolve();
		return true;
	});
	vi.useFakeTimers({ toFake: ['Date'] });
	mkdirSync(join(folder, 'homeroom.log'));
	const { log, close } = createLog({ folder });
	log.info('lost with the file');
	await failed.promise;
	log.info('lost');
	log.info('lost');
	rmdirSync(join(folder, 'homeroom.log'));
	vi.setSystemTime(Date.now() + 11_000);
	log.info('kept');
	await close();
	expect(
		lines()
			.slice(-2)
			.map(({ msg, lines: lost }) => [msg, lost]),
	).toEqual([
		['log lines were lost', 2],
		['kept', undefined],
	]);
});

test('drops lines rather than keep a flood of them in memory', async () => {
	const { log, close } = createLog({ folder });
	const line = 'x'.repeat(7_000);
	for (let n = 0; n < 3_000; n++) log.info(line);
	await close();
	const written = lines().length;
	expect(written).toBeGreaterThan(1_000);
	expect(written).toBeLessThan(1_300);
});
