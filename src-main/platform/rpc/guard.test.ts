import { eventIterator } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { procedure } from '#contract/define.ts';
import { failure } from '#contract/errors.ts';
import { type AuditRecord, type CallContext, type Gate, handlersFor, type Principal } from './guard.ts';

const ran: string[] = [];
const part = {
	open: procedure('nobody').output(z.string()),
	look: procedure('viewer').output(z.string()),
	make: procedure('user', ['JOB_STATE'])
		.input(z.strictObject({ size: z.number().int().max(9) }))
		.output(z.string()),
	rule: procedure('admin').output(z.string()),
	stream: procedure('viewer').output(eventIterator(z.number())),
	load: procedure('user', ['JOB_STATE'], { model: 'modelId', audit: 'modelId' })
		.input(z.strictObject({ modelId: z.string(), broken: z.boolean().optional() }))
		.output(z.string()),
	enrol: procedure('admin', [], { audit: 'made' }).output(z.object({ person: z.object({ id: z.string() }) })),
	link: procedure('admin', [], { audit: 'made' }).output(z.object({ id: z.string(), key: z.string() })),
	leave: procedure('viewer', [], { audit: 'self' }).output(z.void()),
	clear: procedure('viewer', [], { audit: 'ids' })
		.input(z.strictObject({ ids: z.array(z.string()) }))
		.output(z.void()),
	grant: procedure('admin', [], { audit: 'accountId', auditFields: ['role', 'isDisabled', 'modelIds', 'allowance.tokens', 'name'] })
		.input(
			z.strictObject({
				...{ accountId: z.string(), role: z.string().optional(), isDisabled: z.boolean().optional(), name: z.string().optional() },
				...{ modelIds: z.array(z.string()).nullable().optional(), allowance: z.object({ tokens: z.number() }).nullable().optional() },
			}),
		)
		.output(z.void()),
	adjust: procedure('viewer', [], { audit: { fields: ['proxy', 'offline'] } })
		.input(z.strictObject({ proxy: z.string().optional(), offline: z.boolean().optional(), theme: z.string().optional() }))
		.output(z.void()),
};
const on = handlersFor(part);
const router = on.router({
	open: on.open.handler(() => 'open'),
	look: on.look.handler(({ context }) => context.principal.accountId),
	make: on.make.handler(({ input }) => {
		ran.push('make');
		if (input.size === 1) throw failure('JOB_STATE', { state: 'done' });
		if (input.size === 2) throw new Error('SELECT secret FROM /home/someone/table');
		return 'made';
	}),
	rule: on.rule.handler(() => 'ruled'),
	stream: on.stream.handler(async function* () {
		yield 1;
		throw new Error('/home/someone/secret');
	}),
	load: on.load.handler(({ input }) => {
		ran.push('load');
		if (input.broken) throw failure('JOB_STATE', { state: 'done' });
		return 'loaded';
	}),
	enrol: on.enrol.handler(() => ({ person: { id: 'berta' } })),
	link: on.link.handler(() => ({ id: 'server', key: 'kept' })),
	leave: on.leave.handler(() => {}),
	clear: on.clear.handler(() => {}),
	grant: on.grant.handler(() => {}),
	adjust: on.adjust.handler(() => {}),
});

const recorded: AuditRecord[] = [];
const gate: Gate = { mayUseModel: (_principal, modelId) => modelId !== 'taken', record: (entry) => recorded.push(entry), refuseUnrecorded: () => {} };

const logged: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });

function clientOf(role: Principal['role'] | null, more: Partial<CallContext> = {}, key: Principal['key'] = null) {
	const principal = role && { accountId: 'me', role, sessionId: null, key };
	const context: CallContext = { principal, requestId: 'request-1', log, gate, origin: 'window', seat: null, ...more };
	return createRouterClient(router, { context });
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
	return call.then(
		() => 'ok',
		(error: { code?: unknown }) => error.code,
	);
}

test('I1 a procedure runs for those its contract names and for no one else', async () => {
	const table: Record<string, unknown[]> = {};
	for (const role of [null, 'viewer', 'user', 'admin'] as const) {
		const client = clientOf(role);
		table[role ?? 'nobody'] = await Promise.all([client.open(), client.look(), client.make({ size: 5 }), client.rule()].map(codeOf));
	}
	expect(table).toEqual({
		nobody: ['ok', 'NOT_SIGNED_IN', 'NOT_SIGNED_IN', 'NOT_SIGNED_IN'],
		viewer: ['ok', 'ok', 'FORBIDDEN', 'FORBIDDEN'],
		user: ['ok', 'ok', 'ok', 'FORBIDDEN'],
		admin: ['ok', 'ok', 'ok', 'ok'],
	});
});

test('I1 a handler never sees an input its schema refuses, and the caller is told where', async () => {
	ran.length = 0;
	const refused = await clientOf('user')
		.make({ size: 10 })
		.catch((error: unknown) => error);
	expect(refused).toMatchObject({ code: 'INVALID_INPUT', status: 400, data: { issues: [{ path: 'size' }] } });
	expect(ran).toEqual([]);
});

test('an expected failure keeps its code and data', async () => {
	await expect(clientOf('user').make({ size: 1 })).rejects.toMatchObject({ code: 'JOB_STATE', defined: true, data: { state: 'done' } });
});

test('I4 a bug is answered with its request id alone and logged whole', async () => {
	logged.length = 0;
	const answer: Error = await clientOf('user')
		.make({ size: 2 })
		.then(
			() => new Error('not refused'),
			(error: Error) => error,
		);
	expect(answer).toMatchObject({ code: 'INTERNAL', data: { requestId: 'request-1' } });
	expect(JSON.stringify(answer)).not.toMatch(/secret|\/home/);
	expect(logged.join()).toContain('SELECT secret');
});

