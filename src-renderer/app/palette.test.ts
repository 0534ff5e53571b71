import { expect, test } from 'vitest';
import { palettes } from './palette.ts';

/** Contrast of two opaque colours by WCAG 2.2: from 1 to 21. */
function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.each(['light', 'dark'] as const)('keeps text at a contrast of 4.5 or more on every surface (%s)', (scheme) => {
	const { text, background, surface, primary, success, warning, error } = palettes[scheme];
	const surfaces = { page: background.default, paper: background.paper, rail: surface.rail, sunken: surface.sunken };
	const colours = { text: text.primary, secondary: text.secondary, primary: primary.main, success: success.main, warning: warning.main, error: error.main };
	const weak = Object.entries(surfaces).flatMap(([place, ground]) =>
		Object.entries(colours).map(([name, colour]) => ({ name, place, contrast: contrast(colour, ground) })),
	);
	expect(weak.filter((pair) => pair.contrast < 4.5)).toEqual([]);
});

test.each(['light', 'dark'] as const)('keeps the words on coloured buttons and bars at a contrast of 4.5 or more (%s)', (scheme) => {
	const { primary, success, warning, error, info } = palettes[scheme];
	expect(Object.entries({ primary, success, warning, error, info }).filter(([, { main, contrastText }]) => contrast(contrastText, main) < 4.5)).toEqual([]);
});
