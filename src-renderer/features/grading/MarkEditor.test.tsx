import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../../resources/locales/en/grading.json' with { type: 'json' };
import { gradedOf, markOf, question } from './answerOf.test-support.ts';
import type { MarkDraft } from './deskStore.ts';
import { MarkEditor } from './MarkEditor.tsx';

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { grading: en } } }));

const fields = (draft: MarkDraft | null) =>
	renderToStaticMarkup(
		<MarkEditor
			{...{ shown: '', answer: gradedOf(1, 3, {}, { mark: markOf(2) }), question, marker: 'first', levels: {} }}
			{...{ points: 2, draft, editing: null }}
		/>,
	);

test('points that cannot be wait in their field with what is wrong about them', () => {
	expect(fields({ levels: {}, points: '99' })).toMatch(/value="99".*A number from 0 to 3/s);
	expect(fields(null)).toMatch(/value="2".*of 3/s);
});

test('feedback that the model wrote for other points says so', () => {
	const shown = (points: number, feedback: string) =>
		renderToStaticMarkup(
			<MarkEditor
				{...{ shown: '', answer: gradedOf(1, 3, { feedback: 'Well said.' }, { mark: { ...markOf(points), feedback } }), question, marker: 'first', levels: {} }}
				{...{ points, draft: null, editing: null }}
			/>,
		);
	expect(shown(0, 'Well said.')).toContain('The model wrote this for 3 of 10.');
	for (const [points, feedback] of [
		[3, 'Well said.'],
		[0, 'Not yet.'],
	] as const)
		expect(shown(points, feedback)).not.toContain('The model wrote');
});
