import type { SheetForm } from '#contract/classReport.ts';
import type { GradedClass } from './GradedClass.ts';
import { packFeedback } from './packFeedback.ts';
import { writeClassCsv } from './writeClassCsv.ts';
import { writeClassJson } from './writeClassJson.ts';
import { writeClassWorkbook } from './writeClassWorkbook.ts';
import { writeFeedbackDocx } from './writeFeedbackDocx.ts';
import { writeFeedbackPdf } from './writeFeedbackPdf.ts';

/** Writes a class in one of its forms. It holds up its thread, for a PDF of a large class by many seconds: the app asks writeSheet.ts. */
export async function composeSheet(graded: GradedClass, form: SheetForm): Promise<Uint8Array> {
	switch (form) {
		case 'csv':
			return new TextEncoder().encode(writeClassCsv(graded));
		case 'json':
			return new TextEncoder().encode(writeClassJson(graded));
		case 'xlsx':
			return await writeClassWorkbook(graded);
		case 'pdf':
			return await writeFeedbackPdf(graded);
		case 'docx':
			return await writeFeedbackDocx(graded);
		case 'pdfZip':
			return await packFeedback(graded, 'pdf');
		case 'docxZip':
			return await packFeedback(graded, 'docx');
		default:
			throw new Error(`unknown form ${String(form satisfies never)}`);
	}
}
