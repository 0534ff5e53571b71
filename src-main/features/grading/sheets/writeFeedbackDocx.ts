import {
	AlignmentType,
	Document,
	Footer,
	type IParagraphOptions,
	type IRunOptions,
	Packer,
	PageNumber,
	Paragraph,
	SectionType,
	ShadingType,
	Tab,
	TabStopType,
	TextRun,
} from 'docx';
import { pointsText, settledAnswer } from './classTable.ts';
import { criteriaTable } from './criteriaTable.ts';
import { formatPoints } from './formatPoints.ts';
import type { GradedClass, SheetAnswer, SheetQuestion, SheetStudent } from './GradedClass.ts';
import { isRightToLeft } from './isRightToLeft.ts';
import { markEvidence, showsEvidence } from './markEvidence.ts';
import { printableText } from './printableText.ts';
import { type SheetWords, sheetWords } from './sheetWords.ts';

const quiet = '5B6672';
const fill = 'F5F7F8';
const evidence = { type: ShadingType.CLEAR, fill: 'FFE8A3' };
/** Twentieths of a point, as Word counts: A4 with margins of 54 points. */
const page = { width: 11_906, height: 16_838, margin: 1080 };
const textWidth = page.width - 2 * page.margin;
/** Where the reader's machine lacks these it takes others; every character of any language shows there as far as it can. */
const font = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: 'Microsoft YaHei', cs: 'Arial' };

/**
 * Writes feedback for these students of a class as one DOCX, each in a section of their own, which begins on a new page.
 *
 * What the footer says and counts is that student's. The teacher may go on writing in it.
 */
export async function writeFeedbackDocx(graded: GradedClass, students: readonly SheetStudent[] = graded.students): Promise<Uint8Array> {
	const words = sheetWords[graded.language];
	const document = new Document({
		title: printableText(graded.title),
		creator: 'Homeroom',
		lastModifiedBy: 'Homeroom',
		styles: { default: { document: { run: { font, size: 21, language: { value: 'en-GB', eastAsia: 'zh-CN' } }, paragraph: { spacing: { line: 290 } } } } },
		sections: students.map((student) => ({
			properties: {
				type: SectionType.NEXT_PAGE,
				page: {
					size: { width: page.width, height: page.height },
					margin: { top: page.margin, right: page.margin, bottom: page.margin, left: page.margin },
					pageNumbers: { start: 1 },
				},
			},
			footers: { default: footerOf(graded, student, words) },
			children: [
				...head(graded, student, words),
				...graded.questions.flatMap((question) => questionPart(question, student, words)),
				...evidenceNote(student, words),
			],
		})),
	});
	return await Packer.toBuffer(document);
}

function head({ title, subject, gradeLevel }: GradedClass, student: SheetStudent, words: SheetWords): Paragraph[] {
	const about = [subject, gradeLevel].filter((part) => part.trim() !== '').join(' · ');
	const who = [student.name, student.number].filter((part) => part.trim() !== '').join('   ');
	const total =
		student.total === null ? words.notMarked : pointsText(words.pointsOf(formatPoints(student.total), formatPoints(student.outOf)), student.answers, words);
	return [
		new Paragraph({ heading: 'Heading1', spacing: { before: 0, after: 40 }, children: runs(title, { size: 34, color: '1F2933' }) }),
		...(about ? [new Paragraph({ children: runs(about, { color: quiet }) })] : []),
		new Paragraph({
			spacing: { before: 160 },
			tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
			border: { bottom: { style: 'single', size: 8, space: 4, color: '1F2933' } },
			children: [...runs(who, { size: 26 }), atRight(total, { size: 26 })],
		}),
	];
}

