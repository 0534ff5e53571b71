import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SealedFile, sealingWith } from './SealedFile.ts';

const password = 'ein langes Wort';
const mebibyte = 2 ** 20;
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-sealed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function seal(text: Buffer, piece = 100_000): Promise<string> {
	const file = join(folder, 'sealed');
	const pieces = Array.from({ length: Math.ceil(text.length / piece) }, (_, at) => text.subarray(at * piece, (at + 1) * piece));
	await pipeline(Readable.from(pieces), await sealingWith(password), createWriteStream(file));
	return file;
}

const close = (file: SealedFile) => new Promise((resolve) => file.close(resolve));

test.each([0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte])('opens %i bytes from any place of them', async (length) => {
	const text = Buffer.alloc(length, 'homeroom ');
	const file = await SealedFile.open(await seal(text), password);
	expect(file.sizeBytes).toBe(length);
	for (const [start, end] of [
		[0, length],
		[Math.floor(length / 2), length],
		[Math.max(0, length - 3), length],
	] as const)
		expect(Buffer.concat(await file.stream(start, end).toArray()).equals(text.subarray(start, end))).toBe(true);
	await close(file);
});

test('says at once that a password is wrong, and takes the same letters however they are composed', async () => {
	const file = await seal(Buffer.from('x'));
	await expect(SealedFile.open(file, 'another one')).rejects.toMatchObject({ reason: 'passwordWrong' });
	const composed = join(folder, 'composed');
	await pipeline(Readable.from([Buffer.from('x')]), await sealingWith('Zo\u00eb weiß'), createWriteStream(composed));
	await close(await SealedFile.open(composed, 'Zoe\u0308 weiß'));
});

test('nothing that was changed, cut off, doubled or put elsewhere opens', async () => {
	const text = Buffer.alloc(2.5 * mebibyte, 'light ');
	const whole = readFileSync(await seal(text));
	const [head, chunk] = [48, mebibyte + 16];
	const harmed = join(folder, 'harmed');
	const opens = async (bytes: Buffer) => {
		writeFileSync(harmed, bytes);
		const file = await SealedFile.open(harmed, password);
		try {
			await file.stream(0, file.sizeBytes).toArray();
		} finally {
			await close(file);
		}
	};
	const first = whole.subarray(head, head + chunk);
	const rest = whole.subarray(head + chunk);
	for (const bytes of [
		whole.subarray(0, head + chunk),
		whole.subarray(0, head + 2 * chunk),
		whole.subarray(0, whole.length - 1),
		Buffer.concat([whole, Buffer.from('x')]),
		Buffer.concat([whole.subarray(0, head), first, first, rest]),
		Buffer.concat([whole.subarray(0, head), rest.subarray(0, chunk), first, rest.subarray(chunk)]),
	])
		await expect(opens(bytes)).rejects.toMatchObject({ reason: 'damaged' });
	await fc.assert(
		fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
			const bytes = Buffer.from(whole);
			bytes.writeUInt8((bytes[at] ?? 0) ^ flip, at);
			await expect(opens(bytes)).rejects.toMatchObject({ name: 'SealBroken' });
		}),
		{
			numRuns: 8,
			examples: [
				[3, 1],
				[20, 1],
				[40, 1],
			],
		},
	);
});
