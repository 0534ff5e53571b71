import { unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { sampleClass } from './sampleClass.test-support.ts';
import { writeClassWorkbook } from './writeClassWorkbook.ts';

async function read(bytes: Uint8Array) {
	return await readExcelFile(Buffer.from(bytes), { trim: false });
}

test('the first sheet is the table as it came with the marks behind it, the others hold each question whole', async () => {
	const graded = sampleClass('en');
	const sheets = await read(await writeClassWorkbook({ ...graded, statistics: { header: ['Question', 'Mean'], rows: [['Question 1', 1.75]] } }));
	const answer = graded.students[0]?.answers[0];
	expect(sheets.map(({ sheet }) => sheet)).toEqual(['Class', 'Question 1', 'Question 2', 'Statistics']);
	expect(sheets[0]?.data.map((row) => [...row.slice(0, 3), row[4], row[7], row[10]])).toEqual([
		['id', 'name', 'age', 'Question 1 Points', 'Question 2 Points', 'Total'],
		['001', 'Zoë Lindqvist', 12, 2.5, 1, 3.5],
		['002', 'Ann Brown', 12, 1, 0, 1],
		['003', 'Bob', 12, null, null, null],
	]);
	expect(sheets[1]?.data.slice(0, 2)).toEqual([
		[
			...['Number', 'Name', 'Answer'],
			...(graded.questions[0]?.criteria.flatMap(({ name }) => ['Level', 'Points', 'Evidence', 'Reason'].map((part) => `${name}: ${part}`)) ?? []),
			...['Feedback', 'Suggestions', 'Points', 'Marked by'],
		],
		[
			...['001', 'Zoë Lindqvist', answer?.text],
			...(answer?.verdicts.flatMap(({ levelName, points, quote, reason }) => [levelName, points, quote, reason]) ?? []),
			...[answer?.feedback, answer?.suggestions.join('\n'), 2.5, 'teacher'],
		],
	]);
	expect(sheets[1]?.data[3]?.slice(3).every((cell) => cell === null)).toBe(true);
	expect(sheets[3]?.data).toEqual([
		['Question', 'Mean'],
		['Question 1', 1.75],
	]);
});

test('no cell is a formula, control characters do not break the file, and a cell that holds no more is cut and says so', async () => {
	const graded = sampleClass('zh');
	const cells = ['=1+1', '\u0000\u001b<a>&\ud800', '  two  ', '@cmd'.repeat(10_000)];
	const bytes = await writeClassWorkbook({ ...graded, students: graded.students.map((student) => ({ ...student, number: '=1', cells })) });
	const [table] = await read(bytes);
	expect(table?.data[1]?.slice(0, 3)).toEqual(['=1+1', '□□<a>&□', '  two  ']);
	const long = table?.data[1]?.[3];
	expect(typeof long === 'string' && [long.length, long.endsWith('……［已截断：单元格容量有限］')]).toEqual([32_767, true]);
	const parts = unzipSync(bytes, { filter: ({ name }) => name.startsWith('xl/worksheets/sheet') });
	expect(Object.values(parts).filter((part) => /<f[ >]/.test(new TextDecoder().decode(part)))).toEqual([]);
	expect(Object.values(parts).every((part) => new TextDecoder().decode(part).includes('state="frozen"'))).toBe(true);
});

test('a column of numbers can be added up, a student’s number stays text, and so does what would lose digits', async () => {
	const graded = sampleClass('en');
	const students = ['10', '11', '12'].map((number, index) => {
		const cells = [number, String(index), '0012', '12345678901234567890'];
		return { ...(graded.students[0] as (typeof graded.students)[0]), number, cells };
	});
	const [table] = await read(await writeClassWorkbook({ ...graded, students }));
	expect(table?.data[2]?.slice(0, 4)).toEqual(['11', 1, '0012', '12345678901234567890']);
});
