import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { tinyDraft } from './malformed.test-support.ts';
import { rowEncoders } from './quantize.ts';
import { readGguf } from './readGguf.ts';
import { type TensorSource, writeGguf } from './writeGguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content: TensorSource['content'] = { fillRow: (row, index) => row.fill(index) };

function tinySource(): { metadata: ReturnType<typeof tinyDraft>['metadata']; tensors: TensorSource[] } {
	const { metadata, tensors } = tinyDraft();
	return { metadata, tensors: tensors.map(({ name, dims }) => ({ name, dims, type: 'F32', content })) };
}

test('writes a file that the reader takes, and nothing else', async () => {
	const file = join(folder, 'whole.gguf');
	await writeGguf(file, tinySource());
	expect(readGguf(file)).toMatchObject({ name: 'Tiny', blockCount: 1, vocabularySize: 264, quantization: 'F32' });
	expect(readdirSync(folder)).toEqual(['whole.gguf']);
});

test('asks for every row once, in order, and lays it where the type says', async () => {
	const file = join(folder, 'rows.gguf');
	const asked: number[] = [];
	const tall: TensorSource = {
		name: 'tall.weight',
		dims: [32, 20_000],
		type: 'F32',
		content: {
			fillRow(row, index) {
				asked.push(index);
				row[0] = index;
			},
		},
	};
	await writeGguf(file, { metadata: {}, tensors: [tall] });
	const data = readFileSync(file).subarray(-20_000 * 128);
	expect(asked).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
	expect([0, 1, 8191, 8192, 19_999].map((row) => [data.readFloatLE(row * 128), data.readFloatLE(row * 128 + 4)])).toEqual(
		[0, 1, 8191, 8192, 19_999].map((row) => [row, 0]),
	);
});

test('leaves what was there, and no part, when the content fails or is no longer wanted', async () => {
	const file = join(folder, 'kept.gguf');
	writeFileSync(file, 'what was there');
	const failing = tinySource();
	failing.tensors[5] = {
		name: 'bad',
		dims: [32],
		type: 'F32',
		content: {
			fillRow() {
				throw new Error('no content');
			},
		},
	};
	await expect(writeGguf(file, failing)).rejects.toThrow('no content');
	await expect(writeGguf(file, tinySource(), AbortSignal.abort())).rejects.toThrow('abort');
	expect(readFileSync(file, 'utf8')).toBe('what was there');
	expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each([
	['Q8_0', 1 / 127 / 2],
	['Q4_0', 1 / 8],
] as const)('quantizes to %s as closely as its steps allow', (type, error) => {
	// The scale itself is kept as a half: 11 bits, but never nearer than half its smallest step, which up to 128 steps carry.
	const scaleError = 2 ** -11;
	const smallestError = 128 * 2 ** -25;
	const values = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 32, maxLength: 32 });
	fc.assert(
		fc.property(values, (row) => {
			const largest = Math.max(...row.map(Math.abs));
			const block = new DataView(new ArrayBuffer(34));
			rowEncoders[type].encode(Float32Array.from(row), block);
			for (const [i, value] of row.entries())
				expect(Math.abs(decode(type, block, i) - value)).toBeLessThanOrEqual(largest * (error + scaleError) + smallestError);
		}),
	);
});

function decode(type: 'Q8_0' | 'Q4_0', block: DataView, i: number): number {
	const scale = block.getFloat16(0, true);
	if (type === 'Q8_0') return block.getInt8(2 + i) * scale;
	const pair = block.getUint8(2 + (i % 16));
	return ((i < 16 ? pair & 15 : pair >> 4) - 8) * scale;
}
