import { expect, test } from 'vitest';
import { gradedClassOf } from './gradedClassOf.ts';

test('the statistics of a sheet do not call marked what is only proposed', () => {
	const kept = { title: 'c', subject: '', gradeLevel: '', above: [], columns: [], questions: [], students: new Map(), answers: [] };
	const third = (counting: 'settled' | 'all', language: 'en' | 'zh') => gradedClassOf(kept, counting, language).statistics?.header[2];
	expect([third('settled', 'en'), third('all', 'en')]).toEqual(['Marked', 'Marked or proposed']);
	expect(third('all', 'zh')).not.toBe(third('settled', 'zh'));
});
