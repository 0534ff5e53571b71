import { Document, Packer, Paragraph } from 'docx';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DocumentRefusal } from './DocumentRefusal.ts';
import { packStored } from './packStored.ts';
import { ZipArchive } from './ZipArchive.ts';

const whole = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('whole')] }] }));

test('unpacks what was packed, names and all', () => {
	const files = new Map([
		['a.txt', Buffer.from('x')],
		['ordner/ä.xml', Buffer.from('光合作用'.repeat(1000))],
		['empty', Buffer.alloc(0)],
	]);
	const zip = new ZipArchive(packStored(files), 1e6);
	expect(zip.names.map((name) => zip.read(name))).toEqual([...files.values()]);
});

test('unpacks no more in all than it may, over all files together', () => {
	const files = new Map(['a', 'b'].map((name) => [name, Buffer.alloc(600)]));
	const zip = new ZipArchive(packStored(files), 1000);
	expect(zip.read('a')).toHaveLength(600);
	expect(() => zip.read('b')).toThrow(expect.objectContaining({ reason: 'tooMuchInside' }));
	expect(zip.read('c')).toBeNull();
});

test('a file with any bytes changed or missing is read within the limit or refused, and nothing else', () => {
	const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
	const cut = fc.nat(whole.length);
	fc.assert(
		fc.property(fc.array(change, { maxLength: 20 }), cut, fc.boolean(), (changes, length, cuts) => {
			const bytes = Buffer.from(cuts ? whole.subarray(0, length) : whole);
			for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
			try {
				const zip = new ZipArchive(bytes, 1e6);
				for (const name of zip.names) expect(zip.read(name)?.length ?? 0).toBeLessThanOrEqual(1e6);
			} catch (error) {
				expect(error).toBeInstanceOf(DocumentRefusal);
			}
		}),
		{ numRuns: 500 },
	);
});
