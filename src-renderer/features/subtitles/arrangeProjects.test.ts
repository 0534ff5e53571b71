import { expect, test } from 'vitest';
import { arrangeProjects } from './arrangeProjects.ts';

test('a season stands together where its newest would, its films in their natural order; other films stay where they are', () => {
	const of = (season: string, ...titles: string[]) => titles.map((title) => ({ season, title }));
	const list = [...of('', 'Zebra'), ...of('Ferry', 'E10', 'E2'), ...of('', 'Alone'), ...of('Ferry', 'E1'), ...of('', 'Alone')];
	expect(arrangeProjects(list).map(({ title }) => title)).toEqual(['Zebra', 'E1', 'E2', 'E10', 'Alone', 'Alone']);
});
