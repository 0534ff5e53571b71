import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnswerMapping, answerMapping } from '#contract/answerMapping.ts';
import { readTable } from '../../../platform/csv/readTable.ts';
import { guessLayout } from './guessLayout.ts';
import { joinName } from './joinName.ts';
import { type MappedAnswers, mapAnswers } from './mapAnswers.ts';

async function mapped(text: string, mapping?: AnswerMapping): Promise<MappedAnswers> {
	const { columns, rows } = await readTable({ text });
	const guessed =
		mapping ??
		guessLayout(
			columns,
			rows.map(({ cells }) => cells),
		);
	if (!guessed) throw new Error('nothing was guessed');
	return mapAnswers({ columns, rows }, guessed);
}

const shown = ({ students }: MappedAnswers) => students.map(({ row, number, name, answers }) => [row, number, name, Object.fromEntries(answers)]);

test('reads a Moodle quiz: HTML becomes text, a hyphen no answer, and the question and its key come with it', async () => {
	const read = await mapped(`Last name,First name,ID number,Email address,State,Question 1,Response 1,Right answer 1,Response 2
Müller,Anna,007,a@example.org,Finished,<p>What do plants need?</p>,"<p>light&nbsp;&amp; <b>water</b></p><p>x<sup>2</sup></p>",Light,2 < 3
明,王,008,b@example.org,Finished,<p>What do plants need?</p>,-,Light,-
Overall average,,,,,,,,`);
	expect(shown(read)).toEqual([
		[2, '007', 'Anna Müller', { 0: 'light & water\n\nx^2', 1: '2 < 3' }],
		[3, '008', '王明', {}],
	]);
	expect(read.questions).toEqual([
		{ heading: 'Response 1', name: 'Response 1', text: 'What do plants need?', key: 'Light', points: null },
		{ heading: 'Response 2', name: 'Response 2', text: '', key: '', points: null },
	]);
	expect(read.problems).toEqual([
		{ row: 2, column: 'Response 1', code: 'htmlRead', detail: '1' },
		{ row: 3, column: 'Response 1', code: 'emptyAnswer', detail: '' },
		{ row: 3, column: 'Response 2', code: 'emptyAnswer', detail: '' },
		{ row: 4, column: null, code: 'notAStudent', detail: 'Overall average' },
	]);
});

test('keeps every row of a student who is there twice, and tells missing numbers and other classes by row and column', async () => {
	const read = await mapped('学号,姓名,班级,作答\n007,Ann,5A,yes\n007,Ann,5A,no\n,Bo,5A,x\n9,Cy,5B,y\n');
	expect(shown(read)).toEqual([
		[2, '007', 'Ann', { 0: 'yes' }],
		[3, '007', 'Ann', { 0: 'no' }],
		[4, '', 'Bo', { 0: 'x' }],
		[5, '9', 'Cy', { 0: 'y' }],
	]);
	expect(read.problems).toEqual([
		{ row: 3, column: '学号', code: 'duplicateId', detail: '007 (2)' },
		{ row: 4, column: '学号', code: 'missingId', detail: '' },
		{ row: 5, column: '班级', code: 'otherClass', detail: '5B (1)' },
	]);
});

test('what a column of questions asks is the question, also where it is short; what only names it is not', async () => {
	const asked = async (...questions: string[]) => (await mapped(`id,question,answer\n${questions.map((each, at) => `${at},${each},a`).join('\n')}`)).questions;
	expect(await asked('什么是光合作用？', 'Explain photosynthesis in two sentences.', 'Q1')).toMatchObject([
		{ name: '什么是光合作用？', text: '什么是光合作用？' },
		{ name: 'Explain photosynthesis in two sentences.', text: 'Explain photosynthesis in two sentences.' },
		{ name: 'Q1', text: '' },
	]);
});

