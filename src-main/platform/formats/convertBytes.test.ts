import { describe, expect, test } from 'vitest';
import { type ConvertOrder, convertBytes } from './convertBytes.ts';

async function converted(source: string, order: Pick<ConvertOrder, 'from' | 'to'> & Partial<ConvertOrder>) {
	const { bytes, ...rest } = await convertBytes(Buffer.from(source), { mode: 'plain', strict: false, ...order });
	return { text: Buffer.from(bytes).toString(), ...rest };
}

describe('JSON and YAML', () => {
	test('keeps digits, order, duplicates and __proto__', async () => {
		const source = '{"10":12345678901234567890,"9":1.10,"a":-0,"a":1e400,"__proto__":{"x":null}}\n';
		const yaml = await converted(source, { from: 'json', to: 'yaml' });
		expect(yaml.text).toBe('"10": 12345678901234567890\n"9": 1.10\na: -0\na: 1e400\n__proto__:\n  x: null\n');
		expect(yaml.roundTrip).toEqual({ same: true });
		expect(await converted(yaml.text, { from: 'yaml', to: 'json', write: { indent: 0 } })).toMatchObject({ text: source });
	});

	test('names what JSON cannot hold by line and path', async () => {
		const result = await converted('a: &x 0x1F # why\nb:\n  - *x\n  - .inf\n', { from: 'yaml', to: 'json', write: { indent: 0 } });
		expect(result.text).toBe('{"a":31,"b":[31,null]}\n');
		expect(result.notes).toEqual([
			{ code: 'numberForm', kind: 'changed', line: 1, column: 7, path: '$.a', what: '0x1F', became: '31' },
			{ code: 'comment', kind: 'lost', line: 1, column: 12, path: '$.a', what: ' why' },
			{ code: 'anchor', kind: 'lost', line: 1, column: 7, path: '$.a', what: '&x' },
			{ code: 'alias', kind: 'changed', line: 3, column: 5, path: '$.b[0]', what: '*x', became: '…' },
			{ code: 'nonFinite', kind: 'lost', line: 4, column: 5, path: '$.b[1]', what: 'inf', became: 'null' },
		]);
	});

	test('refuses a loss when it is strict', async () => {
		await expect(converted('a: 1 # why\n', { from: 'yaml', to: 'json', strict: true })).rejects.toMatchObject({ code: 'lossRefused', line: 1, path: '$.a' });
	});

	test('says where a source is broken', async () => {
		await expect(converted('{\n  "a": 01\n}', { from: 'json', to: 'yaml' })).rejects.toMatchObject({ code: 'badNumber', line: 2, column: 8, detail: '01' });
		await expect(converted('a: [1, 2\nb: 3\n', { from: 'yaml', to: 'json' })).rejects.toMatchObject({ code: 'yamlSyntax', line: 2 });
	});
});

test('an XML declaration that says no more than every reader takes for granted is no difference', async () => {
	for (const declaration of ['', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n']) {
		expect((await converted(`${declaration}<a><b>1</b></a>`, { from: 'xml', to: 'json' })).roundTrip).toEqual({ same: true });
	}
	const { roundTrip } = await converted('<?xml version="1.0" standalone="yes"?><a/>', { from: 'xml', to: 'json' });
	expect(roundTrip).toMatchObject({ same: false, difference: { was: 'standalone="yes"' } });
});
