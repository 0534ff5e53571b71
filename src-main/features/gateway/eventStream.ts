import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A stream that has nothing to tell says so this often: what lies between would take it for dead. */
const pulseMs = 15_000;
/** A reader that takes nothing for so long has gone, whatever its connection says. */
const stalledMs = 30_000;

/**
 * Sends what `events` gives as server-sent events, and after them `[DONE]`.
 *
 * What `events` throws becomes a last event, made by `asEvent`. A reader that leaves, or takes nothing any more, ends `events` by its
 * `return`; whoever made it sees to it that it is then not waiting for long.
 */
export function sendEvents(reply: FastifyReply, events: AsyncGenerator<object, void, void>, asEvent: (error: unknown) => object): FastifyReply {
	reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no');
	const stalled = () => reply.raw.destroy();
	return reply.send(Readable.from(lines(events, asEvent, stalled), { objectMode: false, highWaterMark: 16_384 }));
}

async function* lines(
	events: AsyncGenerator<object, void, void>,
	asEvent: (error: unknown) => object,
	stalled: () => void,
): AsyncGenerator<string, void, void> {
	let stall: NodeJS.Timeout | undefined;
	try {
		for await (const line of withPulse(asLines(events, asEvent))) {
			stall = setTimeout(stalled, stalledMs);
			yield line;
			clearTimeout(stall);
		}
	} finally {
		clearTimeout(stall);
	}
}

async function* asLines(events: AsyncGenerator<object, void, void>, asEvent: (error: unknown) => object): AsyncGenerator<string, void, void> {
	try {
		for await (const event of events) yield `data: ${JSON.stringify(event)}\n\n`;
	} catch (error) {
		yield `data: ${JSON.stringify(asEvent(error))}\n\n`;
		return;
	}
	yield 'data: [DONE]\n\n';
}

/** The same lines, with a comment, which readers pass over, wherever none came for long. */
async function* withPulse(source: AsyncGenerator<string, void, void>): AsyncGenerator<string, void, void> {
	try {
		for (;;) {
			const next = source.next();
			let come = await within(next, pulseMs);
			while (come === null) {
				yield ': waiting\n\n';
				come = await within(next, pulseMs);
			}
			if (come.done) return;
			yield come.value;
		}
	} finally {
		await source.return();
	}
}

/** What a promise gives, or null where it has given nothing after `ms`. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<null>((resolve) => {
		timer = setTimeout(resolve, ms, null);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
