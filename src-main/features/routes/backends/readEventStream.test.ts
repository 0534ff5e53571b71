import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventStreamTooLong, readEventStream } from './readEventStream.ts';

const roomy = { eventLength: 10_000, totalBytes: 1_000_000 };

async function read(chunks: readonly Uint8Array[], limits = roomy) {
	return await Array.fromAsync(readEventStream(toStream(chunks), limits));
}
async function* toStream(chunks: readonly Uint8Array[]) {
	yield* chunks;
}
const bytes = (text: string) => new TextEncoder().encode(text);

// The examples of the standard, section 9.2.6, beside what they leave out.
test.each([
	['data of several lines', 'data: YHOO\ndata: +2\ndata: 10\n\n', [{ type: 'message', data: 'YHOO\n+2\n10' }]],
	[
		'comments, an id, an empty one',
		': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
		['first event', 'second event', ' third event'],
	],
	['empty data, twice, and one that nothing ended', 'data\n\ndata\ndata\n\ndata:', ['', '\n']],
	['a type', 'event: add\ndata: 73857293\n\nevent: empty\n\ndata: x\n\n', [{ type: 'add', data: '73857293' }, 'x']],
	['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
	['a mark in the middle', 'data: \uFEFFa\n\n', ['\uFEFFa']],
	['fields of no meaning', 'other: 1\nretry: 5\nData: b\ndata : c\ndata: a\n\n', ['a']],
	['an error as a field', 'data: a\n\nerror: {"code":500}\n\n', ['a', { type: 'error', data: '{"code":500}' }]],
])('reads %s', async (_what, text, expected) => {
	const events = expected.map((event) => (typeof event === 'string' ? { type: 'message', data: event } : event));
	expect(await read([bytes(text)])).toEqual(events);
});

test('however it is cut into chunks, and whichever line ends it has, it is the same', async () => {
	const line = fc.stringMatching(/^[a-zé漢🙂 :]{0,6}$/u);
	const stream = fc.array(
		fc.oneof(
			line,
			line.map((text) => `data: ${text}`),
			fc.constant(''),
		),
		{ maxLength: 12 },
	);
	await fc.assert(
		fc.asyncProperty(stream, fc.constantFrom('\n', '\r', '\r\n'), fc.array(fc.nat(200), { maxLength: 8 }), async (lines, end, cuts) => {
			const whole = bytes(lines.map((text) => `${text}\n`).join(''));
			const other = bytes(lines.map((text) => text + end).join(''));
			const places = [0, ...cuts.map((cut) => cut % (other.length + 1)).sort((a, b) => a - b), other.length];
			const chunks = places.slice(1).map((to, at) => other.subarray(places[at], to));
			expect(await read(chunks)).toEqual(await read([whole]));
		}),
		{ numRuns: 500 },
	);
});

test('bytes that are no UTF-8 are marked, and what follows is read on', async () => {
	expect(await read([Uint8Array.of(...bytes('data: a'), 0xff, 0xe6), bytes('b\n\ndata: c\n\n')])).toMatchObject([{ data: 'a\uFFFD\uFFFDb' }, { data: 'c' }]);
});

test.each([
	['a line without end', ['data: ', 'x'.repeat(60), 'x'.repeat(60)]],
	['an event without end', ['data: xxxxxxxxxxxxxxxxxxxxxxxxxxxx\n'.repeat(4)]],
	['a stream without end', Array<string>(40).fill(': keep-alive\n\n')],
])('%s is given up, however it comes', async (_what, texts) => {
	await expect(read(texts.map(bytes), { eventLength: 100, totalBytes: 400 })).rejects.toBeInstanceOf(EventStreamTooLong);
});
