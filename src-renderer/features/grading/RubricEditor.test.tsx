import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import type { Criterion } from '#contract/rubric.ts';
import en from '../../../resources/locales/en/grading.json' with { type: 'json' };
import zh from '../../../resources/locales/zh/grading.json' with { type: 'json' };
import { newQuestion, unheaded } from './questionDraft.ts';
import { RubricEditor } from './RubricEditor.tsx';

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { grading: en }, zh: { grading: zh } } }));

const level = (name: string, points: number) => ({ id: name, name, description: '', points });
const cause: Criterion = { id: 'a', kind: 'levels', name: 'Cause', description: '', levels: [level('All', 2), level('None', 0)], byCheck: false };
const drawn = (rubric: Criterion[]) => {
	const question = { ...newQuestion({ ...unheaded, name: '1', text: 'Why?' }), isCheckOwn: true, rubric };
	return renderToStaticMarkup(<RubricEditor question={question} about={{ subject: '', gradeLevel: '' }} onChange={() => {}} />);
};
const fieldsMarked = (html: string) => html.match(/aria-invalid="true"/g)?.length ?? 0;

test.each([
	['en', 'Criterion 2 has no name', '“Cause”: the points of level 1 cannot be read'],
	['zh', '评分项 2 没有名称', '“Cause”第 1 个等级的分值无法识别'],
])('says which criterion of a rubric lacks what, and marks the field (%s)', async (language, noName, noPoints) => {
	await i18next.changeLanguage(language);
	expect(fieldsMarked(drawn([cause]))).toBe(0);
	const nameless = drawn([cause, { ...cause, id: 'b', name: '' }]);
	expect([nameless.includes(noName), fieldsMarked(nameless)]).toEqual([true, 1]);
	const pointless = drawn([{ ...cause, levels: [level('All', Number.NaN), level('None', 0)] }]);
	expect([pointless.includes(noPoints), fieldsMarked(pointless)]).toEqual([true, 1]);
});
