import { expect, test } from 'vitest';
import { handbookPages } from './handbookPages.ts';
import type { Handbook } from './loadHandbook.ts';
import { parsePage } from './parsePage.ts';
import { searchHandbook, searchHandbooks } from './searchHandbook.ts';

const handbook = {
	...(Object.fromEntries(handbookPages.map((id) => [id, { title: id, sections: [] }])) as unknown as Handbook),
	models: parsePage('# 模型\n\n先看**量化**。\n\n## <a id="add"></a>添加模型\n\n见[下载](models.md)与 GGUF 文件。'),
	grading: parsePage('# Grading\n\n## <a id="desk"></a>At the desk\n\nThe **doubtful** ones come first (a+b).\n\n## <a id="doubt"></a>Doubtful\n\nWhy.'),
};

test('finds sections that hold every word, those with it in the title first, and marks the words', () => {
	expect(searchHandbook(handbook, ' DOUBTFUL ')).toEqual([
		{ page: 'grading', sectionId: 'doubt', pageTitle: 'Grading', title: 'Doubtful', excerpt: ['Why.'] },
		{
			page: 'grading',
			sectionId: 'desk',
			pageTitle: 'Grading',
			title: 'At the desk',
			excerpt: ['The ', 'doubtful', ' ones come first (a+b).'],
		},
	]);
	expect(searchHandbook(handbook, 'doubtful desk').map(({ sectionId }) => sectionId)).toEqual(['desk']);
});

test('finds Chinese within a sentence, takes signs as they are, and no address of a link', () => {
	expect(searchHandbook(handbook, '量化').map(({ sectionId }) => sectionId)).toEqual(['']);
	expect(searchHandbook(handbook, 'a+b').map(({ sectionId }) => sectionId)).toEqual(['desk']);
	expect(searchHandbook(handbook, 'models.md')).toEqual([]);
	expect(searchHandbook(handbook, '   ')).toEqual([]);
});

test('what the other language’s handbook alone says is found too, and called as the own one calls it', () => {
	const chinese = {
		...handbook,
		grading: parsePage('# 批改\n\n## <a id="desk"></a>在批改台\n\n有疑问的 doubtful 在前。\n\n## <a id="doubt"></a>疑问\n\n为何。'),
	};
	const named = (query: string) => searchHandbooks({ own: handbook, other: chinese }, query).map(({ pageTitle, title }) => `${pageTitle}: ${title}`);
	expect([named('疑问'), named('doubtful'), named('why')]).toEqual([
		['Grading: Doubtful', 'Grading: At the desk'],
		['Grading: Doubtful', 'Grading: At the desk'],
		['Grading: Doubtful'],
	]);
});
