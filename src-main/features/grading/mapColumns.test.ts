import { expect, test } from 'vitest';
import { readTable } from '../../platform/csv/readTable.ts';
import { doubtHeader, guessMapping, mapRows } from './mapColumns.ts';

test.for([
	[['id', 'answer'], { studentId: 'id', studentName: null, answer: 'answer' }],
	[['Student ID', 'Student Name', 'Response'], { studentId: 'Student ID', studentName: 'Student Name', answer: 'Response' }],
	[['学号', '姓名', '作答'], { studentId: '学号', studentName: '姓名', answer: '作答' }],
	[['序号', '考号', '学生姓名', '学生答案'], { studentId: '考号', studentName: '学生姓名', answer: '学生答案' }],
	[
		['Last name', 'First name', 'ID number', 'Email address', 'State', 'Started', 'Grade/10.00', 'Response 1'],
		{ studentId: 'ID number', studentName: 'First name', answer: 'Response 1' },
	],
	[['student_id', 'essay_text'], { studentId: 'student_id', studentName: null, answer: 'essay_text' }],
	[['a', 'b'], null],
] as const)('guesses from %j', ([columns, mapping]) => {
	expect(guessMapping(columns)).toEqual(mapping);
});

test('doubts a first row that may be a student, and no header with one known name', () => {
	expect(doubtHeader(['1', 'Anna', 'Plants make sugar'])).toEqual([{ row: 1, column: null, code: 'headerDoubtful', detail: '1 | Anna | Plants make sugar' }]);
	expect([doubtHeader(['Nr', '姓名', 'Q1']), doubtHeader(['id', 'x'])]).toEqual([[], []]);
});

test('keeps a row without an answer, and tells empty answers, missing and repeated ids by row and column', async () => {
	const table = await readTable({ text: 'sid,name,answer\n007,Ann,yes\n007,Bob,  \n,Cy,no\n9\n' });
	const mapped = mapRows(table, { studentId: 'sid', studentName: 'name', answer: 'answer' });
	expect(mapped.rows.map(({ row, studentId, studentName, answer }) => [row, studentId, studentName, answer])).toEqual([
		[2, '007', 'Ann', 'yes'],
		[3, '007', 'Bob', '  '],
		[4, '', 'Cy', 'no'],
		[5, '9', '', ''],
	]);
	expect([...table.problems, ...mapped.problems]).toEqual([
		{ row: 5, column: 'name', code: 'raggedRow', detail: '1/3' },
		{ row: 3, column: 'answer', code: 'emptyAnswer', detail: '' },
		{ row: 3, column: 'sid', code: 'duplicateId', detail: '007 (2)' },
		{ row: 4, column: 'sid', code: 'missingId', detail: '' },
		{ row: 5, column: 'answer', code: 'emptyAnswer', detail: '' },
	]);
});

test('names the column that is missing, and those that are there', async () => {
	const table = await readTable({ text: 'id,text\n1,a' });
	expect(() => mapRows(table, { studentId: 'id', studentName: null, answer: 'answer' })).toThrow(
		expect.objectContaining({ code: 'CSV_COLUMN_MISSING', data: { column: 'answer', found: ['id', 'text'] } }),
	);
});
