import { expect, test } from 'vitest';
import { sizeOf } from './sizeOf.ts';

test.each([
	[0, '0 bytes'],
	[999, '999 bytes'],
	[3_540_000, '3.54 MB'],
	[27_300_000_000, '27.3 GB'],
	[999_999, '1,000 KB'],
	[5e15, '5,000 TB'],
])('%i bytes are %s', (bytes, told) => expect(sizeOf(bytes)).toBe(told));
