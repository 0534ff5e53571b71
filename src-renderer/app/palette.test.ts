import { expect, test } from 'vitest';
import { palettes } from './palette.ts';

/** Contrast of two opaque colours by WCAG 2.2: from 1 to 21. */
function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = linearOf(hex);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linearOf(hex: string): number[] {
	return [1, 3, 5].map((at) => {
		const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
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

/** How the three kinds of colour blindness mix linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1). */
const visions = {
	full: [1, 0, 0, 0, 1, 0, 0, 0, 1],
	protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
	deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
	tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** How far apart two colours look, as CIE76 reckons it: about 2 can just be told apart side by side. */
function distance(a: string, b: string, vision: readonly number[]): number {
	const [from, to] = [a, b].map((hex) => labOf(seen(hex, vision)));
	return Math.hypot(...(from ?? []).map((value, at) => value - (to?.[at] ?? 0)));
}

function seen(hex: string, vision: readonly number[]): number[] {
	const linear = linearOf(hex);
	return [0, 3, 6].map((row) =>
		Math.min(
			1,
			Math.max(
				0,
				linear.reduce((sum, value, at) => sum + value * (vision[row + at] ?? 0), 0),
			),
		),
	);
}

function labOf([r = 0, g = 0, b = 0]: number[]): number[] {
	const white = [0.9505, 1, 1.089];
	const xyz = [0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0.0193 * r + 0.1192 * g + 0.9505 * b];
	const [x = 0, y = 0, z = 0] = xyz.map((value, at) => {
		const share = value / (white[at] ?? 1);
		return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116;
	});
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test.each(['light', 'dark'] as const)('draws series that are seen on paper and told apart by every kind of colour vision (%s)', (scheme) => {
	const { series, background } = palettes[scheme];
	const colours = Object.entries(series);
	expect(colours.filter(([, colour]) => contrast(colour, background.paper) < 3)).toEqual([]);
	const alike = Object.entries(visions).flatMap(([vision, matrix]) =>
		colours.flatMap(([one, colour], at) =>
			colours.slice(at + 1).flatMap(([other, beside]) => (distance(colour, beside, matrix) < 20 ? [`${one} and ${other} (${vision})`] : [])),
		),
	);
	expect(alike).toEqual([]);
});

test.each(['light', 'dark'] as const)('keeps the words on coloured buttons and bars at a contrast of 4.5 or more (%s)', (scheme) => {
	const { primary, success, warning, error, info } = palettes[scheme];
	expect(Object.entries({ primary, success, warning, error, info }).filter(([, { main, contrastText }]) => contrast(contrastText, main) < 4.5)).toEqual([]);
});
