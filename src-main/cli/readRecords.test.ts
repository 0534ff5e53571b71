import { expect, test } from 'vitest';
import { readRecords } from './readRecords.ts';

const read = (text: string) => readRecords(Buffer.from(text));

test('a table gives each answer with its row in the file, what it is graded by, and whose it is', async () => {
	expect(await read('Name,Answer,Grade Level,Key,\nAda,A wave.,Year 8,,\n\nBob,"It shines, mostly.",,A wave,\n')).toEqual([
		{ row: 2, fields: { answer: 'A wave.', grade_level: 'Year 8' }, others: { Name: 'Ada' }, fault: null },
		{ row: 4, fields: { answer: 'It shines, mostly.', key: 'A wave' }, others: { Name: 'Bob' }, fault: null },
	]);
});

test('a row with more cells than headings is told and not cut', async () => {
	const [ada, bob, eve] = await read('name,answer\nAda,A feather\nBob,A stone, heavy\nEve,A leaf,\n');
	expect([ada?.fault, eve?.fault]).toEqual([null, null]);
	expect(bob?.fault).toMatchObject({ code: 'RAGGED_ROW', message: expect.stringMatching(/^There are 3 cells, and 2 headings\./) });
});

test('a record without an answer says so, and the others stay', async () => {
	const table = await read('name,answer\nAda,A wave.\nBob, \nEve\n');
	expect(table.map(({ row, fault }) => [row, fault?.code])).toEqual([
		[2, undefined],
		[3, 'ANSWER_MISSING'],
		[4, 'ANSWER_MISSING'],
	]);
	expect(await read('{"answer":"A wave.","id":7}\n\n{"answer":null,"id":8}\n')).toMatchObject([
		{ row: 1, fields: { answer: 'A wave.' }, others: { id: 7 }, fault: null },
		{ row: 3, fields: {}, others: { id: 8 }, fault: { message: 'There is nothing in the field "answer".' } },
	]);
});

test('a line that is no JSON says so, and the others stay', async () => {
	const records = await read('{"answer":"A wave."}\n{"answer":\n{"answer":7}\n{"answer":"It shines."}\n[1]\n');
	expect(records.map(({ row, fields, fault }) => [row, fields.answer ?? fault?.message])).toEqual([
		[1, 'A wave.'],
		[2, 'Line 2 is no JSON.'],
		[3, 'Line 3 has something else than a text in "answer".'],
		[4, 'It shines.'],
		[5, 'Line 5 is no record.'],
	]);
});

test('what cannot be read as a whole is refused with the place', async () => {
	await expect(read('name,points\nAda,3\n')).rejects.toThrow('There is no column "answer", but: name, points. --answer COLUMN');
	await expect(read('{\n"answer":\n"A wave."\n}')).rejects.toThrow('None of its lines is a record: each line of JSON is to be one.');
	await expect(read('name,answer\nAda,"A wave.\n')).rejects.toThrow('The table could not be read at row 2: a quotation mark opens in this row');
	await expect(read('name,answer\n')).rejects.toThrow('There is no record in it.');
});

test('the answers of a school’s table are found as on the screen: below a title, under the heading of its language', async () => {
	const table = 'Schule am See – Klasse 8b;;;;\nNr.;Name;Frage;Antwort;Punkte\n1;Anna;What is light?;A wave.;2,5\n2;Ben;What is light?;It shines.;\n';
	const told: string[] = [];
	expect(await readRecords(Buffer.from(table), { onFound: (sentence) => told.push(sentence) })).toEqual([
		{ row: 3, fields: { question: 'What is light?', answer: 'A wave.' }, others: { 'Nr.': '1', Name: 'Anna', Punkte: '2,5' }, fault: null },
		{ row: 4, fields: { question: 'What is light?', answer: 'It shines.' }, others: { 'Nr.': '2', Name: 'Ben', Punkte: '' }, fault: null },
	]);
	expect(told).toEqual(['The answers are taken from "Antwort", the questions from "Frage".']);
	const own = (answerColumn: string) => readRecords(Buffer.from('Liste;\nWer;Wort\nAnna;A wave.\n'), { answerColumn });
	expect(await own('wort')).toEqual([{ row: 3, fields: { answer: 'A wave.' }, others: { Wer: 'Anna' }, fault: null }]);
	await expect(own('Satz')).rejects.toThrow('There is no column "Satz", but: ');
	expect(await readRecords(Buffer.from('{"text":"A wave.","id":7}\n'), { answerColumn: 'text' })).toMatchObject([
		{ fields: { answer: 'A wave.' }, fault: null },
	]);
	await expect(read('Name,Answer 1,Answer 2\nAda,A wave.,A ray.\n')).rejects.toThrow('Several columns hold answers: Answer 1, Answer 2. --answer COLUMN');
});
