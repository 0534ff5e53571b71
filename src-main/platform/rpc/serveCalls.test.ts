import { eventIterator } from '@orpc/contract';
import pino from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { procedure } from '#contract/define.ts';
import { type Gate, handlersFor, type Principal } from './guard.ts';
import { serveCalls, type Wire } from './serveCalls.ts';

const owner: Principal = { accountId: 'owner', role: 'admin', sessionId: 's', key: null };
const gate: Gate = { mayUseModel: () => true, record: () => {}, refuseUnrecorded: () => {} };
const part = {
	who: procedure('viewer').output(z.string()),
	wait: procedure('viewer').output(z.string()),
	count: procedure('viewer')
		.input(z.strictObject({ upTo: z.number().int() }))
		.output(eventIterator(z.number())),
};

/** A router whose `wait` answers when told and whose `count` tells how far it was read. */
function makeApp() {
	let letGo = () => {};
	const letIn = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const seen = { counted: 0, aborted: 0 };
	const on = handlersFor(part);
	const router = on.router({
		who: on.who.handler(({ context }) => context.principal.accountId),
		wait: on.wait.handler(async () => {
			await letIn;
			return 'done';
		}),
		count: on.count.handler(async function* ({ input, signal }) {
			signal?.addEventListener('abort', () => seen.aborted++);
			for (let n = 0; n < input.upTo && !signal?.aborted; n++) {
				seen.counted = n + 1;
				yield n;
			}
		}),
	});
	return { connect: serveCalls({ router, gate, log: pino({ level: 'silent' }) }), letGo, seen };
}

/** A wire that keeps what is sent on it. */
function makeWire(more: Partial<Wire> = {}) {
	const sent: { i: string; p: { s?: number; b?: { json?: unknown } } }[] = [];
	const wire: Wire = { send: (frame) => void sent.push(JSON.parse(String(frame))), principal: () => owner, origin: 'window', cutOff: () => {}, ...more };
	return { wire, sent };
}

const frame = (id: string, name: string, json?: unknown) => JSON.stringify({ i: id, p: { u: `/${name}`, b: { json } } });
const isPiece = (text: string | Uint8Array) => String(text).includes('"t":3');
const turns = async (count: number) => {
	for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

test('who is calling is asked anew for every call', async () => {
	let principal: Principal | null = owner;
	const { wire, sent } = makeWire({ principal: () => principal });
	const connection = makeApp().connect(wire);
	connection.receive(frame('1', 'who'));
	principal = null;
	connection.receive(frame('2', 'who'));
	await turns(20);
	expect(sent.sort((a, b) => a.i.localeCompare(b.i))).toEqual([
		{ i: '1', p: { b: { json: 'owner' } } },
		{ i: '2', p: { s: 401, b: { json: { defined: true, code: 'NOT_SIGNED_IN', status: 401, message: 'Sign in first.', data: {} } } } },
	]);
});

test('a caller that sends faster than it is answered is asked to wait, and to go on once it is answered', async () => {
	const held: boolean[] = [];
	const { wire, sent } = makeWire({ hold: (is) => held.push(is) });
	const app = makeApp();
	const connection = app.connect(wire);
	for (let n = 0; n < 255; n++) connection.receive(frame(`w${n}`, 'wait'));
	await turns(20);
	expect(held).toEqual([]);
	connection.receive(frame('last', 'wait'));
	expect(held).toEqual([true]);
	app.letGo();
	await turns(50);
	expect([held, sent.length]).toEqual([[true, false], 256]);
});

test('a stream waits for a reader that is slow, and nothing piles up', async () => {
	let free = () => {};
	const { wire } = makeWire({
		send: () =>
			new Promise<void>((resolve) => {
				free = resolve;
			}),
	});
	const app = makeApp();
	app.connect(wire).receive(frame('1', 'count', { upTo: 1_000_000 }));
	await turns(50);
	expect(app.seen.counted).toBeLessThan(5);
	const before = app.seen.counted;
	free();
	await turns(5);
	free();
	await turns(5);
	expect(app.seen.counted).toBeGreaterThan(before);
	expect(app.seen.counted).toBeLessThan(10);
});

test('closing the wire aborts what still runs for it', async () => {
	const { wire } = makeWire({ send: (text) => (isPiece(text) ? new Promise(() => {}) : undefined) });
	const app = makeApp();
	const connection = app.connect(wire);
	connection.receive(frame('1', 'count', { upTo: 1_000_000 }));
	await turns(20);
	connection.close();
	expect(app.seen.aborted).toBe(1);
});

test('a caller that opens streams without end is cut off', async () => {
	let cut = 0;
	const { wire } = makeWire({ send: (text) => (isPiece(text) ? new Promise(() => {}) : undefined), cutOff: () => cut++ });
	const connection = makeApp().connect(wire);
	for (let n = 0; n < 128; n++) {
		connection.receive(frame(`s${n}`, 'count', { upTo: 10 }));
		await turns(8);
	}
	expect(cut).toBe(0);
	for (let n = 0; n < 2; n++) {
		connection.receive(frame(`t${n}`, 'count', { upTo: 10 }));
		await turns(8);
	}
	expect(cut).toBeGreaterThan(0);
});

test('a wire that fails to send or to tell who is calling ends nothing but its own call', async () => {
	const rejections: unknown[] = [];
	const note = (error: unknown) => rejections.push(error);
	process.on('unhandledRejection', note);
	const broken = makeApp().connect({
		send: () => {
			throw new Error('the wire is cut');
		},
		principal: () => {
			throw new Error('no database');
		},
		origin: 'window',
		cutOff: () => {},
	});
	broken.receive(frame('1', 'who'));
	broken.receive('nonsense');
	await turns(20);
	process.off('unhandledRejection', note);
	expect(rejections).toEqual([]);
});