function questionPart(question: SheetQuestion, student: SheetStudent, words: SheetWords) {
	const settled = settledAnswer(student, question.id);
	const answer = student.answers.find(({ questionId }) => questionId === question.id);
	const points = settled ? pointsText(words.pointsOf(formatPoints(settled.points), formatPoints(question.points)), [settled], words) : words.notMarked;
	return [
		new Paragraph({
			heading: 'Heading2',
			spacing: { before: 360, after: 40 },
			tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
			children: [...runs(question.name, { size: 24, color: '1F2933' }), atRight(points, { size: 24, color: '1F2933' })],
		}),
		paragraph(question.text, {}, { color: quiet }),
		label(words.answer),
		answerParagraph(settled ?? { text: answer?.text ?? '', verdicts: [] }, words),
		...(settled ? outcome(question, settled, words) : []),
	];
}

function answerParagraph(answer: Pick<SheetAnswer, 'text' | 'verdicts'>, words: SheetWords): Paragraph {
	const direction = isRightToLeft(answer.text) ? { rightToLeft: true } : {};
	const pieces = markEvidence(answer).flatMap(({ text, isEvidence }) => runs(text, { ...direction, ...(isEvidence && { shading: evidence }) }));
	const children = answer.text.trim() === '' ? runs(words.noAnswer, { color: quiet }) : pieces;
	const edge = { style: 'single', size: 4, space: 5, color: fill } as const;
	const border = { top: edge, bottom: edge, left: edge, right: edge };
	const look = { shading: { type: ShadingType.CLEAR, fill }, border, indent: { left: 120, right: 120 } };
	return new Paragraph({ ...look, ...(direction.rightToLeft && { bidirectional: true }), children });
}

function outcome(question: SheetQuestion, settled: SheetAnswer, words: SheetWords) {
	const suggestions = settled.suggestions.filter((text) => text.trim() !== '');
	return [
		...criteriaTable(question, settled, words, textWidth),
		...(settled.feedback.trim() === '' ? [] : [label(words.feedback), paragraph(settled.feedback)]),
		...(suggestions.length === 0 ? [] : [label(words.suggestions), ...suggestions.map((text) => paragraph(text, { bullet: { level: 0 } }))]),
	];
}

function evidenceNote(student: SheetStudent, words: SheetWords): Paragraph[] {
	if (!showsEvidence(student)) return [];
	return [new Paragraph({ spacing: { before: 360 }, children: runs(words.evidenceNote, { size: 17, color: quiet }) })];
}

function label(text: string): Paragraph {
	return new Paragraph({ spacing: { before: 200, after: 40 }, keepNext: true, children: runs(text, { size: 17, color: quiet }) });
}

function footerOf({ title }: GradedClass, student: SheetStudent, words: SheetWords): Footer {
	const name = student.name.trim() || student.number;
	// The sentence has its numbers at places of its own in each language.
	const [before = '', between = '', after = ''] = words.page(1, 2).split(/[12]/);
	const counted = new TextRun({ size: 17, color: quiet, children: [new Tab(), before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES_IN_SECTION, after] });
	const children = [...runs(`${name.slice(0, 60)} · ${title.slice(0, 60)}`, { size: 17, color: quiet }), counted];
	return new Footer({ children: [new Paragraph({ alignment: AlignmentType.LEFT, tabStops: [{ type: TabStopType.RIGHT, position: textWidth }], children })] });
}

/** A text by itself, in the direction that it is written in. */
function paragraph(text: string, more: IParagraphOptions = {}, look: IRunOptions = {}): Paragraph {
	if (!isRightToLeft(text)) return new Paragraph({ ...more, children: runs(text, look) });
	return new Paragraph({ ...more, bidirectional: true, children: runs(text, { ...look, rightToLeft: true }) });
}

/** What belongs to the right margin of the same line. */
function atRight(text: string, look: IRunOptions): TextRun {
	return new TextRun({ ...look, children: [new Tab(), text] });
}

/** Text as Word has it: a line end is a break of its own. */
function runs(text: string, look: IRunOptions = {}): TextRun[] {
	return printableText(text)
		.split('\n')
		.map((part, index) => new TextRun({ ...look, text: part, ...(index > 0 && { break: 1 }) }));
}
