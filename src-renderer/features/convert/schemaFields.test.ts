import { expect, test } from 'vitest';
import { recordFields } from '#contract/convertRecords.ts';
import { schemaFields } from './schemaFields.ts';

const properties = {
	name: { type: 'string', description: 'First and\nlast name' },
	born: { type: 'string', format: 'date' },
	paid: { type: ['boolean', 'null'] },
	sum: { type: 'number', title: 'in euros' },
	count: { type: 'integer' },
	kind: { enum: ['new', 'old'], description: 'Condition' },
	tags: { type: 'array', items: { type: 'string' } },
	home: { $ref: '#/$defs/address' },
	both: { type: ['string', 'number'] },
	any: true,
};
const fields = [
	{ name: 'name', type: 'text', note: 'First and last name' },
	{ name: 'born', type: 'date', note: '' },
	{ name: 'paid', type: 'truth', note: '' },
	{ name: 'sum', type: 'number', note: 'in euros' },
	{ name: 'count', type: 'integer', note: '' },
	{ name: 'kind', type: 'text', note: 'Condition: new, old' },
];
const left = [
	{ name: 'tags', kind: 'array' },
	{ name: 'home', kind: '$ref' },
	{ name: 'both', kind: 'several' },
	{ name: 'any', kind: 'any' },
];

test('the properties of a record become fields, and what cannot is named', () => {
	const record = { type: 'object', properties, required: ['name'] };
	for (const schema of [record, { type: 'array', items: record }, { type: 'object', properties: { people: { type: 'array', items: record } } }]) {
		const read = schemaFields(JSON.stringify(schema));
		expect(read).toEqual({ fields, left });
		if (typeof read === 'object') expect(recordFields.parse(read.fields)).toEqual(fields);
	}
});

test('names that no field can have, and more than there can be, are left and named', () => {
	const many = Object.fromEntries(Array.from({ length: 35 }, (_, at) => [`f${at}`, { type: 'string' }]));
	const read = schemaFields(JSON.stringify({ properties: { ' ': { type: 'string' }, ['x'.repeat(61)]: { type: 'string' }, ...many } }));
	if (typeof read !== 'object') throw new Error(read);
	expect([read.fields.length, read.left.length]).toEqual([30, 7]);
});

test('a text that is no schema of records is refused', () => {
	expect(schemaFields('{')).toBe('notJson');
	for (const text of ['[]', '"x"', '{}', '{"type": "string"}', '{"properties": {}}', '{"items": [{"type": "object"}]}'])
		expect(schemaFields(text)).toBe('noProperties');
});
