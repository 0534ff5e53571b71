import type { TFunction } from 'i18next';
import { newAnswers, setFields, setQuestion } from './newAssignmentStore.ts';

const students = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'] as const;

/** Fills the form for a new assignment with a small class in the reader's language, ready to be made and graded. */
export function fillWithExample(t: TFunction<'grading'>): void {
	setFields({ title: t('example.title'), subject: t('example.subject'), gradeLevel: t('example.gradeLevel') });
	setQuestion(0, (draft) => ({ ...draft, text: t('example.question'), key: t('example.key') }));
	void newAnswers.setSource({ text: exampleTable(t) });
}

/** The example class's answers as a CSV table. */
function exampleTable(t: TFunction<'grading'>): string {
	const head = [t('example.columns.id'), t('example.columns.name'), t('example.columns.answer')];
	const rows = students.map((student, index) => [`2026${String(index + 1).padStart(3, '0')}`, t(`example.${student}.name`), t(`example.${student}.answer`)]);
	return [head, ...rows].map((row) => row.map(quote).join(',')).join('\n');
}

function quote(cell: string): string {
	return `"${cell.replaceAll('"', '""')}"`;
}
