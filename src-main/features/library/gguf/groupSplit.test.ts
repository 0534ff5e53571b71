import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupSplit } from './groupSplit.ts';

test('puts the parts of a split model together, in their order, and tells what is missing', () => {
	const names = [
		'b-00002-of-00003.gguf',
		'one.gguf',
		'b-00003-of-00003.gguf',
		'q4/a-00002-of-00002.gguf',
		'q4/a-00001-of-00002.gguf',
		'q8/a-00001-of-00002.gguf',
	];
	expect(groupSplit(names)).toEqual([
		{ first: 'b-00001-of-00003.gguf', parts: ['b-00002-of-00003.gguf', 'b-00003-of-00003.gguf'], missing: ['b-00001-of-00003.gguf'] },
		{ first: 'one.gguf', parts: ['one.gguf'], missing: [] },
		{ first: 'q4/a-00001-of-00002.gguf', parts: ['q4/a-00001-of-00002.gguf', 'q4/a-00002-of-00002.gguf'], missing: [] },
		{ first: 'q8/a-00001-of-00002.gguf', parts: ['q8/a-00001-of-00002.gguf'], missing: ['q8/a-00002-of-00002.gguf'] },
	]);
});

test.each(['x-00004-of-00003.gguf', 'x-00000-of-00003.gguf', 'x-1-of-3.gguf', 'x-00001-of-99999.gguf', 'x-00001-of-00002.gguf.part', ''])(
	'takes %j for a file of its own, since it is no part of anything',
	(name) => {
		expect(groupSplit([name])).toEqual([{ first: name, parts: [name], missing: [] }]);
	},
);

test('keeps every name in exactly one group, whatever the names are', () => {
	const name = fc.oneof(
		fc.string(),
		fc
			.tuple(fc.constantFrom('a', 'b/c'), fc.nat(4), fc.nat(4))
			.map(([stem, part, parts]) => `${stem}-${`${part}`.padStart(5, '0')}-of-${`${parts}`.padStart(5, '0')}.gguf`),
	);
	fc.assert(
		fc.property(fc.uniqueArray(name), (names) => {
			expect(
				groupSplit(names)
					.flatMap(({ parts }) => parts)
					.sort(),
			).toEqual([...names].sort());
		}),
	);
});