test('I4 a bug in the middle of a stream is answered the same way', async () => {
	const seen: unknown[] = [];
	const ended = (async () => {
		for await (const value of await clientOf('viewer').stream()) seen.push(value);
	})();
	await expect(ended).rejects.toMatchObject({ code: 'INTERNAL', data: { requestId: 'request-1' } });
	expect(seen).toEqual([1]);
});

test('a model that the caller may not use is not there, and the handler never runs', async () => {
	ran.length = 0;
	await expect(clientOf('user').load({ modelId: 'taken' })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'model' } });
	expect(ran).toEqual([]);
	expect(await clientOf('user').load({ modelId: 'free' })).toBe('loaded');
});

test('a key opens the features it was made for alone, whatever the role of its owner', async () => {
	const scoped = createRouterClient({ chat: router }, { context: { ...contextOf(['chat']) } });
	const other = createRouterClient({ engine: router }, { context: { ...contextOf(['chat']) } });
	expect(await Promise.all([scoped.chat.look(), other.engine.look(), other.engine.open()].map(codeOf))).toEqual(['ok', 'FORBIDDEN', 'ok']);

	// What names its scopes itself is open to any of them, whatever it is a part of, and with none of them to no key.
	const declared = handlersFor({ two: procedure('viewer', [], { scopes: ['chat', 'jobs'] }), none: procedure('viewer', [], { scopes: [] }) });
	const named = declared.router({ two: declared.two.handler(() => 'two'), none: declared.none.handler(() => 'none') });
	const callerOf = (scopes: string[]) => createRouterClient({ chat: named }, { context: contextOf(scopes) });
	expect(await Promise.all([callerOf(['jobs']).chat.two(), callerOf(['engine']).chat.two(), callerOf(['chat']).chat.none()].map(codeOf))).toEqual([
		'ok',
		'FORBIDDEN',
		'FORBIDDEN',
	]);

	function contextOf(scopes: string[]): CallContext {
		return { principal: { accountId: 'me', role: 'admin', sessionId: null, key: { id: 'k', scopes } }, requestId: 'r', log, gate, origin: '::1', seat: null };
	}
});

test('what is declared as audited is recorded for whoever is signed in, done or refused, by ids alone and with nothing else of the input', async () => {
	recorded.length = 0;
	await clientOf('user').load({ modelId: 'free' });
	await codeOf(clientOf('user').load({ modelId: 'free', broken: true }));
	await codeOf(clientOf('viewer', { origin: '::1' }).load({ modelId: 'x'.repeat(1000) }));
	await codeOf(clientOf(null).load({ modelId: 'free' }));
	await clientOf('admin').enrol();
	await clientOf('admin').link();
	await clientOf('viewer').leave();
	await clientOf('viewer').clear({ ids: ['one', 'two'] });
	await clientOf('viewer').adjust({ theme: 'dark' });
	await clientOf('viewer').adjust({ theme: 'dark', offline: false, proxy: 'http://secret@host' });
	await clientOf('viewer').look();
	const entry = { accountId: 'me', act: 'load', subject: 'free', detail: null, origin: 'window', result: 'ok' };
	expect(recorded).toEqual([
		entry,
		{ ...entry, result: 'JOB_STATE' },
		{ ...entry, subject: null, origin: '::1', result: 'FORBIDDEN' },
		{ ...entry, act: 'enrol', subject: 'berta' },
		{ ...entry, act: 'link', subject: 'server' },
		{ ...entry, act: 'leave', subject: 'me' },
		{ ...entry, act: 'clear', subject: 'one,two' },
		{ ...entry, act: 'adjust', subject: 'proxy,offline' },
	]);
});

test('the log tells what was chosen and by which key, and takes in nothing that people write', async () => {
	recorded.length = 0;
	const key = createRouterClient(
		{ ledger: router },
		{
			context: {
				...{ principal: { accountId: 'me', role: 'admin', sessionId: null, key: { id: 'k-1', scopes: ['ledger'] } }, requestId: 'r', log, gate },
				...{ origin: '::1', seat: null },
			},
		},
	);
	await clientOf('admin').grant({ accountId: 'berta', role: 'admin', isDisabled: false, modelIds: null, allowance: { tokens: 500 } });
	await key.ledger.grant({ accountId: 'berta', modelIds: ['a', 'b'], allowance: null });
	await clientOf('admin').grant({ accountId: 'berta', modelIds: Array.from({ length: 99 }, () => 'some-model'), name: 'Berta B' });
	await codeOf(clientOf('user').grant({ accountId: 'a text of mine', role: 'another text' }));
	await codeOf(clientOf('user').clear({ ids: ['one', 'a text of mine'] }));
	expect(recorded.map(({ subject, detail, result }) => [subject, detail, result])).toEqual([
		['berta', 'role=admin isDisabled=false modelIds=every allowance.tokens=500', 'ok'],
		['berta', 'key=k-1 modelIds=a,b allowance.tokens=none', 'ok'],
		['berta', 'modelIds=99 of them', 'ok'],
		[null, null, 'FORBIDDEN'],
		['one', null, 'ok'],
	]);
});

test('an audited act does not begin while an earlier record cannot be written; any other does', async () => {
	ran.length = 0;
	const stuck: Partial<CallContext> = {
		gate: {
			...gate,
			refuseUnrecorded: () => {
				throw failure('DISK_FULL', { neededBytes: 1, freeBytes: 0 });
			},
		},
	};
	await expect(clientOf('user', stuck).load({ modelId: 'free' })).rejects.toMatchObject({ code: 'DISK_FULL' });
	expect(ran).toEqual([]);
	expect(await clientOf('user', stuck).make({ size: 5 })).toBe('made');
});
