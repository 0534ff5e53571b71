import readExcelFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { stageOfTests } from './gradingTests.test-support.ts';
import { exampleFields, exampleQuestion } from './openGradingStage.test-support.ts';

const stage = stageOfTests();

test('a mark for an answer that is not there goes out in its student’s row, and in a row of its own where the table asked them nothing', async () => {
	const { grading } = stage();
	const text = 'id,name,question,answer,note\n1,Ada,Light,A wave.,x\n2,Bo,Light,,y\n2,Bo,Sound,Air.,z\n1,Ada,Sound,,w\n3,Cy,Sound,Ears.,v';
	const mapping = {
		layout: 'long' as const,
		studentId: 'id',
		studentNames: ['name'],
		studentClass: null,
		question: 'question',
		answer: 'answer',
		points: null,
	};
	const made = await grading.create('ann', exampleFields, [exampleQuestion, exampleQuestion], { input: { text } }, mapping);
	for (const { id, text: said } of grading.answers('ann', made.id))
		if (said === '') grading.marks.set('ann', id, { marker: 'first', points: 0, levels: {}, feedback: 'Not handed in.' });
	const give = async (form: 'csv' | 'xlsx') => (await grading.report.export('ann', made.id, { form, language: 'en', counting: 'settled' })).bytes;
	const lines = Buffer.from(await give('csv'))
		.toString()
		.trim()
		.split('\r\n')
		.slice(1);
	const mark = '0,Not handed in.,,teacher';
	const rows = ['1,Ada,Light,A wave.,x,,,,', `2,Bo,Light,,y,${mark}`, '2,Bo,Sound,Air.,z,,,,', `1,Ada,Sound,,w,${mark}`, '3,Cy,Sound,Ears.,v,,,,'];
	expect(lines).toEqual([...rows, `3,Cy,Light,,,${mark}`]);
	const [sheet] = await readExcelFile(Buffer.from(await give('xlsx')));
	expect(sheet?.data.slice(1).map((row) => row[5])).toEqual([null, 0, null, 0, null, 0]);
	expect(grading.report.unsettled('ann', made.id)).toEqual({ answers: 3, proposed: 0, outdated: 0 });
});
