import type { PdfNode, PdfTableLayout, PdfTextRun } from 'pdfmake';
import { pointsText, settledAnswer } from './classTable.ts';
import { fontRuns } from './fontRuns.ts';
import { formatPoints } from './formatPoints.ts';
import type { GradedClass, SheetAnswer, SheetQuestion, SheetStudent } from './GradedClass.ts';
import { judgedCriteria } from './judgedCriteria.ts';
import { markEvidence, showsEvidence } from './markEvidence.ts';
import { printableText } from './printableText.ts';
import type { FontCoverage, FontName } from './sheetFonts.ts';
import { type SheetWords, sheetWords } from './sheetWords.ts';

/** All lengths are in points, of 1/72 inch. */
export const pageWidth = 595.28 - 2 * 54;
const ink = '#1f2933';
const quiet = '#5b6672';
const line = '#d5dbe1';
const paper = '#f5f7f8';
const evidence = '#ffe8a3';

/** Of each font's own height: Roboto is 1.172 of its size, Noto Sans Hans 1, and lines are to be as far apart whatever is in them. */
const lineHeights: Record<FontName, number> = { latin: 1.25, chinese: 1.25 * 1.172 };

const rules: PdfTableLayout = {
	hLineWidth: (row, node) => (row === 0 || row === node.table.body.length ? 0 : 0.5),
	vLineWidth: () => 0,
	hLineColor: () => line,
	paddingLeft: (column) => (column === 0 ? 0 : 8),
	paddingRight: () => 0,
	paddingTop: () => 4,
	paddingBottom: () => 4,
};
const box: PdfTableLayout = { ...rules, hLineWidth: () => 0, paddingLeft: () => 10, paddingRight: () => 10, paddingTop: () => 7, paddingBottom: () => 7 };

/** Turns text into what pdfmake shows, in the fonts that have it. */
export type Write = (text: string, background?: string) => PdfTextRun[];

/** How text is written on the sheets of a class. */
export function writerOf({ language }: GradedClass, coverage: FontCoverage): Write {
	return (text, background) => {
		const runs = fontRuns(printableText(text), coverage, language);
		// Without a line pdfmake knows no place for it, and footers are counted by places.
		if (runs.length === 0) runs.push({ text: '', font: 'latin' });
		return runs.map((run) => ({ ...run, lineHeight: lineHeights[run.font], ...(background && { background }) }));
	};
}

/** What the sheet of one student holds, for pdfmake, and the node whose place tells on which page it begins. */
export function studentPages(graded: GradedClass, student: SheetStudent, write: Write): { head: PdfNode; content: PdfNode[] } {
	const words = sheetWords[graded.language];
	const who = [student.name, student.number].filter((part) => part.trim() !== '');
	const head: PdfNode = { text: write(graded.title), fontSize: 17 };
	const about = [graded.subject, graded.gradeLevel].filter((part) => part.trim() !== '').join(' · ');
	const total =
		student.total === null ? words.notMarked : pointsText(words.pointsOf(formatPoints(student.total), formatPoints(student.outOf)), student.answers, words);
	const content: PdfNode[] = [
		head,
		...(about ? [{ text: write(about), color: quiet, margin: [0, 2, 0, 0] } satisfies PdfNode] : []),
		sides({ text: write(who.join('   ')), fontSize: 13 }, { text: write(total), fontSize: 13, alignment: 'right' }, 12),
		{ canvas: [{ type: 'line', x1: 0, y1: 0, x2: pageWidth, y2: 0, lineWidth: 1, lineColor: ink }], margin: [0, 6, 0, 0] },
		...graded.questions.flatMap((question) => questionPart(question, student, words, write)),
	];
	if (showsEvidence(student)) content.push({ text: write(words.evidenceNote), fontSize: 8.5, color: quiet, margin: [0, 18, 0, 0] });
	return { head, content };
}

function questionPart(question: SheetQuestion, student: SheetStudent, words: SheetWords, write: Write): PdfNode[] {
	const settled = settledAnswer(student, question.id);
	const answer = student.answers.find(({ questionId }) => questionId === question.id);
	const points = settled ? pointsText(words.pointsOf(formatPoints(settled.points), formatPoints(question.points)), [settled], words) : words.notMarked;
	return [
		sides({ text: write(question.name), fontSize: 12 }, { text: write(points), fontSize: 12, alignment: 'right' }, 20),
		{ text: write(question.text), color: quiet, margin: [0, 3, 0, 0], preserveLeadingSpaces: true },
		label(words.answer, write),
		answerBox(settled ?? { text: answer?.text ?? '', verdicts: [] }, words, write),
		...(settled ? outcome(question, settled, words, write) : []),
	];
}

function answerBox(answer: Pick<SheetAnswer, 'text' | 'verdicts'>, words: SheetWords, write: Write): PdfNode {
	const pieces = markEvidence(answer).flatMap(({ text, isEvidence }) => write(text, isEvidence ? evidence : undefined));
	const shown: PdfNode = answer.text.trim() === '' ? { text: write(words.noAnswer), color: quiet } : { text: pieces, preserveLeadingSpaces: true };
	return { table: { widths: [pageWidth - 20], body: [[{ ...shown, fillColor: paper }]] }, layout: box };
}

function outcome(question: SheetQuestion, settled: SheetAnswer, words: SheetWords, write: Write): PdfNode[] {
	const judged = judgedCriteria(question, settled);
	const parts: PdfNode[] = [];
	if (judged.length > 0) {
		const cell = (text: string, more: Partial<PdfNode> = {}): PdfNode => ({ text: write(text), fontSize: 9.5, ...more });
		const header = [words.criterion, words.level, words.points, words.reason].map((text) => cell(text, { color: quiet, fontSize: 8.5 }));
		const rows = judged.map(({ name, levelName, points, reason }) => [cell(name), cell(levelName), cell(formatPoints(points)), cell(reason)]);
		parts.push({
			table: { widths: [118, 88, 40, pageWidth - 118 - 88 - 40 - 24], headerRows: 1, body: [header, ...rows] },
			layout: rules,
			margin: [0, 10, 0, 0],
		});
	}
	if (settled.feedback.trim() !== '') parts.push(label(words.feedback, write), { text: write(settled.feedback), preserveLeadingSpaces: true });
	const suggestions = settled.suggestions.filter((text) => text.trim() !== '');
	if (suggestions.length > 0) parts.push(label(words.suggestions, write), ...suggestions.map((text) => bullet(text, write)));
	return parts;
}

function label(text: string, write: Write): PdfNode {
	return { text: write(text), fontSize: 8.5, color: quiet, margin: [0, 10, 0, 3] };
}

function bullet(text: string, write: Write): PdfNode {
	return {
		columns: [
			{ text: write('•'), width: 12 },
			{ text: write(text), width: pageWidth - 12 },
		],
		columnGap: 0,
		margin: [0, 0, 0, 3],
	};
}

/** What belongs to the left margin and what to the right one, in one line. */
function sides(left: PdfNode, right: PdfNode, above: number): PdfNode {
	return {
		columns: [
			{ ...left, width: pageWidth - 200 },
			{ ...right, width: 190 },
		],
		columnGap: 10,
		margin: [0, above, 0, 0],
	};
}
