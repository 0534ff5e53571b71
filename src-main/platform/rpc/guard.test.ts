import { eventIterator } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { procedure } from '#contract/define.ts';
import { failure } from '#contract/errors.ts';
import { type CallContext, handlersFor, type Principal } from './guard.ts';

const ran: string[] = [];
const part = {
	open: procedure('nobody').output(z.string()),
	look: procedure('viewer').output(z.string()),
	make: procedure('user', ['JOB_STATE'])
		.input(z.strictObject({ size: z.number().int().max(9) }))
		.output(z.string()),
	rule: procedure('admin').output(z.string()),
	stream: procedure('viewer').output(eventIterator(z.number())),
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
});

const logged: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });

function clientOf(role: Principal['role'] | null) {
	const context: CallContext = { principal: role && { accountId: 'me', role, sessionId: null }, requestId: 'request-1', log };
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
