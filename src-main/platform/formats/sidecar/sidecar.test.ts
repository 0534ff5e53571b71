import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyReading } from '../anyReading.test-support.ts';
import { type ConvertOrder, convertBytes } from '../convertBytes.ts';
import { convertExactly } from '../exact/convertExactly.ts';
import type { FormatName } from '../formats.ts';
import { NoteBook } from '../NoteBook.ts';
import { alignLists } from './alignLists.ts';
import { convertBack } from './convertBack.ts';

async function withSidecar(source: string, order: Pick<ConvertOrder, 'from' | 'to'>) {
	const { bytes, sidecar = new Uint8Array() } = await convertBytes(Buffer.from(source), { mode: 'plain', strict: false, sidecar: true, ...order });
	return { text: Buffer.from(bytes).toString(), sidecar };
}

async function back(edited: string, sidecar: Uint8Array): Promise<string> {
	return Buffer.from((await convertBack(Buffer.from(edited), sidecar)).bytes).toString();
}

const yaml = `# the class
ada: &top {mark: 0x1F}   # best
bob:
    # twice
    - 1.10
    - *top
    - .inf
cleo: no
`;

test('gives the source again byte for byte where the result was not edited', async () => {
	const { text, sidecar } = await withSidecar(yaml, { from: 'yaml', to: 'json' });
	expect(text).not.toContain('class');
	expect(await back(text, sidecar)).toBe(yaml);
});

test('puts an edit in its place and leaves comments, anchors and spellings around it', async () => {
	const { text, sidecar } = await withSidecar(yaml, { from: 'yaml', to: 'json' });
	const edited = JSON.parse(text);
	edited.bob[0] = 2;
	edited.bob.push('new');
	edited.dan = true;
	delete edited.cleo;
	expect(await back(JSON.stringify(edited), sidecar)).toBe(
		'# the class\nada: &top { mark: 0x1F } # best\nbob:\n  # twice\n  - 2\n  - *top\n  - .inf\n  - new\ndan: true\n',
	);
});

test('leaves markup around an edit as it was', async () => {
	const xml = '<?xml version="1.0"?>\n<!-- list -->\n<l>\n  <i id="1">a</i>\n  <!-- second -->\n  <j/>\n  <i id="2">b &amp; c</i>\n</l>\n';
	const { text, sidecar } = await withSidecar(xml, { from: 'xml', to: 'json' });
	expect(await back(text, sidecar)).toBe(xml);
	expect(await back(text.replace('b & c', 'd'), sidecar)).toBe(xml.replace('b &amp; c', 'd'));
});

test('gives any source again from any format', async () => {
	const names: FormatName[] = ['json', 'jsonl', 'yaml', 'toml', 'xml'];
	await fc.assert(
		fc.asyncProperty(anyReading, fc.constantFrom<FormatName>('json', 'yaml', 'xml'), fc.constantFrom(...names), async (reading, from, to) => {
			const { bytes: source } = await convertExactly(reading, { from, to: from }, new NoteBook());
			const { bytes, sidecar = new Uint8Array() } = await convertBytes(source, { from, to, mode: 'plain', strict: false, sidecar: true });
			expect(Buffer.from((await convertBack(bytes, sidecar)).bytes).equals(Buffer.from(source))).toBe(true);
		}),
		{ numRuns: 200 },
	);
});

test('refuses a file that is no sidecar, and one that would unpack to anything', async () => {
	for (const odd of [
		'',
		'[]',
		'{"kind":"homeroom.sidecar","version":1}',
		'{"kind":"homeroom.sidecar","version":1,"order":{"from":"json","to":"yaml","mode":"plain","write":{"indent":1e9}},"resultSha256":"","source":""}',
		'null',
		'{"kind":"homeroom.sidecar","version":1,"order":{"from":"json","to":"yaml","mode":"plain"},"resultSha256":"","source":"////"}',
	]) {
		await expect(convertBack(new Uint8Array(), Buffer.from(odd))).rejects.toMatchObject({ code: 'badSidecar' });
	}
});

test('aligns lists by what is the same in them', () => {
	const align = (base: string, edited: string) => alignLists([...base], [...edited], (a, b) => a === b);
	expect(align('abc', 'abc')).toEqual([0, 1, 2]);
	expect(align('abc', 'axc')).toEqual([0, 1, 2]);
	expect(align('abc', 'ac')).toEqual([0, 2]);
	expect(align('abc', 'xabyc')).toEqual([-1, 0, 1, -1, 2]);
	expect(align('abcd', 'cd')).toEqual([2, 3]);
	expect(align('', 'ab')).toEqual([-1, -1]);
});
