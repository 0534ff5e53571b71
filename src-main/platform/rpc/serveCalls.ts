import { randomUUID } from 'node:crypto';
import { StandardRPCSerializer } from '@orpc/client/standard';
import type { AnyRouter } from '@orpc/server';
import { StandardHandler, StandardRPCCodec, StandardRPCMatcher } from '@orpc/server/standard';
import { WebsocketHandler } from '@orpc/server/websocket';
import type { Logger } from 'pino';
import { failure, isFailure } from '#contract/errors.ts';
import { fitsLimits } from './fitsLimits.ts';
import { type CallContext, type Gate, type Principal, type Seat, toAnswer } from './guard.ts';
import { PlainFirstSerializer } from './PlainFirstSerializer.ts';

/** More calls than this without an answer and the other side is asked to wait; a page has a handful. */
const mostUnanswered = 256;
/** More streams than this on one connection are no page of ours. */
const mostStreams = 128;
/** The part of a multipart call beside its files: the input with the files left out. */
const longestFormJson = 1_048_576;

/** What carries the frames of one connection: a browser's socket, the window's port. */
export interface Wire {
	/** Sends one frame; a promise asks the stream that feeds it to wait, so that a slow reader makes nothing pile up. */
	send(frame: string | Uint8Array): void | Promise<void>;
	/** Who is calling; asked anew for every call, so that a session that has ended ends at once. */
	principal(): Principal | null;
	/** `window`, or the address of the other side. */
	origin: string;
	/** Where the other side can be signed in and out without another connection. */
	seat?: Seat;
	/** Asks the other side to stop sending (`true`) or to go on; a wire that cannot leaves it out. */
	hold?(held: boolean): void;
	/** Ends the connection of a caller that opens streams without end. */
	cutOff(): void;
}

export interface Connection {
	/** Takes one frame, as it came. Never throws, never rejects. */
	receive(frame: string | ArrayBuffer): void;
	/** Aborts what still runs for this connection; call it when the wire is gone. */
	close(): void;
}

interface WireContext extends CallContext {
	/** The frame is understood: from here on oRPC answers it. */
	isRequest: boolean;
	/** The input is decoded: from here on its guard answers for whatever goes wrong. */
	isCall: boolean;
	answered(): void;
}

/**
 * Answers the calls that come over any wire with the procedures of `router`; the one way in, for the window and for browsers.
 *
 * Every call is answered with what its procedure declares or with a failure of the closed list: also a frame that is no JSON, an
 * unknown procedure, an input that cannot be decoded. A frame that does not tell its id is answered under the empty id.
 */
export function serveCalls(options: { router: AnyRouter; gate: Gate; log: Logger }): (wire: Wire) => Connection {
	const { gate, log } = options;
	const codec = new StandardRPCCodec(new StandardRPCSerializer(new PlainFirstSerializer()));
	const standard = new StandardHandler<WireContext>(options.router, new StandardRPCMatcher(), codec, {
		interceptors: [
			async ({ next, context, request }) => {
				context.isRequest = true;
				try {
					if (request.method !== 'POST' || !isReadableBody(await request.body())) throw unreadable();
					const result = await next();
					if (!result.matched) throw failure('NOT_FOUND', { what: 'procedure' });
					return result;
				} catch (error) {
					if (isFailure(error)) throw error;
					throw context.isCall ? toAnswer(error, context, [request.url.pathname]) : unreadable();
				} finally {
					context.answered();
				}
			},
		],
		clientInterceptors: [
			({ next, context }) => {
				context.isCall = true;
				return next();
			},
		],
	});
	const handler = new WebsocketHandler(standard);
	return (wire) => connect(handler, { gate, log }, wire);
}

function connect(handler: WebsocketHandler<WireContext>, { gate, log }: Pick<CallContext, 'gate' | 'log'>, wire: Wire): Connection {
	const { origin, seat = null } = wire;
	// oRPC only ever sends on it: frames come in through `message` below.
	const socket = { send: (frame: string | Uint8Array) => wire.send(frame), addEventListener: () => {} };
	let unanswered = 0;
	let running = 0;
	let held = false;
	const hold = (next: boolean) => {
		if (next !== held) wire.hold?.(next);
		held = next;
	};

	async function receive(frame: string | ArrayBuffer): Promise<void> {
		let counted = true;
		const answered = () => {
			if (!counted) return;
			counted = false;
			unanswered--;
			if (unanswered < mostUnanswered / 2) hold(false);
		};
		const context: WireContext = { principal: null, requestId: randomUUID(), log, gate, origin, seat, isRequest: false, isCall: false, answered };
		unanswered++;
		running++;
		if (unanswered >= mostUnanswered) hold(true);
		if (running - unanswered > mostStreams) wire.cutOff();
		try {
			context.principal = wire.principal();
			if (typeof frame === 'string' && !fitsLimits(frame)) throw new Error('the frame is too deep or holds too many values');
			await handler.message(socket, frame, { context });
		} catch (error) {
			if (!context.isRequest) {
				log.debug({ err: error, requestId: context.requestId }, 'a frame could not be read');
				await wire.send(refusedFrame(frame));
			} else {
				// The caller has its answer (toAnswer) or is gone; what is left is for whoever reads the log.
				log.debug({ err: error, requestId: context.requestId }, 'a call ended early');
			}
		} finally {
			answered();
			running--;
		}
	}

	return {
		receive: (frame) => {
			receive(frame).catch((error) => log.warn({ err: error }, 'an answer could not be sent'));
		},
		close: () => handler.close(socket),
	};
}

function isReadableBody(body: unknown): boolean {
	if (!(body instanceof FormData)) return true;
	const json = body.get('data');
	return typeof json === 'string' && json.length <= longestFormJson && fitsLimits(json);
}

function unreadable() {
	return failure('INVALID_INPUT', { issues: [{ path: '', message: 'The request could not be read.' }] });
}

/** The answer to a frame that cannot be understood, in oRPC's wire form, under the frame's id where it starts with one. */
function refusedFrame(frame: string | ArrayBuffer): string {
	const head = typeof frame === 'string' ? frame.slice(0, 100) : new TextDecoder().decode(frame.slice(0, 100));
	const id = /^\s*\{\s*"i"\s*:\s*"([\w-]{1,64})"/.exec(head)?.[1] ?? '';
	const error = unreadable();
	return JSON.stringify({ i: id, p: { s: error.status, b: { json: error.toJSON() } } });
}
