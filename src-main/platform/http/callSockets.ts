import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Role } from '#contract/accounts.ts';
import type { Principal } from '../rpc/guard.ts';
import type { Connection, Wire } from '../rpc/serveCalls.ts';
import type { WebDoor } from './WebDoor.ts';

/** A dataset of 64 MiB is the largest thing a page sends; its frame has some more around it. */
const largestFrameBytes = 83_886_080;
/** What may wait in a socket before the streams that feed it are asked to wait: 1 MiB. */
const waitingBytes = 1_048_576;
/** Lets the answer to the call that ended the session go out first. */
const farewellMs = 250;

/** Close codes of our own; the page knows them (src-renderer/rpc/openSocket.ts). */
const closeCodes = { goingAway: 1001, refused: 1008, sessionEnded: 4401 } as const;

/** The open sockets of all browsers. */
export interface CallSockets {
	/** Takes over a connection whose request has passed every check; `principal` tells who it stands for, anew each time. */
	accept(request: IncomingMessage, socket: Duplex, head: Buffer, principal: () => Principal | null): void;
	close(): Promise<void>;
}

/** One open socket: who opened it, and who it stands for now. */
interface Seat {
	role: Role | null;
	principal(): Principal | null;
	heard: boolean;
}

/**
 * Carries calls over WebSockets.
 *
 * Who it stands for is read anew for every call, and a socket is closed when that is nobody any more or has another role: within a
 * second where something was ended or changed, and within half a minute where its time ran out.
 */
export function openCallSockets(options: {
	door: Pick<WebDoor, 'onChange'>;
	serve: (wire: Wire) => Connection;
	log: Logger;
	pingEveryMs?: number;
}): CallSockets {
	const { door, log, pingEveryMs = 30_000 } = options;
	const server = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes, perMessageDeflate: false, clientTracking: false });
	const seats = new Map<WebSocket, Seat>();

	const stopListening = door.onChange(() => {
		for (const [socket, seat] of seats) {
			if (!isAsBefore(seat, log)) setTimeout(() => socket.close(closeCodes.sessionEnded, 'session ended'), farewellMs).unref();
		}
	});
	const pings = setInterval(() => {
		for (const [socket, seat] of seats) {
			if (!seat.heard) socket.terminate();
			else if (!isAsBefore(seat, log)) socket.close(closeCodes.sessionEnded, 'session ended');
			else {
				seat.heard = false;
				socket.ping();
			}
		}
	}, pingEveryMs).unref();

	function seat(socket: WebSocket, { socket: { remoteAddress = '' } }: IncomingMessage, principal: () => Principal | null): void {
		socket.binaryType = 'arraybuffer';
		const connection = options.serve({
			send: (frame) => send(socket, frame),
			principal,
			origin: remoteAddress,
			hold: (held) => (held ? socket.pause() : socket.resume()),
			cutOff: () => socket.close(closeCodes.refused, 'too many streams'),
		});
		const place: Seat = { role: principal()?.role ?? null, principal, heard: true };
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
		accept: (request, socket, head, principal) => server.handleUpgrade(request, socket, head, (opened) => seat(opened, request, principal)),
		async close() {
			stopListening();
			clearInterval(pings);
			for (const socket of seats.keys()) socket.close(closeCodes.goingAway, 'Homeroom is closing');
			await allGone(seats);
		},
	};
}

/** Nobody who opened a socket is shut out because it cannot be read now who that is: each of its calls asks anew, and fails by itself. */
function isAsBefore({ principal, role }: Seat, log: Logger): boolean {
	try {
		return principal()?.role === role;
	} catch (error) {
		log.error({ err: error }, 'it could not be read who a socket stands for');
		return true;
	}
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
