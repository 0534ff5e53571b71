import fc from 'fast-check';
import { expect, test } from 'vitest';
import { revealHidden } from './revealHidden.ts';

test.each([
	['a\u200bb', 'a⟨U+200B⟩b'],
	['a\u202eb\u202c', 'a⟨U+202E⟩b⟨U+202C⟩'],
	['\ufeffa', '⟨U+FEFF⟩a'],
	['a\u0000\u001b[2K', 'a⟨U+0000⟩⟨U+001B⟩[2K'],
	['a\u{e0069}', 'a⟨U+E0069⟩'],
	['a\u{e0101}b', 'a⟨U+E0101⟩b'],
	['a\u200b\u200b\u200bb', 'a⟨U+200B×3⟩b'],
	['\ud800x', '⟨U+D800⟩x'],
	['a\u2028b', 'a⟨U+2028⟩b'],
	['so\u00adft', 'so⟨U+00AD⟩ft'],
])('what is not seen is shown as what it is: %j', (text, shown) => {
	expect(revealHidden(text)).toBe(shown);
});

test.each(['a\tb\r\nc\n', '❤️ 1️⃣', '👨‍👩‍👧 👍🏽', '葛󠄀城', 'می‌خواهم', 'क्‍ष', '植物 café ½ x²', ''])('what belongs to what is seen stays: %j', (text) => {
	expect(revealHidden(text)).toBe(text);
});

test('nothing is left that is not seen, and nothing that is seen is lost', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('a', '字', ' ', '\u200b', '\u202e', '\u0007', '\u{e0041}', '\ud83d', 'é'), { maxLength: 50 }), (parts) => {
			const shown = revealHidden(parts.join(''));
			expect(shown).not.toMatch(/[\u200b\u202e\u{e0041}\p{Cs}\p{Cc}]/u);
			expect(shown.replace(/⟨U\+[0-9A-F]+(?:×\d+)?⟩/gu, '')).toBe(parts.join('').replace(/[\u200b\u202e\u{e0041}\p{Cs}\p{Cc}]/gu, ''));
		}),
	);
});

test('a flood of them is counted', () => {
	const shown = revealHidden('\u200b\u200c'.repeat(50_000));
	expect(shown.length).toBeLessThan(3000);
	expect(shown).toMatch(/⟨\+99800⟩$/u);
});