test('gathers the answers of a student from the rows of a long table, and loses none of two to one question', async () => {
	const read = await mapped('id,question,answer,max points\n1,Q1,a,5\n2,Q1,b,5\n1,Q2,c,"2,5"\n1,Q1,d,5\n2,Q2,,\n3,,e,\n');
	expect(shown(read)).toEqual([
		[2, '1', '', { 0: 'a\n\nd', 1: 'c' }],
		[3, '2', '', { 0: 'b' }],
		[7, '3', '', { 2: 'e' }],
	]);
	expect(read.students.map(({ rows }) => [...rows])).toEqual([
		[
			[0, 2],
			[1, 4],
		],
		[[0, 3]],
		[[2, 7]],
	]);
	expect(read.students.map(({ moreRows }) => moreRows.map(({ row, cells }) => [row, cells[2]]))).toEqual([
		[
			[4, 'c'],
			[5, 'd'],
		],
		[[6, '']],
		[],
	]);
	expect(read.questions.map(({ name, points }) => [name, points])).toEqual([
		['Q1', 5],
		['Q2', 2.5],
		['3', null],
	]);
	expect(read.problems).toEqual([
		{ row: 5, column: 'answer', code: 'duplicateAnswer', detail: '2' },
		{ row: 6, column: 'answer', code: 'emptyAnswer', detail: '' },
		{ row: 7, column: 'question', code: 'questionMissing', detail: '' },
	]);
});

test('tells where a quiz that draws its questions asked another one', async () => {
	const read = await mapped('ID number,Question 1,Response 1\n1,What is light?,a\n2,What is water?,b\n');
	expect([read.questions[0]?.text, read.problems]).toEqual([
		'What is light?',
		[{ row: 3, column: 'Question 1', code: 'questionsDiffer', detail: 'What is water?' }],
	]);
});

test('names the column that is missing, and those that are there', async () => {
	const mapping = answerMapping.parse({ layout: 'wide', studentId: 'id', studentNames: [], answers: [{ column: 'answer', questionName: '1' }] });
	await expect(mapped('id,text\n1,a', mapping)).rejects.toMatchObject({ code: 'CSV_COLUMN_MISSING', data: { column: 'answer', found: ['id', 'text'] } });
});

test('every row is a student or told, and every answer is with the student who gave it', () => {
	const cell = fc.constantFrom('', ' ', '-', 'x', 'yes, light', '<p>a</p>', 'Points Possible', '1');
	fc.assert(
		fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 20 }), (cells) => {
			const rows = cells.map((each, index) => ({ row: index + 2, cells: [...each] }));
			const answers = ['a', 'b'].map((column) => ({ column, questionName: column, questionText: '', textColumn: null, keyColumn: null, points: null }));
			const { students, problems } = mapAnswers(
				{ columns: ['id', 'name', 'a', 'b'], rows },
				{ layout: 'wide', studentId: 'id', studentNames: ['name'], studentClass: null, answers },
			);
			const told = problems.filter(({ code }) => code === 'notAStudent').map(({ row }) => row);
			expect([...students.map(({ row }) => row), ...told].sort((a, b) => a - b)).toEqual(rows.map(({ row }) => row));
			const empty = problems.filter(({ code }) => code === 'emptyAnswer').length;
			expect(students.reduce((sum, student) => sum + student.answers.size, 0) + empty).toBe(students.length * 2);
		}),
	);
});

test.for([
	[['Anna', 'Müller'], 'Anna Müller'],
	[['王', '小明'], '王小明'],
	[['', ' Bo  Li '], 'Bo Li'],
	[['王', 'Ming'], '王 Ming'],
] as const)('joins the names %j', ([parts, name]) => {
	expect(joinName(parts)).toBe(name);
});

test('tags that students wrote as their answers stay, in both layouts', async () => {
	const tags = ['<br>', '<strong>text</strong>', '<p>', '&nbsp;', '<img src="a.png">', '<p></p>'];
	const wide = await mapped(`id,answer\n${tags.map((tag, at) => `${at},"${tag.replaceAll('"', '""')}"`).join('\n')}`);
	expect([wide.students.map(({ answers }) => answers.get(0)), wide.problems]).toEqual([tags, []]);
	const long = await mapped(`id,question,answer\n${tags.map((tag, at) => `${at},Q1,"${tag.replaceAll('"', '""')}"`).join('\n')}`);
	expect([long.students.map(({ answers }) => answers.get(0)), long.problems]).toEqual([tags, []]);
});

test('a column of which most cells are as an editor writes them becomes plain text, and that is told', async () => {
	const read = await mapped('id,answer\n1,<p>light</p>\n2,"<p class=""a"">water</p>"\n3,plain\n');
	expect(shown(read).map(([, , , answers]) => answers)).toEqual([{ 0: 'light' }, { 0: 'water' }, { 0: 'plain' }]);
	expect(read.problems).toEqual([{ row: 2, column: 'answer', code: 'htmlRead', detail: '2' }]);
});
