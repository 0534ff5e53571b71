import { expect, test } from 'vitest';
import { seasonOf } from './seasonOf.ts';

test.each([
	[['Island.S01E01.en', 'Island.S01E02.en', 'Island.S01E10.en'], 'Island.S01'],
	[['Show - 01', 'Show - 02'], 'Show'],
	[['岛屿 第01集', '岛屿 第02集'], '岛屿'],
	[['Ferry', 'Fury'], ''],
	[['Ferry'], ''],
] as const)('of %j the season is "%s"', (names, season) => {
	expect(seasonOf(names)).toBe(season);
});
