import { StandardRPCJsonSerializer } from '@orpc/client/standard';
import { expect, test } from 'vitest';
import { PlainFirstSerializer } from './PlainFirstSerializer.ts';

const plain = { text: 'a', list: [1, null, true, { deep: [] }], left: undefined };

test('what JSON says whole goes as it is, uncopied', () => {
	const [json, ...rest] = new PlainFirstSerializer().serialize(plain);
	expect(json).toBe(plain);
	expect(rest).toEqual([[], [], []]);
});

test.each([
	['a day', new Date(5)],
	['nothing', undefined],
	['a gap in a list', [1, undefined]],
	['no number', Number.NaN],
	['a number without end', Number.POSITIVE_INFINITY],
	['a large whole number', 2n ** 70n],
	['a set', new Set([new Date(7)])],
	['an address', new URL('https://example.org/')],
	['a thing with a word of its own for JSON', { toJSON: () => 'other', kept: 1 }],
])('%s is written down as it always was, alone and in the depth', (_name, value) => {
	const of = (serializer: StandardRPCJsonSerializer) =>
		[value, { plain, in: [{ value }] }].map((data) => {
			const [json, meta] = serializer.serialize(data);
			return JSON.stringify({ json, meta });
		});
	expect(of(new PlainFirstSerializer())).toEqual(of(new StandardRPCJsonSerializer()));
});

test('a file is taken out of what it is in', () => {
	const file = new File(['x'], 'x.txt');
	expect(new PlainFirstSerializer().serialize({ plain, file })).toEqual([{ plain, file }, [], [['file']], [file]]);
});
