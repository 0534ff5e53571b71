import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { ZipFolder } from './ZipFolder.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-zip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(bytes: Uint8Array): Promise<ZipFolder> {
	const file = path.join(folder, 'class.zip');
	await writeFile(file, bytes);
	return await ZipFolder.open(file, 'class.zip');
}

const zipped = (files: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

/** The archive with the bytes of a name in place of another of the same length, without the sign that names are UTF-8. */
function renamed(name: string, bytes: Buffer): Buffer {
	const zip = Buffer.from(zipped({ [name]: 'x' }));
	for (let at = zip.indexOf(name); at !== -1; at = zip.indexOf(name, at + 1)) bytes.copy(zip, at);
	return zip;
}

/** The archive with the flags or the unpacked size of its first entry changed, in the list and before the file. */
function patched(zip: Uint8Array, field: 'flags' | 'size', value: number): Buffer {
	const bytes = Buffer.from(zip);
	const list = bytes.indexOf('PK\x01\x02', 0, 'latin1');
	if (field === 'flags') for (const at of [6, list + 8]) bytes.writeUInt16LE(bytes.readUInt16LE(at) | value, at);
	else for (const at of [22, list + 24]) bytes.writeUInt32LE(value, at);
	return bytes;
}

test('unpacks what is in folders, leaves the folders themselves out, and takes names that lead elsewhere as names', async () => {
	const files = { 'Ada_12_assignsubmission_file_/essay.txt': 'Light.', '../../etc/passwd': 'x', '/C:\\evil.txt': 'y', 'Bo/': '' };
	const zip = await open(zipped(files));
	expect(await Promise.all(zip.files.map(async ({ name, read }) => [name, Buffer.from(await read()).toString()]))).toEqual(Object.entries(files).slice(0, 3));
	zip.close();
});

test.each([
	['UTF-8 that does not say so', '王小明.txt', Buffer.from('王小明.txt')],
	['the one of Windows in China', '王小明.txt', Buffer.from('cdf5d0a1c3f72e747874', 'hex')],
	['CP437', 'Zoë Müller.txt', Buffer.from('5a6f89204d816c6c65722e747874', 'hex')],
])('reads names in %s', async (_encoding, name, bytes) => {
	const zip = await open(renamed('x'.repeat(bytes.length), bytes));
	expect(zip.files.map((file) => file.name)).toEqual([name]);
	zip.close();
});

test('a file under a password, and one that unpacks to more or less than it says, are refused by themselves', async () => {
	const text = zipped({ 'a.txt': 'light '.repeat(1000) });
	for (const [bytes, reason] of [
		[patched(text, 'flags', 1), 'encrypted'],
		[patched(text, 'size', 10), 'damaged'],
		[patched(text, 'size', 10_000), 'damaged'],
	] as const) {
		const zip = await open(bytes);
		await expect(zip.files[0]?.read()).rejects.toMatchObject({ code: 'DOCUMENT_INVALID', data: { fileName: 'a.txt', reason } });
		zip.close();
	}
	const many = zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [String(at), new Uint8Array()])), { level: 0 });
	await expect(open(many)).rejects.toMatchObject({ code: 'DOCUMENT_INVALID', data: { fileName: 'class.zip', reason: 'tooMuchInside' } });
	await expect(open(Buffer.from('PK\x03\x04'))).rejects.toMatchObject({ code: 'DOCUMENT_INVALID', data: { reason: 'damaged' } });
});

test('an archive with any bytes changed or missing gives no more than it says, or is refused, and nothing else', async () => {
	const whole = zipped({ 'a/ä.txt': 'light '.repeat(100), 'b.txt': 'x' });
	const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 });
	await fc.assert(
		fc.asyncProperty(changes, fc.nat(whole.length), fc.boolean(), async (changed, length, isCut) => {
			const bytes = Buffer.from(isCut ? whole.subarray(0, length) : whole);
			for (const [at, value] of changed) if (at < bytes.length) bytes[at] = value;
			try {
				const zip = await open(bytes);
				// What claims to be larger is never asked for.
				for (const { bytes: most, read } of zip.files.filter((file) => file.bytes < 1e6)) {
					const content = await read().catch((error: unknown) => (isFailure(error, 'DOCUMENT_INVALID') ? new Uint8Array() : Promise.reject(error)));
					expect(content.length).toBeLessThanOrEqual(most);
				}
				zip.close();
			} catch (error) {
				expect(isFailure(error, 'DOCUMENT_INVALID')).toBe(true);
			}
		}),
		{ numRuns: 200 },
	);
});
