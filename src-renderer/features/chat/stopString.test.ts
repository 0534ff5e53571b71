import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStopString, showStopString } from './stopString.ts';

test('every stop string can be shown on one line and read back', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom('a', '\\', 'n', '\n', '\r', '\t', '中') }), (stop) => {
			expect(showStopString(stop)).not.toMatch(/[\n\r\t]/);
			expect(readStopString(showStopString(stop))).toBe(stop);
		}),
	);
});

test('a lone backslash before another letter stays', () => {
	expect(readStopString('C:\\dir')).toBe('C:\\dir');
});
