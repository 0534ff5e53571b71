import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Submission } from '#contract/grading.ts';
import { exportTable } from './exportTable.ts';

const base: Submission = { id: 's', row: 2, studentId: '', studentName: '', answer: '', status: 'graded', proposal: null, mark: null, failure: null };
const proposal = { score: 40, feedback: '=HYPERLINK("http://x")', suggestions: ['@a', 'b'], modelName: 'M', tokens: 1, charged: null, createdAt: 1 };

function read(text: string): string[][] {
	// csv-parse gives arrays of text as long as no columns are asked for.
	return parse(text, { bom: true, relax_column_count: true }) as string[][];
}

test('every original cell comes back, a formula as text, and the mark wins over the proposal', () => {
	const text = exportTable(
		['id', 'score', 'answer'],
		[
			{ cells: ['007', '-1', '=1+1\r\n"x", y'], shown: { ...base, proposal } },
			{ cells: ['008'], shown: { ...base, proposal, mark: { score: 55, feedback: 'Good', updatedAt: 1 } } },
			{ cells: ['009', '', 'z'], shown: { ...base, status: 'failed' } },
		],
	);
	expect(text.startsWith('\uFEFF')).toBe(true);
	expect(read(text)).toEqual([
		['id', 'score', 'answer', 'score (2)', 'feedback', 'suggestions', 'graded_by'],
		['007', '-1', '\'=1+1\r\n"x", y', '40', '\'=HYPERLINK("http://x")', "'@a\nb", 'M'],
		['008', '', '', '55', 'Good', "'@a\nb", 'teacher'],
		['009', '', 'z', '', '', '', ''],
	]);
});

test('nobody’s text is a formula to a spreadsheet, a signed number stays one, and no cell breaks its row', () => {
	const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=', '+1', '-5', '-5,2', '+cmd|x', '-', '@x', '\t=', '\r=', 'a\nb', '"', ''));
	fc.assert(
		fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), cell, (cells, feedback) => {
			const header = cells.map((_, index) => `c${index}`);
			const [, row] = read(exportTable(header, [{ cells, shown: { ...base, proposal: { ...proposal, feedback } } }]));
			const back = row?.slice(0, cells.length) ?? [];
			expect(back.map((text, index) => (cells[index]?.startsWith("'") ? text : text.replace(/^'/, '')))).toEqual(
				cells.map((text) => Buffer.from(text).toString()),
			);
			expect(back.filter((text) => /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s.,]+%?$/.test(text))).toEqual([]);
			expect(row?.[cells.length + 1] ?? '').not.toMatch(/^[=+\-@\t\r]/);
		}),
	);
});
