/** One event of a server: its data, the lines of which are joined by line feeds. */
export interface ServerEvent {
	/** `message` unless it was named. */
	type: string;
	data: string;
}

/** A stream was longer in some way than a reader may be made to keep. */
export class EventStreamTooLong extends Error {}

const byteOrderMark = 0xfeff;

/**
 * Reads a `text/event-stream` as it comes: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 *
 * Lines end with a line feed, a carriage return or both, split anywhere between two chunks. Bytes that are no UTF-8 become U+FFFD. An event
 * that no empty line ended is dropped. `id` and `retry` are for who connects anew, so they are passed over.
 *
 * Beside the standard a field `error` is an event of that type: older llama-server writes failures so
 * (`server_sent_event(sink, "error", …)`, https://github.com/ggml-org/llama.cpp/blob/b4000/examples/server/server.cpp).
 *
 * @param limits the longest event, in UTF-16 units, and the most bytes in all. Beyond either it throws EventStreamTooLong.
 */
export async function* readEventStream(
	body: AsyncIterable<Uint8Array>,
	limits: { eventLength: number; totalBytes: number },
): AsyncGenerator<ServerEvent, void, void> {
	const lines = new LineReader(limits.eventLength);
	const event = new EventBuilder(limits.eventLength);
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > limits.totalBytes) throw new EventStreamTooLong(`more than ${limits.totalBytes} bytes`);
		for (const line of lines.push(chunk)) {
			const ended = event.take(line);
			if (ended) yield ended;
		}
	}
}

/** Splits bytes into lines. */
class LineReader {
	readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	readonly #most: number;
	#rest = '';
	#isStart = true;
	/** The last line ended with a carriage return, so that a line feed right after it is no line of its own. */
	#afterReturn = false;

	constructor(most: number) {
		this.#most = most;
	}

	push(chunk: Uint8Array): string[] {
		let text = this.#decoder.decode(chunk, { stream: true });
		if (text === '') return [];
		if (this.#isStart && text.charCodeAt(0) === byteOrderMark) text = text.slice(1);
		this.#isStart = false;
		if (this.#afterReturn && text.startsWith('\n')) text = text.slice(1);
		if (text !== '') this.#afterReturn = text.endsWith('\r');
		const lines = text.split(/\r\n|\r|\n/);
		lines[0] = this.#rest + (lines[0] ?? '');
		this.#rest = lines.pop() ?? '';
		if (this.#rest.length > this.#most) throw new EventStreamTooLong(`a line of more than ${this.#most} characters`);
		return lines;
	}
}

/** Puts lines together into events. */
class EventBuilder {
	readonly #most: number;
	#type = '';
	#data: string[] = [];
	#length = 0;

	constructor(most: number) {
		this.#most = most;
	}

	/** The event that this line ends, where it ends one with data. */
	take(line: string): ServerEvent | null {
		if (line === '') return this.#end();
		const colon = line.indexOf(':');
		if (colon === 0) return null;
		const field = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
		if (field === 'event') this.#type = value;
		else if (field === 'data' || field === 'error') {
			if (field === 'error') this.#type = 'error';
			this.#length += value.length + 1;
			if (this.#length > this.#most) throw new EventStreamTooLong(`an event of more than ${this.#most} characters`);
			this.#data.push(value);
		}
		return null;
	}

	#end(): ServerEvent | null {
		const ended = this.#data.length === 0 ? null : { type: this.#type === '' ? 'message' : this.#type, data: this.#data.join('\n') };
		[this.#type, this.#data, this.#length] = ['', [], 0];
		return ended;
	}
}
