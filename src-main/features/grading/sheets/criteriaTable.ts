import { BorderStyle, type ISectionOptions, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx';
import { formatPoints } from './formatPoints.ts';
import type { SheetAnswer, SheetQuestion } from './GradedClass.ts';
import { isRightToLeft } from './isRightToLeft.ts';
import { judgedCriteria } from './judgedCriteria.ts';
import { printableText } from './printableText.ts';
import type { SheetWords } from './sheetWords.ts';

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const thin = { style: BorderStyle.SINGLE, size: 4, color: 'D5DBE1' };
const shares = [0.25, 0.18, 0.09, 0.48];

/** For a DOCX: which level each criterion was given and why, in a table of this width in twentieths of a point; nothing where none was. */
export function criteriaTable(question: SheetQuestion, settled: SheetAnswer, words: SheetWords, width: number): ISectionOptions['children'][number][] {
	const judged = judgedCriteria(question, settled);
	if (judged.length === 0) return [];
	const widths = shares.map((share) => Math.floor(share * width));
	const header = [words.criterion, words.level, words.points, words.reason];
	const rows = judged.map(({ name, levelName, points, reason }) => [name, levelName, formatPoints(points), reason]);
	const rowOf = (cells: string[], isHeader: boolean) =>
		new TableRow({
			tableHeader: isHeader,
			children: cells.map((text, index) => new TableCell({ width: { size: widths[index] ?? 0, type: WidthType.DXA }, children: [cellText(text, isHeader)] })),
		});
	const table = new Table({
		layout: TableLayoutType.FIXED,
		columnWidths: widths,
		width: { size: width, type: WidthType.DXA },
		borders: { top: none, bottom: none, left: none, right: none, insideVertical: none, insideHorizontal: thin },
		margins: { top: 60, bottom: 60, left: 0, right: 120 },
		rows: [rowOf(header, true), ...rows.map((cells) => rowOf(cells, false))],
	});
	return [new Paragraph({ spacing: { before: 0, after: 0, line: 160 }, children: [] }), table];
}

function cellText(text: string, isHeader: boolean): Paragraph {
	const lines = printableText(text).split('\n');
	const isTurned = isRightToLeft(text);
	const look = { ...(isHeader ? { size: 17, color: '5B6672' } : { size: 19 }), ...(isTurned && { rightToLeft: true }) };
	return new Paragraph({
		...(isTurned && { bidirectional: true }),
		children: lines.map((part, index) => new TextRun({ ...look, text: part, ...(index > 0 && { break: 1 }) })),
	});
}
