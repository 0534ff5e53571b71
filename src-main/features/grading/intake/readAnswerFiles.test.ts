import { Document, Packer, Paragraph } from 'docx';
import { afterAll, expect, test } from 'vitest';
import { answerFileLimits } from '#contract/answerFileLimits.ts';
import { openDocumentReader } from '../../../platform/documents/openDocumentReader.test-support.ts';
import { writePdf } from '../../../platform/documents/writePdf.test-support.ts';
import { readAnswerFiles } from './readAnswerFiles.ts';

const documents = openDocumentReader();
afterAll(() => documents.close());

const docx = async (text: string) => await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] }));

test('reads a folder of files of every kind, one student each, and tells what it could not read', async () => {
	const read: number[] = [];
	const { students, questions, problems } = await readAnswerFiles(
		[
			{ fileName: 'Cy_300_assignsubmission_file_b.txt', bytes: Buffer.from('second') },
			{ fileName: 'Cy_300_assignsubmission_file_a.docx', bytes: await docx('first') },
			{ fileName: 'Anna Müller_100_assignsubmission_onlinetext_onlinetext.html', bytes: Buffer.from('<p>light &amp; water</p>') },
			{ fileName: 'Bo_200_assignsubmission_file_essay.pdf', bytes: await writePdf(['Plants grow.']) },
			{ fileName: 'Di_400_assignsubmission_file_scan.pdf', bytes: await writePdf(['']) },
			{ fileName: 'Ed_500_assignsubmission_file_old.doc', bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(99)]) },
			{ fileName: 'Fa_600_assignsubmission_file_nothing.txt', bytes: Buffer.from(' \n') },
			{ fileName: 'Gu_700_assignsubmission_file_table.csv', bytes: Buffer.from('id,answer\n1,x') },
			{ fileName: '.DS_Store', bytes: Buffer.from('x') },
			{ fileName: '___.txt', bytes: Buffer.from('whose?') },
		],
		documents,
		{ onRead: (files) => read.push(files) },
	);
	expect(students.map(({ row, number, name, cells, answers }) => [row, number, name, cells[0], answers.get(0) ?? null])).toEqual([
		[2, '100', 'Anna Müller', 'Anna Müller_100_assignsubmission_onlinetext_onlinetext.html', 'light & water'],
		[3, '200', 'Bo', 'Bo_200_assignsubmission_file_essay.pdf', 'Plants grow.'],
		[4, '300', 'Cy', 'Cy_300_assignsubmission_file_a.docx, Cy_300_assignsubmission_file_b.txt', 'first\n\nsecond'],
		[5, '400', 'Di', 'Di_400_assignsubmission_file_scan.pdf', null],
		[6, '500', 'Ed', 'Ed_500_assignsubmission_file_old.doc', null],
		[7, '600', 'Fa', 'Fa_600_assignsubmission_file_nothing.txt', null],
		[8, '700', 'Gu', 'Gu_700_assignsubmission_file_table.csv', null],
	]);
	expect(questions).toHaveLength(1);
	expect(problems.map(({ fileName, code, detail }) => [fileName.slice(0, 6), code, detail])).toEqual([
		['.DS_St', 'notAnAnswer', ''],
		['___.tx', 'noStudent', ''],
		['Di_400', 'picture', ''],
		['Ed_500', 'unreadable', 'oldOffice'],
		['Fa_600', 'empty', ''],
		['Gu_700', 'unreadable', 'workbook'],
		['Cy_300', 'severalFiles', 'Cy_300_assignsubmission_file_b.txt'],
	]);
	expect(read).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('takes no more files and no more bytes than it may, and leaves one that is too large to be told', async () => {
	const bytes = Buffer.alloc(0);
	const many = Array.from({ length: answerFileLimits.files + 1 }, (_, index) => ({ fileName: `${index}.txt`, bytes }));
	await expect(readAnswerFiles(many, documents)).rejects.toMatchObject({ code: 'TOO_MANY_FILES', data: { limit: 1000, found: 1001 } });
	const large = { fileName: '1 Ada.txt', bytes: Buffer.alloc(answerFileLimits.fileBytes + 1) };
	await expect(readAnswerFiles(Array(11).fill(large), documents)).rejects.toMatchObject({ code: 'TOO_LARGE' });
	const { students, problems } = await readAnswerFiles([large], documents);
	expect([students.map(({ name, answers }) => [name, answers.size]), problems.map(({ code }) => code)]).toEqual([[['Ada', 0]], ['tooLarge']]);
});

test('stops when it is told to', async () => {
	const stop = new AbortController();
	const files = ['1.txt', '2.txt'].map((fileName) => ({ fileName, bytes: Buffer.from('x') }));
	await expect(readAnswerFiles(files, documents, { signal: stop.signal, onRead: () => stop.abort() })).rejects.toThrow('abort');
});
