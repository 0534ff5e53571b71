import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyReading } from '../anyReading.test-support.ts';
import { convertBytes } from '../convertBytes.ts';
import { firstDifference } from '../firstDifference.ts';
import { NoteBook } from '../NoteBook.ts';
import { commentsFromEntries, commentsToEntries } from './commentEntries.ts';

const yaml = `# the shop
# since 1901
# what is sold
orders: # all
  - id: 1 # the first
    #odd
    price: 1.10
  # the last one
  - id: 2
tags:
  # first tag
  - new
  - old # not used
owner: Ann
# the end
`;

const lead = async (text: string, from: 'yaml' | 'json' | 'toml', to: 'yaml' | 'json' | 'toml', commentKey = '$comment') => {
	const converted = await convertBytes(Buffer.from(text), { from, to, mode: 'plain', strict: false, write: { commentKey } });
	return { ...converted, text: Buffer.from(converted.bytes).toString() };
};

test('comments stand under a key of each mapping, and become comments again', async () => {
	const json = await lead(yaml, 'yaml', 'json');
	expect(JSON.parse(json.text)).toEqual({
		$comment: {
			$comment: { above: ['the shop', 'since 1901', 'what is sold'], epilog: ['the end'] },
			orders: { within: ['all'] },
			tags: { within: ['first tag'] },
			'tags[1]': 'not used',
		},
		orders: [
			{ $comment: { id: 'the first', price: ['#odd'] }, id: 1, price: 1.1 },
			{ $comment: { $comment: ['the last one'] }, id: 2 },
		],
		tags: ['new', 'old'],
		owner: 'Ann',
	});
	expect(json.roundTrip).toEqual({ same: true });
	const notes = json.notes.filter(({ code }) => code === 'commentKey');
	expect(notes).toHaveLength(10);
	expect(json.notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
	expect((await lead(json.text, 'json', 'yaml')).text).toBe((await lead(yaml, 'yaml', 'yaml', '')).text);
	const toml = await lead('# top\na = 1 # one\n# of b\n[b]\nc = [\n\t# in\n\t2,\n]\n', 'toml', 'json');
	expect(toml.roundTrip).toEqual({ same: true });
	expect(toml.notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
});

test('a key that is there already, and a $comment of another program, stay what they are', async () => {
	const taken = await lead('# top\n$comment: mine\na: 1 # one\n', 'yaml', 'json');
	expect(JSON.parse(taken.text)).toEqual({ $comment: 'mine', a: 1 });
	expect(taken.notes.filter(({ kind }) => kind === 'lost')).toHaveLength(2);
	for (const other of [
		'{"$comment":"a schema","type":"object"}',
		'{"$comment":{"a":1},"a":2}',
		'{"$comment":{"b":"no such entry"},"a":2}',
		'{"$comment":["x"]}',
	])
		expect(JSON.parse((await lead((await lead(other, 'json', 'yaml')).text, 'yaml', 'json')).text)).toEqual(JSON.parse(other));
	expect(JSON.parse((await lead('a: 1 # one\n', 'yaml', 'json', '')).text)).toEqual({ a: 1 });
});

test('each comment that is lost is told at its own line', async () => {
	const { notes } = await lead(yaml, 'yaml', 'json', '');
	const told = notes.filter(({ code }) => code === 'comment').map(({ what, line = 0 }): [number, string] => [line, what?.trim() ?? '']);
	const lines = yaml.split('\n').flatMap((text, at): [number, string][] => (text.includes('#') ? [[at + 1, text.slice(text.indexOf('#') + 1).trim()]] : []));
	expect(told.sort(([a], [b]) => a - b)).toEqual(lines);
});

test('whatever comments data has, they come back as they were', () => {
	fc.assert(
		fc.property(anyReading, ({ documents }) => {
			for (const document of documents) {
				if (document.root?.kind === 'element') continue;
				const data = commentsToEntries(document, '$comment', new NoteBook());
				const back = commentsFromEntries(data, '$comment', new NoteBook());
				expect(firstDifference({ documents: [document] }, { documents: [back] }, { spelling: true })).toBeUndefined();
			}
		}),
		{ numRuns: process.env.HOMEROOM_SOAK ? 20_000 : 1_000 },
	);
});
