import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { type RouteStrategy, type RouteTarget, routeFields } from '#contract/routes.ts';
import { readAnswer } from '../engine/openTestBed.test-support.ts';
import { askingRoute, behaviours, end, openRoutes, ServerDouble, text } from './openRoutes.test-support.ts';

const { answers, refuses, diesMidway, stallsMidway, turnsToGarbage, neverBegins, neverEnds } = behaviours;
let stage: ReturnType<typeof openRoutes>;
beforeEach(() => {
	stage = openRoutes();
});
afterEach(() => stage.close());

const ask = (routeId: string, ...more: [Parameters<typeof askingRoute>[1]?, AbortSignal?]) =>
	readAnswer(stage.routes.generate(askingRoute(routeId, more[0]), more[1]));
/** Only what differs from the usual target; the sources are the stage's. */
const targets = (...differing: Partial<RouteTarget>[]) => differing as RouteTarget[];

test.each<[RouteStrategy, Partial<RouteTarget>[], number[]]>([
	['roundRobin', [{}, {}, {}], [4, 4, 4]],
	['roundRobin', [{}, { isEnabled: false }, {}], [6, 0, 6]],
	['weighted', [{ weight: 4 }, { weight: 1 }, { weight: 1 }], [8, 2, 2]],
	['cheapest', [{ price: 9 }, { price: 2 }, { price: 3 }], [0, 12, 0]],
	['leastBusy', [{}, {}, {}], [12, 0, 0]],
])('%s spreads twelve requests over %j as %j', async (strategy, differing, expected) => {
	const id = stage.route([answers, answers, answers], { strategy, targets: targets(...differing) });
	for (let requests = 0; requests < 12; requests++) expect((await ask(id)).text).toBe('good');
	expect(stage.asked()).toEqual(expected);
});

test('the least busy one is asked while others are at work', async () => {
	const id = stage.route([stallsMidway, stallsMidway, answers]);
	const busy = [stage.routes.generate(askingRoute(id)), stage.routes.generate(askingRoute(id))];
	await Promise.all(busy.map((answer) => answer.next()));
	await ask(id);
	expect(stage.asked()).toEqual([1, 1, 1]);
	expect(stage.routes.list('admin')[0]).toMatchObject({ atWork: 2, waiting: 0, targets: [{ active: 1 }, { active: 1 }, { active: 0, answered: 1 }] });
	await Promise.all(busy.map((answer) => answer.return()));
	expect(stage.routes.list('admin')[0]?.atWork).toBe(0);
});

const beforeTheFirst = ['refuses', 'hasABug', 'neverBegins', 'endsWithoutAnEnd', 'sendsGarbage', 'countsNonsense'] as const;
test.each(beforeTheFirst)('a server that %s before the first piece costs its reader nothing: the next one answers', async (behaviour) => {
	const id = stage.route([behaviours[behaviour], answers]);
	expect(await ask(id)).toMatchObject({ text: 'good', finish: 'stop' });
	const [target] = stage.routes.list('admin')[0]?.targets ?? [];
	expect(target).toMatchObject({ state: 'trying', answered: 0, failed: 1, active: 0, failure: { code: expect.any(String) } });
});

test.each([
	['dies', diesMidway, 'NETWORK_FAILED'],
	['stalls', stallsMidway, 'BACKEND_SILENT'],
	['turns to garbage', turnsToGarbage, 'SERVER_CONFUSED'],
])('after the first piece no other is asked: what %s midway is told', async (_, behaviour, code) => {
	const id = stage.route([behaviour, answers]);
	const read: string[] = [];
	const reading = async () => {
		for await (const piece of stage.routes.generate(askingRoute(id))) if (piece.type === 'text') read.push(piece.text);
	};
	await expect(reading()).rejects.toMatchObject({ code });
	expect([read, stage.asked()]).toEqual([['half'], [1, 0]]);
});

test('an answer that nobody reads before its end is given by the next target where one breaks off midway, and nothing of the first is told', async () => {
	const id = stage.route([diesMidway, stallsMidway, turnsToGarbage, answers]);
	const pieces = await Array.fromAsync(stage.routes.generate({ ...askingRoute(id), isWhole: true }));
	expect(pieces.map((piece) => (piece.type === 'text' ? piece.text : piece.type))).toEqual(['good', 'end']);
	expect([pieces[0]?.usage, stage.asked()]).toEqual([pieces[1]?.usage, [1, 1, 1, 1]]);
	const last = stage.route([diesMidway], { name: 'last' });
	await expect(Array.fromAsync(stage.routes.generate({ ...askingRoute(last), isWhole: true }))).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
});

