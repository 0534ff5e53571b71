import { expect, test } from 'vitest';
import { decodeSource } from '../decodeSource.ts';
import { FormatError } from '../FormatError.ts';
import type { Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { JsonTokenizer } from './JsonTokenizer.ts';
import { readJson } from './readJson.ts';
import suite from './suite.test-data.json' with { type: 'json' };
import { ValueBuilder } from './ValueBuilder.ts';
import { writeJson } from './writeJson.ts';

type Case = { text: string } | { base64: string } | { repeat: string; times: number; then: string };

const cases = Object.entries(suite.cases as Record<string, Case>).map(([name, held]) => ({ name, bytes: bytesOf(held) }));

function bytesOf(held: Case): Uint8Array {
	if ('text' in held) return Buffer.from(held.text);
	return 'base64' in held ? Buffer.from(held.base64, 'base64') : Buffer.from(held.repeat.repeat(held.times) + held.then);
}

async function textOf(bytes: Uint8Array): Promise<string> {
	return (await decodeSource(bytes, undefined, new NoteBook())).text;
}

/** Reads a source in pieces of so many characters, as from a file. */
function readInPieces(text: string, size: number): Value | undefined {
	const tokenizer = new JsonTokenizer();
	const builder = new ValueBuilder();
	let root: Value | undefined;
	for (let from = 0; ; ) {
		const token = tokenizer.next();
		if (token === 'end') return root;
		if (token !== 'more') root = builder.take(token, tokenizer) ?? root;
		else if (from >= text.length) tokenizer.end();
		else {
			tokenizer.feed(text.slice(from, from + size));
			from += size;
		}
	}
}

test('takes all 95 documents of JSONTestSuite that are JSON, and writes them so that JSON.parse reads the same', async () => {
	const valid = cases.filter(({ name }) => name.startsWith('y_'));
	expect(valid).toHaveLength(95);
	for (const { name, bytes } of valid) {
		const text = await textOf(bytes);
		for (const indent of [0, 2]) expect(JSON.parse(writeJson(readJson(text), { indent })), name).toEqual(JSON.parse(text));
	}
});

test('refuses all 188 documents of JSONTestSuite that are none, each at a place in it', async () => {
	const invalid = cases.filter(({ name }) => name.startsWith('n_'));
	expect(invalid).toHaveLength(188);
	for (const { name, bytes } of invalid) {
		const text = await textOf(bytes);
		const error = failureOf(() => readJson(text));
		expect(error, name).toBeInstanceOf(FormatError);
		expect(error?.offset, name).toBeGreaterThanOrEqual(0);
		expect(error?.offset, name).toBeLessThanOrEqual(text.length);
	}
});

test('answers with a value or a FormatError where JSON leaves the choice', async () => {
	const free = cases.filter(({ name }) => name.startsWith('i_'));
	expect(free).toHaveLength(35);
	for (const { name, bytes } of free) {
		const text = await textOf(bytes);
		expect(failureOf(() => readJson(text))?.name ?? 'FormatError', name).toBe('FormatError');
	}
});

test('reads the same from chunks of any size, to the same place of a failure', async () => {
	for (const { name, bytes } of cases.filter((one) => one.bytes.length < 200)) {
		const text = await textOf(bytes);
		for (const size of [1, 2, 7]) {
			const whole = failureOf(() => readJson(text));
			const pieces = failureOf(() => readInPieces(text, size));
			expect([pieces?.code, pieces?.offset], name).toEqual([whole?.code, whole?.offset]);
			if (!whole) expect(readInPieces(text, size), name).toEqual(readJson(text));
		}
	}
});

test('reads one value after another where several are allowed', () => {
	const tokenizer = new JsonTokenizer({ several: true });
	const builder = new ValueBuilder();
	const values: string[] = [];
	tokenizer.feed('{"a":1}\n[2]\n\n"3"\n4 ');
	tokenizer.end();
	for (let token = tokenizer.next(); token !== 'end'; token = tokenizer.next()) {
		const value = builder.take(token, tokenizer);
		if (value) values.push(writeJson(value, { indent: 0 }));
	}
	expect(values).toEqual(['{"a":1}', '[2]', '"3"', '4']);
});

test('keeps the digits, the order, the duplicates, the odd keys and the odd characters', () => {
	const source = '{"10":12345678901234567890,"9":1.10,"a":1.0,"a":-0,"b":1e400,"__proto__":{"constructor":0.1E+07},"":["\\ud800","\\u0000","\u2028"]}';
	expect(writeJson(readJson(source), { indent: 0 })).toBe(source);
});

test('refuses 100,000 levels by name and takes 500', () => {
	expect(failureOf(() => readJson('['.repeat(100_000)))).toMatchObject({ code: 'tooDeep', offset: 500, detail: '500' });
	expect(failureOf(() => readJson('{"a":'.repeat(100_000)))).toMatchObject({ code: 'tooDeep', detail: '500' });
	const deep = '['.repeat(500) + ']'.repeat(500);
	expect(writeJson(readJson(deep), { indent: 0 })).toBe(deep);
});

test('refuses a token in chunks that does not end', () => {
	const tokenizer = new JsonTokenizer();
	expect(() => {
		for (let chunk = 0; chunk < 40; chunk++) {
			tokenizer.feed(`${chunk === 0 ? '"' : ''}${'x'.repeat(1 << 20)}`);
			tokenizer.next();
		}
	}).toThrow(expect.objectContaining({ code: 'tokenTooLong' }));
});

function failureOf(act: () => unknown): FormatError | undefined {
	try {
		act();
		return undefined;
	} catch (error) {
		if (error instanceof FormatError) return error;
		throw error;
	}
}
