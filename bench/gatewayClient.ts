import { Agent, type IncomingMessage, request } from 'node:http';

/** What the bench tells its client, which is a process of its own as other programs are. */
export type ClientOrder =
	/** Asks the same so often, one after another. */
	| { act: 'ask'; body: object; count: number }
	/** Reads one stream to its end. */
	| { act: 'read'; body: object }
	/** Opens so many streams and holds them. */
	| { act: 'hold'; body: object; count: number };
/** `values`: milliseconds of each asking, tokens a second of a stream, or how many streams were opened. */
export interface ClientAnswer {
	values: number[];
}

const [port = '', key = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1000 });

function post(body: object): Promise<IncomingMessage> {
	const text = JSON.stringify(body);
	const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
	return new Promise((resolve, reject) => {
		const asked = request({ host: '127.0.0.1', port, path: '/v1/chat/completions', method: 'POST', agent, headers }, resolve);
		asked.on('error', reject).end(text);
	});
}

async function textOf(response: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of response) text += chunk;
	if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${text}`);
	return text;
}

async function ask(body: object, count: number): Promise<number[]> {
	const values: number[] = [];
	for (let n = 0; n < count; n++) {
		const start = performance.now();
		await textOf(await post(body));
		values.push(performance.now() - start);
	}
	return values;
}

/** Tokens a second from the first piece to the end. */
async function read(body: object): Promise<number> {
	const response = await post({ ...body, stream: true, stream_options: { include_usage: true } });
	let firstAt = 0;
	let text = '';
	for await (const chunk of response) {
		// Opened by the first piece.
		firstAt ||= performance.now();
		text += chunk;
	}
	const tokens = Number(/"completion_tokens":(\d+)/.exec(text)?.[1]);
	return ((tokens - 1) / (performance.now() - firstAt)) * 1000;
}

async function hold(body: object, count: number): Promise<number> {
	const opened = await Promise.all(Array.from({ length: count }, () => post({ ...body, stream: true })));
	for (const response of opened) response.on('error', () => {}).resume();
	return opened.filter(({ statusCode }) => statusCode === 200).length;
}

process.on('message', async (order: ClientOrder) => {
	const values =
		order.act === 'ask' ? await ask(order.body, order.count) : [order.act === 'read' ? await read(order.body) : await hold(order.body, order.count)];
	process.send?.({ values } satisfies ClientAnswer);
});
