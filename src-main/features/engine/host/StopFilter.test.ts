import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StopFilter } from './StopFilter.ts';

function run(pieces: readonly string[], stops: readonly string[]) {
	const filter = new StopFilter(stops);
	const shown: string[] = [];
	for (const piece of pieces) {
		const { text, stopped } = filter.push(piece);
		shown.push(text);
		if (stopped) return { shown, stopped };
	}
	shown.push(filter.rest());
	return { shown, stopped: false };
}

// Few letters, so that stop texts, and starts of them, come up often.
const letters = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', '中'), maxLength });

test('a text ends before its first stop text however it is cut into pieces, and no part of a stop text is ever shown', () => {
	fc.assert(
		fc.property(fc.array(letters(5), { maxLength: 30 }), fc.array(letters(6), { maxLength: 4 }), (pieces, stops) => {
			const { shown, stopped } = run(pieces, stops);
			const wanted = stops.filter((stop) => stop !== '');
			// The stop text that is whole first: no shorter start of the text holds one.
			const text = pieces.join('');
			let end = text.length;
			for (let length = 0; length <= text.length; length++) {
				if (!wanted.some((stop) => text.slice(0, length).endsWith(stop))) continue;
				end = length;
				break;
			}
			const found = wanted.some((stop) => text.includes(stop));
			expect(stopped).toBe(found);
			const all = shown.join('');
			expect(text.startsWith(all)).toBe(true);
			for (const stop of wanted) expect(all.includes(stop)).toBe(false);
			if (!found) expect(all).toBe(text);
			else expect(all.length).toBeLessThan(end);
		}),
		{ numRuns: 2000 },
	);
});

test('what cannot be the start of a stop text is shown at once', () => {
	const filter = new StopFilter(['###']);
	expect(filter.push('Hello').text).toBe('Hello');
	expect(filter.push(' #').text).toBe(' ');
	expect(filter.push('1').text).toBe('#1');
});
