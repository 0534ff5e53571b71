import { expect, test } from 'vitest';
import { type AnswerMapping, answerMapping } from '#contract/answerMapping.ts';
import { readTable } from '../../../platform/csv/readTable.ts';
import { doubtHeader, guessLayout, tableOriginOf } from './guessLayout.ts';

/** What is guessed of a table, checked against the contract, and whose export it is taken for. */
async function guess(text: string) {
	const { columns, rows } = await readTable({ text });
	const mapping = guessLayout(
		columns,
		rows.map(({ cells }) => cells),
	);
	return { origin: tableOriginOf(columns), mapping: mapping && answerMapping.parse(mapping) };
}

/** The answers of a wide mapping as [column, name, text, points]. */
function answersOf(mapping: AnswerMapping | null) {
	return mapping?.layout === 'wide'
		? mapping.answers.map(({ column, questionName, questionText, points }) => [column, questionName, questionText, points])
		: mapping;
}

// Moodle, mod/quiz/report/attemptsreport_table and the strings responsex, questionx and rightanswerx of mod/quiz.
const moodleQuiz = `Last name,First name,ID number,Email address,State,Started on,Completed,Time taken,Grade/10.00,Question 1,Response 1,Right answer 1,Response 2
Müller,Anna,4711,anna@example.org,Finished,21 November 2026  9:00 AM,21 November 2026  9:30 AM,30 mins,7.50,What do plants need?,light,Light,-`;

test('reads the responses of a Moodle quiz, with what was asked and the right answers where they are', async () => {
	const { origin, mapping } = await guess(moodleQuiz);
	expect(origin).toBe('moodleQuiz');
	expect(mapping).toEqual({
		layout: 'wide',
		studentId: 'ID number',
		studentNames: ['First name', 'Last name'],
		studentClass: null,
		answers: [
			{ column: 'Response 1', questionName: 'Response 1', questionText: '', textColumn: 'Question 1', keyColumn: 'Right answer 1', points: null },
			{ column: 'Response 2', questionName: 'Response 2', questionText: '', textColumn: null, keyColumn: null, points: null },
		],
	});
});

test('takes the address where a school leaves the numbers of Moodle empty', async () => {
	const { mapping } = await guess(moodleQuiz.replace('4711', ''));
	expect(mapping?.studentId).toBe('Email address');
});

test('reads a Moodle quiz with German headings', async () => {
	const { origin, mapping } = await guess(
		'Vorname;Nachname;E-Mail-Adresse;Status;Begonnen am;Beendet;Antwort 1;Antwort 2\nAnna;Beispiel;anna@example.org;Beendet;x;y;A;Wahr',
	);
	expect([origin, mapping?.studentId, mapping?.studentNames]).toEqual(['moodleQuiz', 'E-Mail-Adresse', ['Vorname', 'Nachname']]);
	expect(answersOf(mapping)).toEqual([
		['Antwort 1', 'Antwort 1', '', null],
		['Antwort 2', 'Antwort 2', '', null],
	]);
});

// Moodle, mod/assign/gradingtable.php with the column of assignsubmission_onlinetext and of assignfeedback_offline.
test.for([
	[
		`Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed","Last modified (submission)","Online text","Last modified (grade)","Feedback comments"
"Participant 123456","Anna Müller",anna@example.org,"Submitted for grading",,20.00,Yes,x,<p>Plants</p>,-,`,
		['Identifier', ['Full name'], [['Online text', 'Online text', '', 20]]],
	],
	[
		`ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)","Texteingabe online","Zuletzt geändert (Bewertung)","Feedback als Kommentar"
Teilnehmer/in1234567,"Max Mustermann",max@example.org,"Zur Bewertung abgegeben",,"12,50",Ja,x,Pflanzen,-,`,
		['ID', ['Vollständiger Name'], [['Texteingabe online', 'Texteingabe online', '', 12.5]]],
	],
] as const)('reads the worksheet of a Moodle assignment: %s', async ([text, expected]) => {
	const { origin, mapping } = await guess(text);
	expect([origin, mapping?.studentId, mapping?.studentNames, answersOf(mapping)]).toEqual(['moodleAssignment', ...expected]);
});

// Canvas, app/models/quizzes/quiz_statistics/student_analysis.rb: each question by number and text, its score next to it under its points.
test('reads the student analysis of a Canvas quiz', async () => {
	const { origin, mapping } =
		await guess(`name,id,sis_id,section,section_id,section_sis_id,submitted,attempt,"29684859: Why do leaves look green, and not red or blue?",5.0,29684860: Leaf?,1.0,n correct,n incorrect,score
Lindy Crain,494030,1219749063,5A,385,,2026-09-25 23:30:00 UTC,1,"Green light, reflected",4.0,yes,1.0,1,0,5.0`);
	expect([origin, mapping?.studentId, mapping?.studentNames, mapping?.studentClass]).toEqual(['canvasAnalysis', 'sis_id', ['name'], 'section']);
	const text = 'Why do leaves look green, and not red or blue?';
	expect(answersOf(mapping)).toEqual([
		[`29684859: ${text}`, '1', text, 5],
		['29684860: Leaf?', 'Leaf?', 'Leaf?', 1],
	]);
});

