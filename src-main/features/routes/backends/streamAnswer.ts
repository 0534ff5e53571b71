import { failure } from '#contract/errors.ts';
import type { NetworkResponse } from '../../../platform/network/NetworkResponse.ts';
import { type GeneratePiece, StopFilter } from '../../engine/engine.ts';
import type { AnswerMeter } from './AnswerMeter.ts';
import { type AnswerChunk, readChunk } from './readChunk.ts';
import { EventStreamTooLong, readEventStream } from './readEventStream.ts';
import { type Asked, readBreak } from './readRefusal.ts';

type Finish = Extract<GeneratePiece, { type: 'end' }>['finish'];

/** The longest event of a stream, in characters, and the most bytes of one answer. */
const limits = { eventLength: 4 * 1024 * 1024, totalBytes: 64 * 1024 * 1024 };
const lastEvent = '[DONE]';

/**
 * Reads the answer of a server as it comes and pushes it on, the end last.
 *
 * It ends early, and lets go of the server, where a text of `stopsLeft` comes, the budget is used up, or more comes than was asked for.
 * A stream that breaks off without an end throws: half an answer is never taken for a whole one.
 */
export async function streamAnswer(
	response: NetworkResponse,
	{
		asked,
		meter,
		stopsLeft,
		mostCalls,
		push,
	}: { asked: Asked; meter: AnswerMeter; stopsLeft: readonly string[]; mostCalls: number; push(piece: GeneratePiece): void },
): Promise<void> {
	const filter = new StopFilter(stopsLeft);
	const show = (text: string, { spans }: Pick<AnswerChunk, 'spans'>) => {
		// What is held back comes later than its pieces.
		if (text !== '') push({ type: 'text', text, spans: stopsLeft.length === 0 ? spans : [], usage: meter.usage });
	};
	const calls = new Calls(asked, mostCalls);
	let finish: Finish | null = null;
	try {
		for await (const chunk of readChunks(response, asked)) {
			if (chunk.error !== null) throw readBreak(chunk.error, asked);
			// The usage comes in a chunk of its own after the end.
			if (chunk.usage) meter.tell(chunk.usage);
			if (chunk.finish !== null) finish ??= finishOf(chunk.finish, asked);
			if (chunk.text === '' && chunk.thought === '' && chunk.calls.length === 0) continue;
			const isPaid = meter.count(chunk.text + chunk.thought + chunk.calls.map(({ name, text }) => (name ?? '') + text).join(''));
			const { text, stopped } = filter.push(chunk.text);
			show(text, chunk);
			for (const call of calls.read(chunk.calls)) push({ ...call, usage: meter.usage });
			if (stopped) return push({ type: 'end', finish: 'stop', usage: meter.usage });
			if (!isPaid || meter.isBeyond) return push({ type: 'end', finish: isPaid ? 'length' : 'budget', usage: meter.usage });
		}
	} catch (error) {
		throw error instanceof EventStreamTooLong ? failure('SERVER_CONFUSED', { host: asked.name, what: error.message }, error) : error;
	} finally {
		response.discard();
	}
	if (finish === null) throw failure('NETWORK_FAILED', { host: asked.name, reason: 'broken' });
	show(filter.rest(), { spans: [] });
	push({ type: 'end', finish, usage: meter.usage });
}

/** The calls of an answer: who told the name of one need not tell it again, and none begins beyond those that were allowed. */
class Calls {
	readonly #asked: Asked;
	readonly #most: number;
	/** By the server's own number: which call of ours it is. */
	readonly #begun = new Map<number, { at: number; name: string }>();

	constructor(asked: Asked, most: number) {
		this.#asked = asked;
		this.#most = most;
	}

	read(pieces: AnswerChunk['calls']): { type: 'call'; at: number; name: string; text: string }[] {
		return pieces.flatMap(({ at: theirs, name, text }) => {
			const begun = this.#begun.get(theirs) ?? this.#begin(theirs, name);
			return begun.at < this.#most ? [{ type: 'call' as const, ...begun, text }] : [];
		});
	}

	#begin(theirs: number, name: string | null): { at: number; name: string } {
		if (name === null) throw failure('SERVER_CONFUSED', { host: this.#asked.name, what: 'a call without a name' });
		const begun = { at: this.#begun.size, name };
		this.#begun.set(theirs, begun);
		return begun;
	}
}

async function* readChunks(response: NetworkResponse, asked: Asked): AsyncGenerator<AnswerChunk, void, void> {
	const type = (response.headers['content-type'] ?? '').toLowerCase();
	const confused = (what: string) => failure('SERVER_CONFUSED', { host: asked.name, what });
	if (type.startsWith('application/json')) {
		// Some servers answer whole although a stream was asked for.
		const whole = readChunk(await response.text(limits.eventLength));
		if (whole === null) throw confused(type);
		yield whole;
		return;
	}
	if (!type.startsWith('text/event-stream')) throw confused(type === '' ? 'no type' : type);
	for await (const { data } of readEventStream(response.body, limits)) {
		if (data.trim() === lastEvent) return;
		const chunk = readChunk(data);
		if (chunk === null) throw confused('an event that is no chunk of an answer');
		yield chunk;
	}
}

/** https://platform.openai.com/docs/api-reference/chat-streaming/streaming, and DeepSeek's own `insufficient_system_resource`. */
function finishOf(reason: string, { name }: Asked): Finish {
	if (reason === 'length') return 'length';
	if (reason === 'content_filter') throw failure('BACKEND_REFUSED', { name, reason: 'withheld', detail: reason });
	if (reason === 'insufficient_system_resource') throw failure('SERVER_FAILED', { host: name, status: 503 });
	return 'stop';
}
