import { mostInFile, type SheetForm } from '#contract/classReport.ts';
import { failure } from '#contract/errors.ts';
import { findUnprintable } from './findUnprintable.ts';
import type { GradedClass } from './GradedClass.ts';
import { feedbackWriters, packFeedback } from './packFeedback.ts';
import { isInParts } from './sheetFile.ts';
import { openSheetFonts } from './sheetFonts.ts';
import { writeClassCsv } from './writeClassCsv.ts';
import { writeClassJson } from './writeClassJson.ts';
import { writeClassWorkbook } from './writeClassWorkbook.ts';

/**
 * Writes a class in one of its forms; throws SHEET_UNPRINTABLE for a PDF of what its fonts have no letters for. It holds up its thread, for a PDF
 * of a large class by many seconds: the app asks writeSheet.ts.
 */
export async function composeSheet(graded: GradedClass, form: SheetForm): Promise<Uint8Array> {
	if (form === 'pdf' || form === 'pdfZip') await refuseUnprintable(graded);
	switch (form) {
		case 'csv':
			return await writeClassCsv(graded);
		case 'json':
			return new TextEncoder().encode(writeClassJson(graded));
		case 'xlsx':
			return await writeClassWorkbook(graded);
		case 'pdf':
		case 'docx':
			return isInParts(graded, form) ? await packFeedback(graded, form, mostInFile) : await feedbackWriters[form](graded);
		case 'pdfZip':
			return await packFeedback(graded, 'pdf', 1);
		case 'docxZip':
			return await packFeedback(graded, 'docx', 1);
		default:
			throw new Error(`unknown form ${String(form satisfies never)}`);
	}
}

async function refuseUnprintable(graded: GradedClass): Promise<void> {
	if (findUnprintable(graded, await openSheetFonts()).isRefused) throw failure('SHEET_UNPRINTABLE', {});
}
