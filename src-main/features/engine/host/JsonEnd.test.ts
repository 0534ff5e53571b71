import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonEnd } from './JsonEnd.ts';

test('the end of any JSON object or array is found, in whatever pieces it comes', () => {
	const value = fc.jsonValue().filter((json) => typeof json === 'object' && json !== null);
	fc.assert(
		fc.property(value, fc.integer({ min: 1, max: 7 }), fc.boolean(), (json, size, pretty) => {
			const text = JSON.stringify(json, null, pretty ? 1 : 0);
			const end = new JsonEnd();
			let shown = '';
			let ended = false;
			for (let at = 0; at < text.length + 8 && !ended; at += size) {
				const piece = `${text}\n\n\n\n} ]`.slice(at, at + size);
				({ text: shown, ended } = (({ text: part, ended: now }) => ({ text: shown + part, ended: now }))(end.push(piece)));
			}
			expect(ended).toBe(true);
			expect(shown).toBe(text);
		}),
	);
});
