import { expect, test } from 'vitest';
import type { Renewal } from './Access.ts';
import { ConnectionLost } from './ConnectionLost.ts';
import { backOffMs, ReconnectingLink, type Transport } from './ReconnectingLink.ts';
import type { ConnectionState } from './useConnection.ts';

/** A connection to an app that answers each call with its path, until it is broken by hand. */
function openTransport() {
	const { promise: closed, resolve } = Promise.withResolvers<{ signedOut: boolean }>();
	const { promise: hangs, resolve: startHanging } = Promise.withResolvers<(error: Error) => void>();
	const hang = () => new Promise((_resolve, reject) => startHanging(reject));
	const transport: Transport = { link: { call: (path) => (path[0] === 'hang' ? hang() : Promise.resolve(path.join('.'))) }, closed };
	const close = (signedOut = false) => resolve({ signedOut });
	return { transport, close, hangs };
}

/** A link over `offers`, taken one at a time, that never really waits. */
function linkOver(offers: (Transport | 'signedOut' | 'unreachable')[], renewal: Renewal = 'refused') {
	const states: ConnectionState[] = [];
	const waits: number[] = [];
	const link = new ReconnectingLink(
		async () => offers.shift() ?? 'signedOut',
		(state) => states.push(state),
		async (ms) => void waits.push(ms),
		async () => renewal,
	);
	return { link, states, waits };
}

const call = (link: ReconnectingLink, ...path: string[]) => link.call(path, undefined, { context: {} });

test('waits longer after each try, up to eight seconds', () => {
	expect([0, 1, 2, 3, 4, 5, 6, 1000].map(backOffMs)).toEqual([300, 600, 1200, 2400, 4800, 8000, 8000, 8000]);
});

test('answers a call made before there is a connection once there is one', async () => {
	const { link, states, waits } = linkOver(['unreachable', 'unreachable', openTransport().transport]);
	expect(await call(link, 'library', 'list')).toBe('library.list');
	expect({ states, waits }).toEqual({ states: ['connecting', 'lost', 'lost', 'open'], waits: [300, 600] });
});

test('rejects the calls of a broken connection with ConnectionLost and answers later ones over a new one', async () => {
	const first = openTransport();
	const { link, states } = linkOver([first.transport, openTransport().transport]);
	await link.ready();
	const hanging = call(link, 'hang');
	const rejectHanging = await first.hangs;
	first.close();
	await first.transport.closed;
	rejectHanging(new Error('socket gone'));
	await expect(hanging).rejects.toBeInstanceOf(ConnectionLost);
	expect(await call(link, 'jobs', 'list')).toBe('jobs.list');
	expect({ states, breaks: link.breaks }).toEqual({ states: ['connecting', 'open', 'lost', 'open'], breaks: 1 });
});

test('tries no more once the session is over', async () => {
	const first = openTransport();
	const { link, states } = linkOver([first.transport]);
	await link.ready();
	first.close(true);
	await first.transport.closed;
	await expect(link.ready()).rejects.toBeInstanceOf(ConnectionLost);
	expect(states).toEqual(['connecting', 'open', 'signedOut']);
});

test.each(['renewed', 'unreachable'] as const)('connects again after a session was missed and access is %s', async (renewal) => {
	const first = openTransport();
	const { link, states } = linkOver([first.transport, openTransport().transport], renewal);
	await link.ready();
	first.close(true);
	await first.transport.closed;
	expect(await call(link, 'jobs', 'list')).toBe('jobs.list');
	expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
});

test('moves to another connection before the access of the first ends, and nobody is told', async () => {
	const [first, second] = [openTransport(), openTransport()];
	const { link, states } = linkOver([first.transport, second.transport]);
	await link.ready();
	const hanging = call(link, 'hang');
	const rejectHanging = await first.hangs;
	await link.reopen();
	const later = call(link, 'hang');
	const rejectLater = await second.hangs;
	first.close(true);
	await first.transport.closed;
	rejectHanging(new Error('socket gone'));
	rejectLater(new RangeError('its own failure'));
	await expect(hanging).rejects.toBeInstanceOf(ConnectionLost);
	await expect(later).rejects.toBeInstanceOf(RangeError);
	expect(await call(link, 'jobs', 'list')).toBe('jobs.list');
	expect({ states, breaks: link.breaks }).toEqual({ states: ['connecting', 'open'], breaks: 1 });
});

test('stays where it is when no other connection can be had', async () => {
	const { link, states } = linkOver([openTransport().transport, 'unreachable', 'signedOut']);
	await link.reopen();
	await link.ready();
	await link.reopen();
	await link.reopen();
	expect(await call(link, 'jobs', 'list')).toBe('jobs.list');
	expect(states).toEqual(['connecting', 'open']);
});

test('lets a caller give up waiting', async () => {
	const stop = new AbortController();
	const link = new ReconnectingLink(
		() => new Promise(() => {}),
		() => {},
		async () => {},
	);
	const waiting = link.ready(stop.signal);
	stop.abort();
	await expect(waiting).rejects.toHaveProperty('name', 'AbortError');
});