test('finds no answers in a Canvas gradebook, which has none', async () => {
	const text = `Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (23)\n    Points Possible,,,,,10.00\n"Block, Jasen",11,S1,jblock3430,XC 101,8.00`;
	expect(await guess(text)).toEqual({ origin: 'canvasGradebook', mapping: null });
});

test('finds no answers in the grades of a Moodle quiz, which has none, and in its responses those that there are', async () => {
	const student = 'Last name,First name,Email address,State,Started,Completed,Duration,Grade/10.00';
	const row = 'Müller,Anna,a@example.org,Finished,1 May,1 May,5 mins,7.50';
	expect(await guess(`${student},Q. 1 /5.00,Q. 2 /5.00\n${row},5.00,2.50`)).toEqual({ origin: 'moodleGrades', mapping: null });
	expect(await guess(`${student},Response 1,Response 2\n${row},light,water`)).toMatchObject({ origin: 'moodleQuiz', mapping: { layout: 'wide' } });
});

test('reads a form that is headed by its questions', async () => {
	const { mapping } = await guess(
		`Timestamp,Email Address,Your class?,What do plants need to make sugar?,What do plants need to make sugar? [Score],Explain\n1,a@example.org,5A,light,1,Because they have to grow up and need it`,
	);
	expect(mapping?.studentId).toBe('Email Address');
	expect(answersOf(mapping)).toEqual([
		['Your class?', 'Your class?', 'Your class?', null],
		['What do plants need to make sugar?', 'What do plants need to make sugar?', 'What do plants need to make sugar?', null],
		['Explain', 'Explain', '', null],
	]);
});

test.for([
	[
		'学号,姓名,班级,第1题（10分）,第2题\n1,王,5A,光,水',
		'学号',
		['姓名'],
		[
			['第1题（10分）', '第1题（10分）', '', 10],
			['第2题', '第2题', '', null],
		],
	],
	[
		'Nr.;Name;Aufgabe 1 (5 P);Aufgabe 2 (2,5 Punkte)\n1;A;x;y',
		'Nr.',
		['Name'],
		[
			['Aufgabe 1 (5 P)', 'Aufgabe 1 (5 P)', '', 5],
			['Aufgabe 2 (2,5 Punkte)', 'Aufgabe 2 (2,5 Punkte)', '', 2.5],
		],
	],
	[
		'student_id,Q1,Q2\n1,x,y',
		'student_id',
		[],
		[
			['Q1', 'Q1', '', null],
			['Q2', 'Q2', '', null],
		],
	],
	['id,answer\n1,x', 'id', [], [['answer', 'answer', '', null]]],
	['学号,姓名,作答\n1,王,光', '学号', ['姓名'], [['作答', '作答', '', null]]],
	['编号,姓,名,答案\n1,王,小明,光', '编号', ['姓', '名'], [['答案', '答案', '', null]]],
] as const)('reads the table of a teacher: %s', async ([text, studentId, names, answers]) => {
	const { mapping } = await guess(text);
	expect([mapping?.studentId, mapping?.studentNames, answersOf(mapping)]).toEqual([studentId, names, answers]);
});

test.for([
	['student_id,question,answer,max_points\n1,Q1,x,5\n1,Q2,y,3\n2,Q1,z,5', ['student_id', [], 'question', 'answer', 'max_points']],
	['学号,姓名,题目,学生答案\n1,王,光是什么,能量\n2,李,光是什么,不知道', ['学号', ['姓名'], '题目', '学生答案', null]],
] as const)('reads a table with a row for each answer: %s', async ([text, expected]) => {
	const { mapping } = await guess(text);
	expect(mapping?.layout === 'long' && [mapping.studentId, mapping.studentNames, mapping.question, mapping.answer, mapping.points]).toEqual(expected);
});

test('guesses nothing where nothing looks like an answer', async () => {
	expect((await guess('a,b\n1,2')).mapping).toBeNull();
});

test('doubts a first row that may be a student, and no header with one known name', () => {
	expect(doubtHeader(['1', 'Anna', 'Plants make sugar'], 3)).toEqual([
		{ row: 3, column: null, code: 'headerDoubtful', detail: '1 | Anna | Plants make sugar' },
	]);
	expect([doubtHeader(['Nr', '姓名', 'Q1'], 1), doubtHeader(['id', 'x'], 1), doubtHeader(['Q1', 'x'], 1)]).toEqual([[], [], []]);
});

test.for([
	['Student ID,Student Name,Response', 'Student ID', ['Student Name'], 'Response'],
	['序号,考号,学生姓名,学生答案', '考号', ['学生姓名'], '学生答案'],
	['student_id,essay_text', 'student_id', [], 'essay_text'],
	['Nr;Name;Antwort', 'Nr', ['Name'], 'Antwort'],
	['Schülernummer;Schülername;Schülerantwort', 'Schülernummer', ['Schülername'], 'Schülerantwort'],
] as const)('finds the one column of answers: %s', async ([header, studentId, studentNames, column]) => {
	expect((await guess(`${header}\n`)).mapping).toMatchObject({ layout: 'wide', studentId, studentNames, answers: [{ column }] });
});
