import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import type { ProblemGroup } from '#contract/grading.ts';
import en from '../../../resources/locales/en/grading.json' with { type: 'json' };
import zh from '../../../resources/locales/zh/grading.json' with { type: 'json' };
import { TableProblems } from './TableProblems.tsx';

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { grading: en }, zh: { grading: zh } } }));

test.each([
	['en', 'This is a picture or a scan', 'Ask for it as text'],
	['zh', '这是图片或扫描件', '请学生改交文字版'],
])('says of each picture which file it is, why it is not read and what to do (%s)', async (language, why, what) => {
	await i18next.changeLanguage(language);
	const files = ['5A/Ada.png', 'Bo.heic', 'Cy.pdf'];
	const places = files.map((fileName) => ({ row: null, column: null, fileName, detail: '' }));
	const problems: ProblemGroup[] = [{ code: 'picture', count: 3, places }];
	const html = renderToStaticMarkup(<TableProblems problems={problems} />);
	for (const said of files) expect(html).toContain(said);
	for (const said of [why, what]) expect(html.split(said)).toHaveLength(4);
});
