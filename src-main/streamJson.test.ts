import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streamJson } from './streamJson.ts';

test('the pieces of plain data are its JSON', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect([...streamJson(value)].join('')).toBe(JSON.stringify(value, null, '\t'));
		}),
	);
});

test('an iterator is written as the list of what it gives, at any depth, empty ones too', () => {
	const list = (...items: unknown[]) => items.values();
	const lazy = { name: 'a\nb', none: list(), deep: [{ rows: list({ cells: list(1, 'x\n') }, 2) }], left: undefined, after: null };
	const plain = { name: 'a\nb', none: [], deep: [{ rows: [{ cells: [1, 'x\n'] }, 2] }], after: null };
	expect([...streamJson(lazy)].join('')).toBe(JSON.stringify(plain, null, '\t'));
});

test('takes an element when its turn comes, not before', () => {
	let taken = 0;
	const rows = function* () {
		for (; taken < 1000; taken++) yield 'x'.repeat(10_000);
	};
	const pieces = streamJson({ rows: rows() });
	for (let count = 0; count < 3; count++) expect(pieces.next().value?.length).toBeGreaterThan(60_000);
	expect(taken).toBeLessThan(40);
});
