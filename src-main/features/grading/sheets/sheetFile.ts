import { mostInFile, type SheetForm } from '#contract/classReport.ts';
import type { GradedClass } from './GradedClass.ts';
import { plainFileName } from './plainFileName.ts';
import { sheetWords } from './sheetWords.ts';

const files: Record<SheetForm, { word: 'grades' | 'feedback'; extension: string; mediaType: string }> = {
	csv: { word: 'grades', extension: 'csv', mediaType: 'text/csv' },
	xlsx: { word: 'grades', extension: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
	json: { word: 'grades', extension: 'json', mediaType: 'application/json' },
	pdf: { word: 'feedback', extension: 'pdf', mediaType: 'application/pdf' },
	docx: { word: 'feedback', extension: 'docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
	pdfZip: { word: 'feedback', extension: 'zip', mediaType: 'application/zip' },
	docxZip: { word: 'feedback', extension: 'zip', mediaType: 'application/zip' },
};

/** Whether the class has too many students for one file of this form, so that it is a ZIP of several. */
export function isInParts({ students }: Pick<GradedClass, 'students'>, form: SheetForm): boolean {
	return (form === 'pdf' || form === 'docx') && students.length > mostInFile;
}

/** What the file is called, in the sheet's language, and of which kind it is. */
export function sheetFile(graded: Pick<GradedClass, 'title' | 'language' | 'students'>, form: SheetForm): { fileName: string; mediaType: string } {
	const { title, language } = graded;
	const { word, extension, mediaType } = files[isInParts(graded, form) ? 'pdfZip' : form];
	return { fileName: plainFileName(sheetWords[language][word], title, extension), mediaType };
}
