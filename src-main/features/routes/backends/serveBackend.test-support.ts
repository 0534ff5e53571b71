import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing that the double was asked. */
export interface SeenRequest {
	method: string;
	path: string;
	authorization: string | undefined;
	/** The JSON of its body; null without one. */
	body: unknown;
	/** Resolves when the client has gone or has all. */
	closed: Promise<void>;
}

/** How the double answers. */
export type Answer = (response: http.ServerResponse, request: SeenRequest) => void | Promise<void>;

export type ServedBackend = Awaited<ReturnType<typeof serveBackend>>;

/** A real server on a loopback port that answers everything as `answer` does at the time: a double of a remote backend. */
export async function serveBackend(first: Answer = (response) => void response.end()) {
	const seen: SeenRequest[] = [];
	let answer = first;
	const server = http.createServer(async (request, response) => {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece);
		const text = Buffer.concat(pieces).toString();
		const { promise: closed, resolve } = Promise.withResolvers<void>();
		response.once('close', resolve);
		const { method = '', url: path = '', headers } = request;
		const one: SeenRequest = { method, path, authorization: headers.authorization, body: text === '' ? null : JSON.parse(text), closed };
		seen.push(one);
		await answer(response, one);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	// A server that listens on a port has an AddressInfo.
	const { port } = server.address() as AddressInfo;
	return {
		endpoint: `http://127.0.0.1:${port}/v1`,
		host: `127.0.0.1:${port}`,
		port,
		seen,
		answerWith(next: Answer) {
			answer = next;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

const event = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
export const chunkOf = (delta: object, finish: string | null = null, more: object = {}) => ({
	...{ id: 'x', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish, ...more }] },
});
export const usageOf = (prompt: number, completion: number, more: object = {}) => ({
	...{ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion, ...more } },
});

/** Sends these events, each as it stands or as JSON, and ends. */
export const sendEvents =
	(...events: unknown[]): Answer =>
	(response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
		for (const one of events) response.write(event(one));
		response.end();
	};

/** A whole and regular answer of these words. */
export const speak = (words: readonly string[], usage: object | null = usageOf(12, words.length)): Answer =>
	sendEvents(
		chunkOf({ role: 'assistant', content: '' }),
		...words.map((content) => chunkOf({ content })),
		chunkOf({}, 'stop'),
		...(usage ? [usage] : []),
		'[DONE]',
	);

/** Sends the first words and then nothing more, the connection held open. */
export const fallSilent =
	(...words: string[]): Answer =>
	(response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		response.flushHeaders();
		for (const content of words) response.write(event(chunkOf({ content })));
	};

/** Sends the first words and then cuts the connection. */
export const dieMidway =
	(...words: string[]): Answer =>
	(response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		response.write(words.map((content) => event(chunkOf({ content }))).join(''), () => response.destroy());
	};

/** Sends a word again and again until nobody listens. */
export const neverEnd =
	(word: string): Answer =>
	(response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		const go = () => {
			while (!response.destroyed && response.write(event(chunkOf({ content: word }))));
			if (!response.destroyed) response.once('drain', go);
		};
		go();
	};

/** Refuses with a status, and what it says of it. */
export const refuse =
	(status: number, body: unknown = '', headers: Record<string, string> = {}): Answer =>
	(response) => {
		const isText = typeof body === 'string';
		response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers }).end(isText ? body : JSON.stringify(body));
	};
