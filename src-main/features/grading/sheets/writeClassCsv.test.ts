import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GradedClass, SheetAnswer, SheetStudent } from './GradedClass.ts';
import { sampleClass } from './sampleClass.test-support.ts';
import { writeClassCsv } from './writeClassCsv.ts';

const settled: SheetAnswer = {
	questionId: 'q',
	text: '',
	points: 40,
	decidedBy: 'model',
	modelName: 'M',
	verdicts: [],
	feedback: '=HYPERLINK("http://x")',
	suggestions: ['@a', 'b'],
};
const student = (cells: string[], answer: Partial<SheetAnswer> = {}): SheetStudent => ({
	row: 2,
	number: '',
	name: '',
	cells,
	total: null,
	outOf: 100,
	answers: [{ ...settled, ...answer }],
});
const ofOne = (columns: string[], students: SheetStudent[]): GradedClass => ({
	title: 'T',
	subject: '',
	gradeLevel: '',
	language: 'zh',
	columns,
	questions: [{ id: 'q', name: 'Q', text: '', points: 100, criteria: [] }],
	students,
});

const written = async (graded: GradedClass) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await writeClassCsv(graded));

function read(text: string): string[][] {
	// csv-parse gives arrays of text as long as no columns are asked for.
	return parse(text, { bom: true, relax_column_count: true }) as string[][];
}

test('one question keeps the columns that classes have always been given out with, and every original cell, a formula as text', async () => {
	const text = await written(
		ofOne(
			['id', 'score', 'answer'],
			[
				student(['007', '-1', '=1+1\r\n"x", y']),
				student(['008'], { points: 55, feedback: 'Good', decidedBy: 'teacher' }),
				student(['009', '', 'z'], { points: null, decidedBy: null }),
				student(['010', '', '14'], { points: 100, feedback: '', suggestions: [], decidedBy: 'check' }),
			],
		),
	);
	expect(text.startsWith('\uFEFF')).toBe(true);
	expect(text.includes('\r\n')).toBe(true);
	expect(read(text)).toEqual([
		['id', 'score', 'answer', 'score (2)', 'feedback', 'suggestions', 'graded_by'],
		['007', '-1', '\'=1+1\r\n"x", y', '40', '\'=HYPERLINK("http://x")', "'@a\nb", 'proposed by M'],
		['008', '', '', '55', 'Good', "'@a\nb", 'teacher'],
		['009', '', 'z', '', '', '', ''],
		['010', '', '14', '100', '', '', 'proposed by check'],
	]);
});

test('several questions give the points and feedback of each with who marked, then the total; what is not settled is empty and never 0', async () => {
	const [header, first, second, third] = read(await written(sampleClass('en')));
	const fed = expect.stringContaining('You name');
	expect([header?.slice(4), first?.slice(4), second?.slice(4, 8), third?.slice(4)]).toEqual([
		[
			...['Points', 'Feedback', 'Marked by'].map((part) => `Question 1 ${part}`),
			...['Points', 'Feedback', 'Marked by'].map((part) => `Question 2 ${part}`),
			'Total',
		],
		['2.5', fed, 'teacher', '1', fed, 'proposed by check', '3.5'],
		['1', fed, 'proposed by Qwen', '0'],
		['', '', '', '', '', '', ''],
	]);
});

test('nobody’s text is a formula to a spreadsheet, a signed number stays one, and no cell breaks its row', async () => {
	const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=', '+1', '-5', '-5,2', '+cmd|x', '-', '@x', '\t=', '\r=', 'a\nb', '"', ''));
	await fc.assert(
		fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 4 }), cell, async (cells, feedback) => {
			const columns = cells.map((_, index) => `c${index}`);
			const [, row] = read(await written(ofOne(columns, [student(cells, { feedback })])));
			const back = row?.slice(0, cells.length) ?? [];
			expect(back.map((text, index) => (cells[index]?.startsWith("'") ? text : text.replace(/^'/, '')))).toEqual(
				cells.map((text) => Buffer.from(text).toString()),
			);
			expect(back.filter((text) => /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s.,]+%?$/.test(text))).toEqual([]);
			expect(row?.[cells.length + 1] ?? '').not.toMatch(/^[=+\-@\t\r]/);
		}),
	);
});

test('a table goes out as its file came: delimiter, encoding, line ends, mark and decimal comma; what its encoding lacks goes out as UTF-8', async () => {
	const came = { encoding: 'windows-1252', delimiter: ';', lineEnd: '\n', hasMark: false, hasComma: true } as const;
	const graded = (feedback: string) => ({ ...ofOne(['Nr', 'Name'], [student(['1', 'Groß'], { points: 2.25, feedback })]), written: came });
	const bytes = await writeClassCsv(graded('Schön; weiter so.'));
	expect(new TextDecoder('windows-1252').decode(bytes)).toBe(
		'Nr;Name;score;feedback;suggestions;graded_by\n1;Groß;2,25;"Schön; weiter so.";"\'@a\nb";proposed by M\n',
	);
	expect(await written(graded('很好'))).toMatch(/^\uFEFFNr;Name;.*\n1;Groß;2,25;很好;/u);
});
