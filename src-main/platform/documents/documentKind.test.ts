import { expect, test } from 'vitest';
import { documentKindOf } from './documentKind.ts';

const heic = (brand: string) => `00000018${Buffer.from(`ftyp${brand}`).toString('hex')}00000000`;

test.each([
	['PNG', '89504e470d0a1a0a0000000d49484452'],
	['JPEG of a phone', 'ffd8ffe1001845786966000049492a00'],
	['JPEG of a scanner', 'ffd8ffe000104a46494600010101'],
	['HEIC', heic('heic')],
	['HEIC as an image sequence', heic('hevc')],
	['HEIF', heic('mif1')],
	['AVIF', heic('avif')],
	['WebP', '52494646a4000000574542505650384c'],
	['TIFF, small end first', '49492a0008000000'],
	['TIFF, big end first', '4d4d002a00000008'],
	['BigTIFF', '49492b0008000000'],
	['GIF', '474946383961'],
	['BMP', '424d36000000000000003600'],
	['PNG of which little is left', '89504e470d0a'],
	['PNG that was sent as text', '89504e470a1a0a0000'],
])('knows a picture by its first bytes: %s', (_, hex) => {
	expect(documentKindOf(Buffer.from(hex, 'hex'))).toBe('picture');
});

test.each([
	['program of Linux', '7f454c4602010100'],
	['program of Windows', '4d5a900003000000'],
	['MP3', '49443303000000'],
	['sound', '52494646a400000057415645666d7420'],
	['film', '00000020667479706d703432'],
	['database', Buffer.from('SQLite format 3\0').toString('hex')],
	['packed file', '1f8b0800000000000003'],
	['archive', '377abcaf271c0004'],
	['model', '4747554603000000'],
])('knows what is no document by its first bytes, however little is left of it: %s', (_, hex) => {
	expect(documentKindOf(Buffer.from(hex, 'hex'))).toBe('other');
});

test.each(['MZ is the sign of a company.', 'ID3: my answer', 'GGUF is a format', 'Rar! it said', 'Riff after riff', '%!', 'BZh'])(
	'takes for text what only begins alike: %s',
	(text) => {
		expect(documentKindOf(Buffer.from(text))).toBe('text');
	},
);
