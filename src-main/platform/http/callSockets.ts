import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Connection, Wire } from '../rpc/serveCalls.ts';
import type { SignInDoor } from './signIn.ts';

/** A table of 32 MiB is the largest thing a page sends; its frame has some more around it. */
const largestFrameBytes = 50_331_648;
/** What may wait in a socket before the streams that feed it are asked to wait: 1 MiB. */
const waitingBytes = 1_048_576;
/** Lets the answer to the call that ended the session go out first. */
const farewellMs = 250;

/** Close codes of our own; the page knows them (src-renderer/rpc/openSocket.ts). */
const closeCodes = { goingAway: 1001, refused: 1008, sessionEnded: 4401 } as const;

/** The open sockets of all browsers. */
export interface CallSockets {
	/** Takes over a connection whose request has passed every check; `secret` is that of its session. */
	accept(request: IncomingMessage, socket: Duplex, head: Buffer, secret: string): void;
	close(): Promise<void>;
}

/**
 * Carries calls over WebSockets.
 *
 * The session is read anew for every call, and a socket is closed when its session ends, within a second where it was ended by
 * hand and within half a minute where its time ran out.
 */
export function openCallSockets(options: {
	door: Pick<SignInDoor, 'principalOfSession' | 'onSessionEnded'>;
	serve: (wire: Wire) => Connection;
	log: Logger;
	pingEveryMs?: number;
}): CallSockets {
	const { door, log, pingEveryMs = 30_000 } = options;
	const server = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes, perMessageDeflate: false, clientTracking: false });
	const seats = new Map<WebSocket, { secret: string; sessionId: string | null; heard: boolean }>();

	const stopListening = door.onSessionEnded((sessionId) => {
		for (const [socket, seat] of seats) {
			if (seat.sessionId === sessionId) setTimeout(() => socket.close(closeCodes.sessionEnded, 'session ended'), farewellMs).unref();
		}
	});
	const pings = setInterval(() => {
		for (const [socket, seat] of seats) {
			if (!seat.heard) socket.terminate();
			else if (door.principalOfSession(seat.secret) === null) socket.close(closeCodes.sessionEnded, 'session ended');
			else {
				seat.heard = false;
				socket.ping();
			}
		}
	}, pingEveryMs).unref();

	function seat(socket: WebSocket, secret: string): void {
		socket.binaryType = 'arraybuffer';
		const connection = options.serve({
			send: (frame) => send(socket, frame),
			principal: () => door.principalOfSession(secret),
			hold: (held) => (held ? socket.pause() : socket.resume()),
			cutOff: () => socket.close(closeCodes.refused, 'too many streams'),
		});
		const place = { secret, sessionId: door.principalOfSession(secret)?.sessionId ?? null, heard: true };
		seats.set(socket, place);
		socket.on('message', (data, isBinary) => {
			place.heard = true;
			// With binaryType `arraybuffer`, ws gives an ArrayBuffer for binary frames and a Buffer for text.
			connection.receive(isBinary ? (data as ArrayBuffer) : String(data));
		});
		socket.on('pong', () => {
			place.heard = true;
		});
		// A frame that is too large or breaks the protocol: ws answers it with the fitting close code.
		socket.on('error', (error) => log.warn({ err: error }, 'a socket failed'));
		socket.on('close', () => {
			seats.delete(socket);
			connection.close();
		});
	}

	return {
		accept: (request, socket, head, secret) => server.handleUpgrade(request, socket, head, (opened) => seat(opened, secret)),
		async close() {
			stopListening();
			clearInterval(pings);
			for (const socket of seats.keys()) socket.close(closeCodes.goingAway, 'Homeroom is closing');
			await allGone(seats);
		},
	};
}

function send(socket: WebSocket, frame: string | Uint8Array): void | Promise<void> {
	if (socket.readyState !== socket.OPEN) return;
	if (socket.bufferedAmount < waitingBytes) return socket.send(frame);
	// A socket that breaks tells so by its `close`; nobody waits for this frame any more.
	return new Promise((resolve) => socket.send(frame, () => resolve()));
}

/** Waits for the browsers to say goodbye; those that do not within a second are cut off. */
async function allGone(seats: ReadonlyMap<WebSocket, unknown>): Promise<void> {
	if (seats.size === 0) return;
	const left = [...seats.keys()].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
	const cut = setTimeout(() => {
		for (const socket of seats.keys()) socket.terminate();
	}, 1000);
	await Promise.all(left);
	clearTimeout(cut);
}
