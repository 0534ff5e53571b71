import type { SheetForm } from '#contract/classReport.ts';
import type { GradedClass } from './GradedClass.ts';
import { plainFileName } from './plainFileName.ts';
import { sheetWords } from './sheetWords.ts';

const files: Record<SheetForm, { word: 'grades' | 'feedback'; extension: string; mediaType: string }> = {
	csv: { word: 'grades', extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
	xlsx: { word: 'grades', extension: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
	json: { word: 'grades', extension: 'json', mediaType: 'application/json' },
	pdf: { word: 'feedback', extension: 'pdf', mediaType: 'application/pdf' },
	docx: { word: 'feedback', extension: 'docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
	pdfZip: { word: 'feedback', extension: 'zip', mediaType: 'application/zip' },
	docxZip: { word: 'feedback', extension: 'zip', mediaType: 'application/zip' },
};

/** What the file is called, in the sheet's language, and of which kind it is. */
export function sheetFile({ title, language }: Pick<GradedClass, 'title' | 'language'>, form: SheetForm): { fileName: string; mediaType: string } {
	const { word, extension, mediaType } = files[form];
	return { fileName: plainFileName(sheetWords[language][word], title, extension), mediaType };
}
