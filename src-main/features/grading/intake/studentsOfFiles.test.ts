import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isClutter, studentsOfFiles } from './studentsOfFiles.ts';

test.for([
	['Anna Müller_12345_assignsubmission_file_essay.docx', '12345', 'Anna Müller'],
	['Anna Müller_12345_assignsubmission_file/essay final.docx', '12345', 'Anna Müller'],
	['Anna Müller_12345_assignsubmission_onlinetext_onlinetext.html', '12345', 'Anna Müller'],
	['Participant_4711_assignsubmission_file_answer.pdf', '4711', ''],
	['mullerann_12345_67890_essay.docx', '12345', 'mullerann'],
	['mullerann_LATE_12345_67890_essay-2.docx', '12345', 'mullerann'],
	['lastname_firstname_123.pdf', '123', 'lastname firstname'],
	['0012 Ada.txt', '0012', 'Ada'],
	['0012.txt', '0012', ''],
	['20260001_王小明.docx', '20260001', '王小明'],
	['王小明 20260001.docx', '20260001', '王小明'],
	['Ada Lovelace (2).docx', '', 'Ada Lovelace'],
	['Ada Lovelace - Kopie.docx', '', 'Ada Lovelace'],
	['Ada 2.docx', '', 'Ada 2'],
	['Dr. Ada.md', '', 'Dr. Ada'],
] as const)('knows whose %s is', ([fileName, number, name]) => {
	expect(studentsOfFiles([fileName])).toEqual([{ number, name }]);
});

test('goes by the folders where each student has one, and not by those that all files share', () => {
	expect(studentsOfFiles(['class/essay/0012 Ada/part 1.txt', 'class/essay/0012 Ada/part 2.txt', 'class\\essay\\Bo\\part 1.txt'])).toEqual([
		{ number: '0012', name: 'Ada' },
		{ number: '0012', name: 'Ada' },
		{ number: '', name: 'Bo' },
	]);
	const names = (...files: string[]) => studentsOfFiles(files).map((owner) => owner?.name);
	expect(names('class/Ada.txt', 'class/Bo.txt')).toEqual(['Ada', 'Bo']);
	expect(names('5A/Ada.txt', '5A/Bo.txt', '5B/Cy.txt')).toEqual(['Ada', 'Bo', 'Cy']);
	expect(names('Ada/a.txt', 'Bo/b.txt')).toEqual(['Ada', 'Bo']);
	expect(names('12 Ada/a.txt', '12 Ada/b.txt', '13 Bo/c.txt')).toEqual(['Ada', 'Ada', 'Bo']);
});

test('tells what nobody handed in, and a name that tells nobody', () => {
	expect(['.DS_Store', 'class/__MACOSX/x', '~$essay.docx', 'Thumbs.db', 'Ada.txt'].map(isClutter)).toEqual([true, true, true, true, false]);
	expect(studentsOfFiles(['_-_.txt', '.txt'])).toEqual([null, null]);
});

test('never fails on a name, and keeps every letter of a plain one', () => {
	fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), (names) => studentsOfFiles(names).length === names.length));
	const name = fc.stringMatching(/^[\p{L}]{1,20}( [\p{L}]{1,20})?$/u).map((each) => each.normalize('NFC'));
	fc.assert(fc.property(name, (each) => studentsOfFiles([`${each}.txt`])[0]?.name === each));
});
