import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../../resources/locales/en/grading.json' with { type: 'json' };
import { PrintNotice } from './PrintNotice.tsx';

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { grading: en } } }));

test('says that it looks before the app has answered what a PDF cannot print', () => {
	const html = renderToStaticMarkup(<PrintNotice assignmentId="a" counting="all" students={3} onWord={() => {}} />);
	expect(html).toContain(en.export.looking);
	expect(html).toContain('role="status"');
	expect(html).not.toContain(en.export.takeWord);
});
