import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FormatName } from '#contract/convertOrder.ts';
import { type BrokenPart, findBroken, longestPart } from './brokenPart.ts';
import { putRepair } from './putRepair.ts';
import { formOf, repairSchema } from './repairForm.ts';

async function partOf(content: string, from: FormatName): Promise<BrokenPart> {
	const broken = await findBroken(content, from);
	if (broken?.kind !== 'part') throw new Error(`no part: ${JSON.stringify(broken)}`);
	return broken.part;
}

/** The part as a text, and what comes of the source when `repaired` is written in its place. */
async function repair(content: string, from: FormatName, repaired: unknown) {
	const part = await partOf(content, from);
	return { part: content.slice(part.at, part.end), put: await putRepair(content, part, JSON.stringify({ repaired }), from) };
}

const many = Array.from({ length: 3_000 }, (_, at) => ({ id: at, name: `Ann ${at}` }));

test('of long JSON only the broken record is written anew, and everything around it stays as it stands', async () => {
	const long = JSON.stringify(many, null, 1);
	const broken = long.replace('"id": 1500,', '"id": 1500 "x,');
	const { part, put } = await repair(broken, 'json', { id: 1500 });
	expect(part.length).toBeLessThan(60);
	expect(put).toMatchObject({ kind: 'repaired', isWhole: true, place: { line: 6003, left: ['x'], added: [] } });
	if (put.kind === 'repaired') expect(JSON.parse(put.content)).toEqual(many);
});

const brokenJson: [source: string, part: string, repaired: unknown, result: unknown][] = [
	['{"a": 1, "b": tru, "c": 3}', '"b": tru', { b: true }, { a: 1, b: true, c: 3 }],
	['{"a": "x\ny", "b": 1}', '"a": "x\ny"', { a: 'x\ny' }, { a: 'x\ny', b: 1 }],
	['[{"n": "Ann "the boss" Lee", "age": 3}, 2]', '"n": "Ann "the boss" Lee"', { n: 'Ann "the boss" Lee' }, [{ n: 'Ann "the boss" Lee', age: 3 }, 2]],
	['[1, 2 3, 4]', '2 3', [2, 3], [1, 2, 3, 4]],
	['{"a": [1, {"b": 2', '"b": 2', { b: 2 }, { a: [1, { b: 2 }] }],
	['{"a": 1, }', '"a": 1,', { a: 1 }, { a: 1 }],
	['nonsense', 'nonsense', { a: 1 }, { a: 1 }],
];

test.each(brokenJson)('JSON: of %j the part is %j', async (source, part, repaired, result) => {
	const done = await repair(source, 'json', repaired);
	expect(done.part.trim()).toBe(part);
	expect(done.put).toMatchObject({ kind: 'repaired', isWhole: true });
	if (done.put.kind === 'repaired') expect(JSON.parse(done.put.content)).toEqual(result);
});

test('several broken places are repaired one after the other', async () => {
	let content = '[\n{"a": 1,, "b": 2},\n{"a": 3},\n{"a": 4 "b": 5}\n]';
	const first = await repair(content, 'json', { a: 1 });
	expect(first.put).toMatchObject({ kind: 'repaired', isWhole: false, place: { line: 2 } });
	if (first.put.kind === 'repaired') content = first.put.content;
	const second = await repair(content, 'json', { a: 4, b: 5 });
	expect(second.put).toMatchObject({ kind: 'repaired', isWhole: true, content: '[\n{"a": 1, "b": 2},\n{"a": 3},\n{"a": 4, "b": 5}\n]' });
});

test('the digits of numbers that the grammar cannot write are kept as lines', async () => {
	const source = '{"big": 12345678901234567890, "b": tru,}';
	const part = await partOf(source, 'json');
	expect(formOf({ text: '{"a": 12345678901234567890 1}', holds: 'items' })).toBe('lines');
	expect(repairSchema({ text: 'a: 1\nb: 2', holds: 'lines' })).toEqual({
		type: 'object',
		properties: { repaired: { type: 'array', minItems: 1, maxItems: 8, items: { type: 'string', maxLength: 48 } } },
	});
	expect(source.slice(part.at, part.end)).toBe('"b": tru,');
	const written = await putRepair(
		'[12345678901234567890 1]',
		await partOf('[12345678901234567890 1]', 'json'),
		'{"repaired": ["12345678901234567890, 1"]}',
		'json',
	);
	expect(written).toMatchObject({ kind: 'repaired', content: '[12345678901234567890, 1]' });
});

const yaml = `${Array.from({ length: 400 }, (_, at) => `- id: ${at}\n  name: Ann ${at}\n`).join('')}- id: 400\n  name: "Bo\n${Array.from({ length: 400 }, (_, at) => `- id: ${at + 401}\n  name: 'Cy ${at}'\n`).join('')}`;

