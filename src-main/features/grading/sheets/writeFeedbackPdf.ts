import pdfmake, { type PdfNode } from 'pdfmake';
import type { GradedClass, SheetStudent } from './GradedClass.ts';
import { missingSign } from './printableText.ts';
import { openSheetFonts } from './sheetFonts.ts';
import { sheetWords } from './sheetWords.ts';
import { pageWidth, studentPages, type Write, writerOf } from './studentPages.ts';

/** A sheet as it was laid out: pages are counted from 1. */
interface LaidOut {
	student: SheetStudent;
	head: PdfNode;
}

/**
 * Writes feedback for these students of a class as one PDF, each beginning on a page of its own.
 *
 * Every page says whose it is and counts that student's pages. A character that the two fonts do not have is printed as `□`, and the sheet
 * says what that means.
 */
export async function writeFeedbackPdf(graded: GradedClass, students: readonly SheetStudent[] = graded.students): Promise<Uint8Array> {
	const write = writerOf(graded, await openSheetFonts());
	const words = sheetWords[graded.language];
	const sheets = students.map((student, index) => {
		const { head, content } = studentPages(graded, student, write);
		if (index > 0) head.pageBreak = 'before';
		if (isShownIn(content)) content.push({ text: write(words.missingNote), fontSize: 8.5, color: '#5b6672', margin: [0, 6, 0, 0] });
		return { student, head, content };
	});
	return await pdfmake
		.createPdf({
			pageSize: 'A4',
			pageMargins: [54, 50, 54, 56],
			language: words.tag,
			info: { title: graded.title.toWellFormed(), creator: 'Homeroom' },
			content: sheets.flatMap(({ content }) => content),
			footer: (page, pages) => footer(sheets, page, pages, graded, write),
			defaultStyle: { font: 'latin', fontSize: 10.5, color: '#1f2933' },
		})
		.getBuffer();
}

function footer(sheets: readonly LaidOut[], page: number, pages: number, graded: GradedClass, write: Write): PdfNode {
	const begins = sheets.map(({ head }) => firstPage(head));
	const at = begins.findLastIndex((first) => first <= page);
	const [first, next] = [begins[at] ?? 1, begins[at + 1] ?? pages + 1];
	const student = sheets[at]?.student;
	const name = (student?.name.trim() || student?.number) ?? '';
	return {
		columns: [
			{ text: write(`${name.slice(0, 60)} · ${graded.title.slice(0, 60)}`), width: pageWidth - 110 },
			{ text: write(sheetWords[graded.language].page(page - first + 1, next - first)), width: 100, alignment: 'right' },
		],
		columnGap: 10,
		fontSize: 8.5,
		color: '#5b6672',
		margin: [54, 18, 54, 0],
	};
}

/** pdfmake writes into a node where it was put; footers are asked for after that. */
function firstPage(head: PdfNode): number {
	return ('positions' in head && head.positions?.[0]?.pageNumber) || 1;
}

function isShownIn(content: readonly PdfNode[]): boolean {
	return JSON.stringify(content).includes(missingSign);
}
