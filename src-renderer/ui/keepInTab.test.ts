import { expect, test } from 'vitest';
import { readKept, writeKept } from './keepInTab.ts';

test('what one person has written is read as it was, with numbers that could not be read, and by nobody else', () => {
	const written = { questions: [{ text: 'Why?\n“\u0000”', points: Number.NaN }], table: null };
	const text = writeKept(written, 'anna');
	expect(readKept(text, 'anna')).toEqual(written);
	expect(readKept(text, 'berta')).toBeNull();
	for (const odd of [null, '', '{', '7', '[]', '{"kept":1}', text.slice(0, -3)]) expect(readKept(odd, 'anna')).toBeNull();
});
