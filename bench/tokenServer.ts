import http from 'node:http';
import type { AddressInfo } from 'node:net';

const words = ['Leaves', 'are', '**green**', 'because', 'chlorophyll', 'takes', 'in', 'red', 'light.', '陈晨', 'writes', '`2 + 3`,', 'and'];
const model = 'bench';
/** One event holds so many tokens, as a fast server's do. */
const piece = 8;

/** A server that speaks the OpenAI API and answers everything with so many tokens, as fast as they are taken. */
export async function startTokenServer(tokens: number): Promise<{ endpoint: string; stop: () => void }> {
	const server = http.createServer(async (request, response) => {
		for await (const _ of request);
		if (request.url?.endsWith('/models')) return void response.end(JSON.stringify({ object: 'list', data: [{ id: model, object: 'model' }] }));
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		for (let at = 0; at < tokens; at += piece) {
			const isTaken = response.write(eventOf({ delta: { content: textOf(at) }, finish_reason: null }));
			await (isTaken ? new Promise((resolve) => setImmediate(resolve)) : new Promise((resolve) => response.once('drain', resolve)));
		}
		response.write(eventOf({ delta: {}, finish_reason: 'stop' }, { prompt_tokens: 10, completion_tokens: tokens, total_tokens: tokens + 10 }));
		response.end('data: [DONE]\n\n');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, stop: () => void server.close() };
}

function textOf(at: number): string {
	const said = Array.from({ length: piece }, (_, offset) => words[(at + offset) % words.length]).join(' ');
	return at % 200 === 0 ? `\n\n${said} ` : `${said} `;
}

function eventOf(choice: object, usage?: object): string {
	return `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', model, choices: [{ index: 0, ...choice }], ...(usage && { usage }) })}\n\n`;
}
