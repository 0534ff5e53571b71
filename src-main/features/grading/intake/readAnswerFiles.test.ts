import { Document, Packer, Paragraph } from 'docx';
import { afterAll, expect, test } from 'vitest';
import type { DocumentInput } from '../../../platform/documents/DocumentReader.ts';
import { packStored } from '../../../platform/documents/host/packStored.ts';
import { openDocumentReader } from '../../../platform/documents/openDocumentReader.test-support.ts';
import { writePdf } from '../../../platform/documents/writePdf.test-support.ts';
import type { PiledFile } from './AnswerPiles.ts';
import { readAnswerFiles } from './readAnswerFiles.ts';

const documents = openDocumentReader();
afterAll(() => documents.close());

const file = (fileName: string, bytes: Uint8Array | string): PiledFile => ({ fileName, read: async () => Buffer.from(bytes) });
const docx = async (text: string) => await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] }));

test('reads a folder of files of every kind, one student each, and tells what it could not read', async () => {
	const read: number[] = [];
	const { students, questions, problems } = await readAnswerFiles(
		[
			file('Cy_300_assignsubmission_file_b.txt', 'second'),
			file('Cy_300_assignsubmission_file_a.docx', await docx('first')),
			file('Anna Müller_100_assignsubmission_onlinetext_onlinetext.html', '<p>light &amp; water</p>'),
			file('Bo_200_assignsubmission_file_essay.pdf', await writePdf(['Plants grow.'])),
			file('Di_400_assignsubmission_file_scan.pdf', await writePdf([''])),
			file('Ed_500_assignsubmission_file_old.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(99)])),
			file('Fa_600_assignsubmission_file_nothing.txt', ' \n'),
			file('Gu_700_assignsubmission_file_table.csv', 'id,answer\n1,x'),
			file('.DS_Store', 'x'),
			file('___.txt', 'whose?'),
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

test('of pictures and scans each is told by its name, and its student is there without an answer', async () => {
	const heic = Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic')]);
	const pictures = {
		'1 Ada.png': Buffer.from('89504e470d0a1a0a', 'hex'),
		'2 Bo.jpg': Buffer.from('ffd8ffe000104a464946', 'hex'),
		'3 Cy.heic': heic,
		'4 Di.webp': Buffer.from('52494646a4000000574542505650384c', 'hex'),
		'5 Ed.tif': Buffer.from('49492a0008000000', 'hex'),
		'6 Fa.pdf': await writePdf(['', '']),
		'7 Gu.docx': heic,
		'8 Hu.png': Buffer.from('89504e470d', 'hex'),
	};
	const { students, problems } = await readAnswerFiles(
		Object.entries(pictures).map(([name, bytes]) => file(name, bytes)),
		documents,
	);
	expect(students.map(({ number, answers }) => [number, answers.size])).toEqual(Object.keys(pictures).map((_, at) => [String(at + 1), 0]));
	expect(problems).toEqual(Object.keys(pictures).map((fileName) => ({ fileName, code: 'picture', detail: '' })));
});

test('of a file that is no text, however short, nothing is read as an answer', async () => {
	const others = { '1 Ada.txt': '00000001', '2 Bo.txt': '41004200ff000000c3', '3 Cy.mp3': '49443303000000', '4 Di.txt': '7f454c46' };
	const { students, problems } = await readAnswerFiles(
		Object.entries(others).map(([name, hex]) => file(name, Buffer.from(hex, 'hex'))),
		documents,
	);
	expect(students.map(({ answers }) => answers.size)).toEqual([0, 0, 0, 0]);
	expect(problems).toEqual(Object.keys(others).map((fileName) => ({ fileName, code: 'unreadable', detail: 'unknownKind' })));
});

test('of a PDF whose pages are partly scans the text is kept, and the pages are counted', async () => {
	const { students, problems } = await readAnswerFiles([file('1 Ada.pdf', await writePdf(['Light is a wave.', '', '']))], documents);
	expect(students.map(({ answers }) => answers.get(0))).toEqual(['Light is a wave.']);
	expect(problems).toEqual([{ fileName: '1 Ada.pdf', code: 'pagesWithoutText', detail: '2' }]);
});

test('reads 2,000 files one after another, and never holds two', async () => {
	let held = 0;
	const files = Array.from({ length: 2000 }, (_, at): PiledFile => {
		return { fileName: `${10_000 + at} Student.txt`, read: async () => Buffer.from(`answer ${++held}`) };
	});
	const alone = {
		async read(input: DocumentInput) {
			expect(held).toBe(1);
			const document = await documents.read(input);
			held--;
			return document;
		},
	};
	const { students, problems } = await readAnswerFiles(files, alone);
	expect([students.length, new Set(students.map(({ number }) => number)).size, problems]).toEqual([2000, 2000, []]);
});

test('a student whose file was too large to be sent is there without an answer, and is told; of an archive that it is one', async () => {
	const unsent = ['1 Ada.mov', '2 class.zip'].map((fileName) => ({ fileName, read: null }));
	const small = packStored(new Map([['Ada_0012_assignsubmission_file_/essay.txt', Buffer.from('x')]]));
	const { students, problems } = await readAnswerFiles([...unsent, file('3 class.zip', small)], documents);
	expect(students.map(({ number, answers }) => [number, answers.size])).toEqual([
		['1', 0],
		['2', 0],
		['3', 0],
	]);
	expect(problems.map(({ fileName, code, detail }) => [fileName, code, detail])).toEqual([
		['1 Ada.mov', 'tooLarge', '20971520'],
		['2 class.zip', 'unreadable', 'archive'],
		['3 class.zip', 'unreadable', 'archive'],
	]);
});

test('files of one name stand in the order of their numbers, the one without a number first', async () => {
	const files = ['Bo.txt', 'Anna Alm (2).txt', 'Anna Alm (10).txt', 'Anna Alm.txt'].map((name) => file(name, Buffer.from(name)));
	const { students } = await readAnswerFiles(files, documents);
	expect(
		students
			.flatMap(({ answers }) => [...answers.values()])
			.join('\n')
			.match(/\S+( Alm)?( \(\d+\))?\.txt/g),
	).toEqual(['Anna Alm.txt', 'Anna Alm (2).txt', 'Anna Alm (10).txt', 'Bo.txt']);
});

test('stops when it is told to', async () => {
	const stop = new AbortController();
	const files = ['1.txt', '2.txt'].map((fileName) => file(fileName, 'x'));
	await expect(readAnswerFiles(files, documents, { signal: stop.signal, onRead: () => stop.abort() })).rejects.toThrow('abort');
});