test('what fails three times in a row is left alone, until one request has found it well again', async () => {
	const server = new ServerDouble(refuses);
	const id = stage.route([server, answers]);
	for (let requests = 0; requests < 5; requests++) await ask(id);
	expect(stage.asked()).toEqual([3, 5]);
	expect(stage.routes.list('admin')[0]?.targets.map(({ state }) => state)).toEqual(['down', 'ready']);
	stage.after(1000);
	expect(stage.routes.list('admin')[0]?.targets[0]?.state).toBe('trying');
	server.behave = answers;
	await ask(id);
	expect(stage.asked()).toEqual([4, 5]);
	expect(stage.routes.list('admin')[0]?.targets[0]).toMatchObject({ state: 'ready', failure: null, retryAt: null, answered: 1, failed: 3 });
});

test('a server that asks for time gets it', async () => {
	const server = new ServerDouble(async function* () {
		yield* [];
		throw failure('RATE_LIMITED', { host: 'server', retryAfterMs: 30_000 });
	});
	const id = stage.route([server]);
	await expect(ask(id)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
	await expect(ask(id)).rejects.toMatchObject({ code: 'ROUTE_DOWN', status: 503, data: { name: 'route', retryAfterMs: 30_000 } });
	stage.after(30_000);
	server.behave = answers;
	expect((await ask(id)).text).toBe('good');
});

test('a fault of the request is told at once, and held against nobody', async () => {
	const id = stage.route([
		async function* () {
			yield* [];
			throw failure('BAD_GRAMMAR', { detail: 'no schema' });
		},
		answers,
	]);
	for (let requests = 0; requests < 4; requests++) await expect(ask(id)).rejects.toMatchObject({ code: 'BAD_GRAMMAR' });
	expect(stage.asked()).toEqual([4, 0]);
	expect(stage.routes.list('admin')[0]?.targets[0]).toMatchObject({ state: 'ready', failed: 0, failure: null });
});

test('a prompt that is too long for one goes to the next, and neither is blamed', async () => {
	const tooLong = failure('PROMPT_TOO_LONG', { promptTokens: 9, contextTokens: 8 });
	const short = async function* () {
		yield* [];
		throw tooLong;
	};
	const both = stage.route([short, answers]);
	for (let requests = 0; requests < 4; requests++) expect((await ask(both)).text).toBe('good');
	await expect(ask(stage.route([short], { name: 'short' }))).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' });
	expect(stage.routes.list('admin').flatMap((route) => route.targets.map(({ state }) => state))).toEqual(['ready', 'ready', 'ready']);
});

test('an answer that its reader leaves ends at once, whether its server listens or not, and holds nothing against it', async () => {
	for (const behaviour of [neverBegins, neverEnds]) {
		const id = stage.route([behaviour], { name: behaviour.name });
		const stop = new AbortController();
		const reading = ask(id, {}, stop.signal);
		setTimeout(() => stop.abort(), 20);
		expect((await reading).finish).toBe('aborted');
	}
	expect(await ask(stage.route([answers]), {}, AbortSignal.abort())).toMatchObject({ text: '', finish: 'aborted' });
	const views = stage.routes.list('admin');
	expect(views.map(({ atWork }) => atWork)).toEqual([0, 0, 0]);
	expect(views.flatMap((route) => route.targets.map(({ active, failed }) => [active, failed]))).toEqual([
		[0, 0],
		[0, 0],
		[0, 0],
	]);
});

test('no server makes a reader pay for more than is set aside', async () => {
	const greedy = async function* () {
		yield text('a', 10);
		yield text('b', 90);
		yield end(1_000_000);
	};
	expect(await ask(stage.route([greedy]), { tokenBudget: 50 })).toMatchObject({
		text: 'a',
		finish: 'budget',
		usage: { promptTokens: 5, completionTokens: 45 },
	});
	const raised: number[] = [];
	const raiseBudget = (needed: number) => {
		raised.push(needed);
		return Math.min(needed, 100);
	};
	const answer = await ask(stage.route([greedy], { name: 'raised' }), { tokenBudget: 50, raiseBudget });
	expect(answer).toMatchObject({ text: 'ab', finish: 'budget', usage: { promptTokens: 5, completionTokens: 95 } });
	expect(raised).toEqual([95, 1_000_005]);
});

test('where none of a route answers, those that it falls back on do, one after the other', async () => {
	const last = stage.route([answers], { name: 'last' });
	const middle = stage.route([refuses], { name: 'middle', fallbackId: last });
	const first = stage.route([refuses, neverBegins], { name: 'first', fallbackId: middle });
	expect((await ask(first)).text).toBe('good');
	expect(stage.asked()).toEqual([1, 1, 1, 1]);
	expect(await stage.routes.embed('ann', first, ['a', 'b'])).toEqual([
		[1, 2, 3],
		[1, 2, 3],
	]);
	expect(await stage.routes.ensureRunning('ann', first)).toEqual({ modelName: 'first', parallel: 8 });
	expect(stage.routes.offered('ann').map(({ name, isUp }) => [name, isUp])).toEqual([
		['first', true],
		['last', true],
		['middle', true],
	]);
});

test('routes that would fall back on one another are refused by their names, and a removed one is fallen back on no more', async () => {
	const fields = routeFields.parse({ name: 'a' });
	const a = stage.routes.create('admin', fields).id;
	const b = stage.routes.create('admin', { ...fields, name: 'b', fallbackId: a }).id;
	const loop = (id: string, fallbackId: string) => () => stage.routes.change('admin', id, { ...fields, fallbackId });
	expect(loop(a, b)).toThrow(expect.objectContaining({ code: 'ROUTE_LOOP', data: { names: ['a', 'b'] } }));
	expect(loop(a, a)).toThrow(expect.objectContaining({ code: 'ROUTE_LOOP', data: { names: ['a'] } }));
	expect(loop(a, 'nowhere')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	stage.routes.remove(a);
	expect(stage.routes.list('admin')).toMatchObject([{ id: b, fallbackId: null }]);
	await expect(ask(b)).rejects.toMatchObject({ code: 'ROUTE_DOWN' });
	expect(() => stage.routes.remove(a)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(() => stage.routes.change('admin', a, fields)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('routes are there after a restart, a name is there once however it is written, and a changed route keeps what is known of its targets', async () => {
	const id = stage.route([refuses, answers], { name: 'Class' });
	await ask(id);
	const [view] = stage.routes.list('admin');
	expect(() => stage.routes.create('admin', routeFields.parse({ name: 'ＣＬＡＳＳ' }))).toThrow(expect.objectContaining({ code: 'ROUTE_NAME_TAKEN' }));
	const given = view?.targets.map(({ source, price }) => ({ source, price, weight: 7, isEnabled: true })).reverse() ?? [];
	const changed = stage.routes.change('admin', id, { ...routeFields.parse({ name: 'Year' }), targets: given });
	expect(changed.targets.map(({ id: targetId, failed, answered, weight }) => [targetId, failed, answered, weight])).toEqual([
		[view?.targets[1]?.id, 0, 1, 7],
		[view?.targets[0]?.id, 1, 0, 7],
	]);
	expect(stage.open().list('admin')).toMatchObject([{ id, name: 'Year', strategy: 'leastBusy', targets: [{ weight: 7, answered: 0 }, { weight: 7 }] }]);
});

test('a route does not take the name of a model, however it is written; one whose name a model was given later can be changed', () => {
	const fields = (name: string) => routeFields.parse({ name, targets: [] });
	expect(() => stage.routes.create('admin', fields('ＱＷＥＮ 3'))).toThrow(
		expect.objectContaining({ code: 'ROUTE_NAME_TAKEN', data: { name: 'ＱＷＥＮ 3', kind: 'model' } }),
	);
	const { id } = stage.routes.create('admin', fields('Ear'));
	expect(() => stage.routes.change('admin', id, fields('Qwen 3'))).toThrow(expect.objectContaining({ code: 'ROUTE_NAME_TAKEN' }));
	stage.database.db.$client.prepare("update route set name = 'Qwen 3', name_key = 'qwen 3' where id = ?").run(id);
	expect(stage.open().change('admin', id, { ...fields('Qwen 3'), strategy: 'roundRobin' })).toMatchObject({ name: 'Qwen 3', strategy: 'roundRobin' });
});

test('over its limits a route says when to come back, and before that its fallback is asked', async () => {
	const limits = { mostAtWork: 1, mostWaiting: 0 };
	const alone = stage.route([stallsMidway], { name: 'alone', ...limits });
	const first = stage.routes.generate(askingRoute(alone));
	await first.next();
	await expect(ask(alone)).rejects.toMatchObject({ code: 'TOO_BUSY', status: 429, data: { retryAfterMs: expect.any(Number) } });
	const spare = stage.route([answers], { name: 'spare' });
	const view = stage.routes.list('admin').find(({ id }) => id === alone);
	const given = view?.targets.map(({ source }) => ({ source })) ?? [];
	stage.routes.change('admin', alone, routeFields.parse({ name: 'alone', ...limits, fallbackId: spare, targets: given }));
	expect((await ask(alone)).text).toBe('good');
	await first.return();
});

test('U7 a route that an account may not use is not there for it, and opens no model that is closed to it', async () => {
	stage.close();
	const asked: string[] = [];
	const open = new Set<string>(['open']);
	const mayUse = (ownerId: string, id: string) => ownerId !== 'eve' || open.has(id);
	stage = openRoutes({
		engine: {
			...{ usableBy: (ownerId) => (id) => mayUse(ownerId, id), mayUse, deployments: () => [], countTokens: async () => 0, embed: async () => [] },
			ensureRunning: async (_, modelName) => ({ modelName, parallel: 1 }),
			async *generate({ modelId }) {
				asked.push(modelId);
				yield end();
			},
		},
	});
	const local = (modelId: string) => ({ source: { kind: 'local' as const, modelId } });
	const route = stage.routes.create('admin', routeFields.parse({ name: 'route', targets: [local('closed'), local('open')] })).id;
	await expect(ask(route, { ownerId: 'eve' })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'model' } });
	await expect(stage.routes.ensureRunning('eve', route)).rejects.toMatchObject({ code: 'NOT_FOUND' });
	await expect(stage.routes.embed('eve', route, ['a'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
	await expect(stage.routes.countTokens('eve', route, 'a')).rejects.toMatchObject({ code: 'NOT_FOUND' });
	expect(stage.routes.offered('eve')).toEqual([]);
	open.add(route);
	await ask(route, { ownerId: 'eve' });
	await ask(route);
	expect(asked).toEqual(['open', 'closed']);
	expect(stage.routes.offered('eve')).toEqual([{ id: route, name: 'route', isUp: true }]);
});

test('a server that failed is asked how it is when its time is up, so that no request has to find out', async () => {
	stage.close();
	stage = openRoutes({ now: Date.now });
	const server = new ServerDouble(refuses);
	const id = stage.route([server, answers]);
	for (let requests = 0; requests < 3; requests++) await ask(id);
	server.isWell = false;
	const state = () => stage.routes.list('admin')[0]?.targets[0]?.state;
	await expect.poll(() => server.checks, { timeout: 10_000 }).toBe(1);
	await expect.poll(state).toBe('down');
	server.isWell = true;
	await expect.poll(state, { timeout: 10_000 }).toBe('ready');
	expect([server.asked, server.checks]).toEqual([3, 2]);
});

test('whoever looks sees each change, and servers are asked how they are', async () => {
	const server = new ServerDouble();
	server.isWell = false;
	const id = stage.route([server, answers], { strategy: 'roundRobin' });
	const stop = new AbortController();
	const seen: string[] = [];
	const watching = (async () => {
		for await (const [route] of stage.routes.watch('admin', stop.signal)) {
			seen.push(route?.targets.map(({ failure: failed, answered }) => failed?.code ?? answered).join() ?? 'none');
			if (seen.length === 2) await ask(id);
			if (seen.at(-1) === '1,0') stage.routes.remove(id);
			if (seen.at(-1) === 'none') stop.abort();
		}
	})();
	await watching;
	expect([seen[0], seen.includes('NETWORK_FAILED,0'), seen.includes('1,0'), seen.at(-1)]).toEqual(['0,0', true, true, 'none']);
	expect(server.checks).toBe(1);
	await expect(stage.routes.check('admin', id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a target whose server or model is gone is passed over and said to be', async () => {
	const id = stage.route([answers, answers]);
	stage.servers.delete('route a');
	await ask(id);
	expect(stage.routes.list('admin')[0]?.targets.map(({ state, name, serverName }) => [state, name, serverName])).toEqual([
		['gone', 'm', null],
		['ready', 'm', 'Server route b'],
	]);
	expect(stage.routes.get(id)).toMatchObject({ id, name: 'route', fileState: 'present' });
});
