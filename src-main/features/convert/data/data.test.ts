import { expect, test } from 'vitest';
import { convertSource } from '#contract/convert.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { checkSchema } from './checkSchema.ts';
import { compareValues, isSameNumber } from './compareValues.ts';
import { inferSchema } from './inferSchema.ts';
import { plainOf } from './plainOf.ts';
import { readData } from './readData.ts';
import { selectValues } from './selectValues.ts';

const read = (content: string, from: FormatName) => readData(new TextEncoder().encode(content), from, convertSource.parse({ content }));
const orders = '- id: 1\n  price: 1.10\n- id: two\n  price: 2\n- price: 12345678901234567890.5\n';

test('a JSONPath finds values with the digits that they were written in', async () => {
	const { root } = await read(orders, 'yaml');
	expect(selectValues(root, '$[*].price')).toMatchObject([{ literal: '1.10' }, { literal: '2' }, { literal: '12345678901234567890.5' }]);
	expect(selectValues(root, '$[?@.price > 1.5].id')).toMatchObject([{ value: 'two' }]);
	expect(selectValues(root, '$.nothing')).toEqual([]);
	expect(() => selectValues(root, '$[')).toThrow(expect.objectContaining({ code: 'JSONPATH_INVALID' }));
	const twice = await read('{"a": 1, "a": 2, "__proto__": 3}', 'json');
	expect(selectValues(twice.root, '$.*')).toMatchObject([{ literal: '2' }, { literal: '3' }]);
	expect(Object.getPrototypeOf(plainOf(twice.root))).toBe(Object.prototype);
});

test('a schema tells of each problem the line, and of records which one it is', async () => {
	const data = await read(orders, 'yaml');
	const schema = { type: 'array', items: { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, price: { maximum: 100 } } } };
	expect(checkSchema(data, JSON.stringify(schema)).map(({ path, keyword, line, row }) => ({ path, keyword, line, row }))).toEqual([
		{ path: '/1/id', keyword: 'type', line: 3, row: 2 },
		{ path: '/2', keyword: 'required', line: 5, row: 3 },
		{ path: '/2/price', keyword: 'maximum', line: 5, row: 3 },
	]);
	for (const bad of ['', '[]', '{"type": 5}', '{"$ref": "https://example.org/other.json"}'])
		expect(() => checkSchema(data, bad)).toThrow(expect.objectContaining({ code: 'SCHEMA_INVALID' }));
	expect(checkSchema(data, '{"$schema": "http://json-schema.org/draft-07/schema#", "maxItems": 2}')).toMatchObject([{ keyword: 'maxItems', row: null }]);
});

test('the schema that values suggest allows those values and tells what they have in common', async () => {
	const data = await read('[{"id": 1, "tags": ["a"]}, {"id": 2.5, "note": null, "tags": []}]', 'json');
	const schema = inferSchema(data.root);
	expect(schema).toMatchObject({
		type: 'array',
		items: { type: 'object', required: ['id', 'tags'], properties: { id: { type: 'number' }, note: { type: 'null' }, tags: { items: { type: 'string' } } } },
	});
	expect(checkSchema(data, JSON.stringify(schema))).toEqual([]);
});

test('two sources of different formats are compared by what they mean', async () => {
	const left = await read('{"a": 1.10, "b": [1, 2, 3], "c": {"x": null}, "d": "1"}', 'json');
	const same = await read('d: "1"\nc: {x: ~}\nb: [1, 2, 3]\na: 11e-1 # the same\n', 'yaml');
	expect(compareValues(left, same, 500)).toEqual({ differences: [], total: 0 });
	const other = await read('a: 1.2\nb: [0, 1, 2, 3]\nc: {x: null, y: 2}\nd: 1\n', 'yaml');
	const { differences, total } = compareValues(left, other, 3);
	expect(total).toBe(4);
	expect(differences.map(({ path, kind, left: was, right: became, rightLine }) => [path, kind, was, became, rightLine])).toEqual([
		['$.a', 'changed', '1.10', '1.2', 1],
		['$.b[0]', 'added', null, '0', 2],
		['$.c.y', 'added', null, '2', 3],
	]);
});

test('numbers are compared by their value, of whatever size', () => {
	const pairs: [string, string, boolean][] = [
		...([
			['1.10', '1.1', true],
			['-0', '0', true],
			['1e400', '10e399', true],
			['12345678901234567890', '12345678901234567891', false],
		] as [string, string, boolean][]),
		...([
			['0.1e-5', '1E-6', true],
			['-1', '1', false],
			['100', '1e2', true],
			['nan', 'nan', false],
		] as [string, string, boolean][]),
	];
	expect(pairs.map(([a, b]) => isSameNumber(a, b))).toEqual(pairs.map(([, , same]) => same));
});
