import { once } from 'node:events';
import http from 'node:http';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Principal } from '../rpc/guard.ts';
import type { Wire } from '../rpc/serveCalls.ts';
import { type CallSockets, openCallSockets } from './callSockets.ts';

let server: http.Server;
let sockets: CallSockets;
let address: string;
let principal: Principal | null;
let wires: Wire[];
let closed: number;
let announce: () => void;
let broken: Error | null;

beforeEach(async () => {
	principal = { accountId: 'owner', role: 'admin', sessionId: 'session', key: null };
	broken = null;
	wires = [];
	closed = 0;
	sockets = openCallSockets({
		door: {
			onChange: (listener) => {
				announce = listener;
				return () => {};
			},
		},
		serve: (wire) => {
			wires.push(wire);
			return { receive: () => {}, close: () => closed++ };
		},
		log: pino({ level: 'silent' }),
		pingEveryMs: 250,
	});
	server = http.createServer();
	server.on('upgrade', (request, socket, head) =>
		sockets.accept(request, socket, head, () => {
			if (broken) throw broken;
			return principal;
		}),
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const bound = server.address();
	address = `ws://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
});
afterEach(async () => {
	await sockets.close();
	server.close();
});

test('a socket is closed with a code that the page knows once the time of its session has run out', async () => {
	const socket = new WebSocket(address);
	await once(socket, 'ping');
	principal = null;
	const [code] = await once(socket, 'close');
	expect(code).toBe(4401);
	await expect.poll(() => closed).toBe(1);
});

test('a socket whose caller cannot be looked up stays open, and so does the host', async () => {
	const socket = new WebSocket(address);
	await once(socket, 'ping');
	broken = new Error('database or disk is full');
	announce();
	await once(socket, 'ping');
	await once(socket, 'ping');
	expect(socket.readyState).toBe(WebSocket.OPEN);
	broken = null;
	principal = null;
	expect((await once(socket, 'close'))[0]).toBe(4401);
});

test.each([
	['is nobody any more', () => null],
	['has another role', (): Principal => ({ accountId: 'owner', role: 'viewer', sessionId: 'session', key: null })],
])('U6 a socket whose caller %s is closed when that is told, with all that runs for it', async (_what, next) => {
	const socket = new WebSocket(address);
	await once(socket, 'open');
	await expect.poll(() => wires.length).toBe(1);
	announce();
	principal = next();
	announce();
	expect((await once(socket, 'close'))[0]).toBe(4401);
	await expect.poll(() => closed).toBe(1);
});

test('a browser that is gone without a word is found out, one that answers pings stays', async () => {
	const gone = new WebSocket(address, { autoPong: false });
	const stays = new WebSocket(address);
	await once(gone, 'close');
	expect(stays.readyState).toBe(stays.OPEN);
});

test('what is sent to a browser that does not read waits instead of piling up', async () => {
	const socket = new WebSocket(address);
	await once(socket, 'open');
	await expect.poll(() => wires.length).toBe(1);
	socket.pause();
	const piece = 'x'.repeat(1_000_000);
	let waiting = wires[0]?.send(piece);
	for (let sent = 1; !(waiting instanceof Promise); sent++) {
		if (sent > 1000) throw new Error('nothing ever waited');
		waiting = wires[0]?.send(piece);
	}
	let went = false;
	void waiting.then(() => {
		went = true;
	});
	expect(went).toBe(false);
	socket.resume();
	await waiting;
	socket.close();
});

test('closing says goodbye to every browser', async () => {
	const socket = new WebSocket(address);
	await once(socket, 'open');
	const goodbye = once(socket, 'close');
	await sockets.close();
	expect((await goodbye)[0]).toBe(1001);
});
