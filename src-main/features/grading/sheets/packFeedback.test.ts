import { unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { composeSheet } from './composeSheet.ts';
import { packFeedback } from './packFeedback.ts';
import { sampleClass } from './sampleClass.test-support.ts';
import { sheetFile } from './sheetFile.ts';

test('every student gets a file, also where two have one name, and no name leads out of a folder', async () => {
	const graded = sampleClass('en');
	const named = ['Zoë', 'zoë', '../../etc/passwd'].map((name, index) => ({ ...(graded.students[index] as (typeof graded.students)[0]), number: '', name }));
	const files = unzipSync(await packFeedback({ ...graded, students: [...named, { ...(named[0] as (typeof named)[0]), name: '', row: 9 }] }, 'docx', 1));
	expect(Object.keys(files)).toEqual(['Feedback Zoë.docx', 'Feedback zoë 2.docx', 'Feedback etc passwd.docx', 'Feedback 9.docx']);
	expect(Object.values(files).filter((file) => String.fromCharCode(...file.slice(0, 2)) !== 'PK')).toEqual([]);
});

test('stops when it is told to', async () => {
	await expect(packFeedback(sampleClass('en'), 'docx', 1, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test('a class of more than fits one file is given out in parts, every student once and in order', async () => {
	const graded = sampleClass('en');
	const first = graded.students[0] ?? expect.fail();
	const students = Array.from({ length: 205 }, (_, index) => ({ ...first, number: '', name: `S${index + 1}.`, answers: [] }));
	const whole = { ...graded, title: 'Light', questions: [], students };
	expect(sheetFile(whole, 'pdf')).toEqual({ fileName: 'Feedback Light.zip', mediaType: 'application/zip' });
	const files = unzipSync(await composeSheet(whole, 'pdf'));
	expect(Object.keys(files)).toEqual(['Feedback 001-100 Light.pdf', 'Feedback 101-200 Light.pdf', 'Feedback 201-205 Light.pdf']);
	const pages = await Promise.all(Object.values(files).map(async (file) => (await extractText(await getDocumentProxy(file), { mergePages: false })).text));
	expect(pages.flat().map((page) => /S\d+(?=\.)/.exec(page)?.[0])).toEqual(students.map((_, index) => `S${index + 1}`));
});

test('a class that fits one file is one', async () => {
	const graded = sampleClass('en');
	const students = Array.from({ length: 100 }, () => graded.students[2] ?? expect.fail());
	expect(sheetFile({ ...graded, students }, 'docx').fileName).toBe('Feedback Photosynthesis and respiration.docx');
	const files = unzipSync(await composeSheet({ ...graded, students }, 'docx'));
	expect(Object.keys(files)).toContain('word/document.xml');
});