test('of other formats the fewest lines are written anew without which the rest can be read', async () => {
	const part = await partOf('a: 1\nb: @home\nc: 3\n', 'yaml');
	expect(part).toMatchObject({ line: 1, holds: 'lines', before: '', after: '\nc: 3\n' });
	expect((await repair('a: 1\nb: @home\nc: 3\n', 'yaml', ['a: 1', 'b: "@home"'])).put).toMatchObject({
		...{ kind: 'repaired', isWhole: true, content: 'a: 1\nb: "@home"\nc: 3\n', place: { left: [], added: [] } },
	});
	expect((await repair('a = 1\nb = \n[c]\nd = 2\n', 'toml', ['a = 1', 'b = ""'])).put).toMatchObject({ isWhole: true });
	expect((await repair('{"a": 1}\n{"a": 2\n{"a": 3}\n', 'jsonl', ['{"a": 1}', '{"a": 2}'])).put).toMatchObject({ kind: 'repaired', isWhole: true });
	const xml = `<l>\n${'<i n="1">x</i>\n'.repeat(500)}<i n="2"><b>y</i>\n${'<i n="3">z</i>\n'.repeat(500)}</l>\n`;
	const element = await repair(xml, 'xml', ['<i n="1">x</i>', '<i n="2"><b>y</b></i>']);
	expect(element.part).toBe('<i n="1">x</i>\n<i n="2"><b>y</i>');
	expect(element.put).toMatchObject({ kind: 'repaired', isWhole: true, place: { line: 501, left: [], added: ['b'] } });
});

test('a repair that cannot be read, changes what stands behind it, or nothing, is refused', async () => {
	const source = '- a: "x\n- b: 2\n- c: 3\n';
	const whyOf = async (text: string, from: FormatName, lines: unknown) => {
		const { put } = await repair(text, from, lines);
		return put.kind === 'refused' ? put.why : put;
	};
	const part = await partOf('a: 1\nb: @home\nc: 3\nd: 4\n', 'yaml');
	expect(part.end).toBe(13);
	expect(await whyOf('a: 1\nb: @home\nc: 3\nd: 4\n', 'yaml', ['a: 1', 'b: @away'])).toBe('unreadable');
	expect(await whyOf('a: 1\nb: @home\nc: 3\nd: 4\n', 'yaml', ['a: 1', 'b: @home'])).toBe('unchanged');
	// What follows would be the text of b.
	expect(await whyOf('a: 1\nb: @home\n  c: 3\n  d: 4\n', 'yaml', ['a: 1', 'b: |'])).toBe('outside');
	expect(await whyOf('<l>\n<a>1</a>\n<b>&</b>\n<c/>\n</l>', 'xml', ['<a>1</a>', '<b>1</b><!--', '--><d>'])).toBe('unreadable');
	expect(await whyOf('one: two\nthree: @four\nfive: 3\n', 'yaml', ['six: 6'])).toBe('leftOut');
	expect(await findBroken(source, 'yaml')).toMatchObject({ kind: 'part' });
	await expect(repair('a: "', 'yaml', 'no list')).rejects.toMatchObject({ code: 'RECORDS_INVALID' });
	await expect(putRepair('a: "', await partOf('a: "', 'yaml'), 'no JSON', 'yaml')).rejects.toMatchObject({ code: 'RECORDS_INVALID' });
});

test('what is not broken, or broken all over, has no part', async () => {
	expect(await findBroken('a: 1\n', 'yaml')).toBeNull();
	expect(await findBroken(`<a>${'x'.repeat(9_000)}`, 'xml')).toMatchObject({ kind: 'tooLong', line: expect.any(Number) });
	expect(await findBroken(`{"a": "${'x'.repeat(9_000)}`, 'json')).toMatchObject({ kind: 'tooLong' });
	const long = await partOf(yaml, 'yaml');
	expect(long.end - long.at).toBeLessThanOrEqual(longestPart);
}, 30_000);

test('a part of any broken JSON can be written anew by anything, and what stands around it is not touched', async () => {
	const scraps = fc.array(fc.constantFrom('{"k":', '{', '}', '[', ']', ',', ':', '"a"', '"', '1', 'tru', '\\', '\n', ' '), { maxLength: 40 });
	await fc.assert(
		fc.asyncProperty(scraps, fc.jsonValue(), async (parts, value) => {
			const source = parts.join('');
			const broken = await findBroken(source, 'json');
			if (broken?.kind !== 'part') return;
			const { part } = broken;
			const repaired = part.holds === 'members' ? { k: value } : part.holds === 'items' ? [value] : value;
			const put = await putRepair(source, part, JSON.stringify({ repaired }), 'json');
			if (put.kind === 'refused') {
				expect(['unchanged', 'leftOut']).toContain(put.why);
				return;
			}
			expect([put.content.startsWith(source.slice(0, part.at)), put.content.endsWith(part.closing + source.slice(part.end))]).toEqual([true, true]);
		}),
		{ numRuns: 2_000 },
	);
});
