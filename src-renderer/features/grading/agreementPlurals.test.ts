import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../../resources/locales/en/grading.json' with { type: 'json' };

beforeAll(() => i18next.init({ lng: 'en', resources: { en: { grading: en } }, defaultNS: 'grading' }));

test.each(['agreement.of', 'agreement.accepted', 'agreement.plot.spot'] as const)('one answer is no "1 answers" (%s)', (key) => {
	const say = (count: number) => String(i18next.t(`grading:${key}`, { count, answers: String(count), outOf: '8', teacher: '1', model: '2' }));
	expect(say(1)).not.toMatch(/1 (answers|marks)/);
	expect(say(2)).toMatch(/2 (answers|marks)/);
});
