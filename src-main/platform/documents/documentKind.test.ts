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
])('knows a picture by its first bytes: %s', (_, hex) => {
	expect(documentKindOf(Buffer.from(hex, 'hex'))).toBe('picture');
});
