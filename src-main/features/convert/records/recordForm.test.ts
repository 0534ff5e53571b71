import { expect, test } from 'vitest';
import { readFields, readRecords } from './recordForm.ts';

const invalid = expect.objectContaining({ code: 'RECORDS_INVALID' });

test('records keep their digits, and what does not stand in the text is named', () => {
	const source = 'Ann Lee paid €1.10 on 3 May; Bob: nothing.';
	const text = '{"records": [{"name": "Ann Lee", "sum": 1.10, "paid": true}, {"name": "Bob Dylan", "sum": 12345678901234567890, "paid": null}]}';
	expect(readRecords(text, source)).toEqual({
		content: expect.stringContaining('"sum": 1.10'),
		records: 2,
		unfound: [
			{ record: 2, field: 'name', value: 'Bob Dylan' },
			{ record: 2, field: 'sum', value: expect.any(String) },
		],
	});
	expect(readRecords(text, source).content).toContain('12345678901234567890');
	expect(readRecords('{"records": []}', '')).toEqual({ content: '[]\n', records: 0, unfound: [] });
});

test('anything but records or fields in their form is refused', () => {
	for (const text of ['', '[]', '{"records": [1]}', '{"records": [{"a": {"b": 1}}]}', 'Here are the records: …'])
		expect(() => readRecords(text, '')).toThrow(invalid);
	for (const text of [
		'',
		'{"fields": []}',
		'{"fields": [{"name": " ", "type": "text", "note": ""}]}',
		'{"fields": [{"name": "a", "type": "colour", "note": ""}]}',
	])
		expect(() => readFields(text)).toThrow(invalid);
	const twice = '{"fields": [{"name": "a", "type": "text", "note": "x"}, {"name": "a ", "type": "date", "note": ""}]}';
	expect(readFields(twice)).toEqual([{ name: 'a', type: 'text', note: 'x' }]);
});
