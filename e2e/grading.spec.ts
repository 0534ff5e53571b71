import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Document, Packer, Paragraph } from 'docx';
import writeXlsxFile from 'write-excel-file/node';
import { expect, goTo, loadDemo, test } from './support/story.ts';

const table = ['student_id,name,answer,room', '0012,Ada,14,7a', '0013,Béla,20,7a', '0014,陈晨,The answer is 14.,7b', '0015,Dana,,7b'].join('\n');

test('a class: a table goes in, marks with feedback come out, the teacher has the last word', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('What is 2 + 3 × 4?');
	await page.getByRole('textbox', { name: 'Expected answer' }).fill('14');
	await expect(page.getByText('Code decides: the result is 14.')).toBeVisible();
	await page.getByRole('textbox', { name: 'Table of answers' }).fill(table);
	await expect(page.getByText('No answer. It is kept and will not be graded.')).toBeVisible();
	await page.getByRole('button', { name: 'Create assignment' }).click();

	const desk = page.getByRole('listbox', { name: 'Answers' });
	await expect(desk.getByRole('option')).toHaveCount(4);
	await page.getByRole('button', { name: 'Grade the class' }).click();
	await expect(desk.getByText('To review')).toHaveCount(3, { timeout: 120_000 });

	await expect(desk.getByText('Ada')).toHaveCount(0);
	await page.keyboard.press('n');
	await desk.getByText('Ada').click();
	await page.keyboard.press('Enter');
	const mark = page.getByRole('region', { name: 'Your mark' });
	await mark.getByRole('textbox', { name: 'Points' }).fill('88,5');
	await mark.getByRole('button', { name: 'Save mark' }).click();
	await expect(desk.getByText('Settled')).toHaveCount(1);

	await page.getByRole('button', { name: 'Accept many' }).click();
	const many = page.getByRole('region', { name: 'Accept many' });
	await many.getByRole('slider').fill('0');
	await many.getByRole('button', { name: 'Accept 2' }).click();
	await expect(desk.getByText('Settled')).toHaveCount(3);
	await page.keyboard.press('u');
	await expect(desk.getByText('Settled')).toHaveCount(1);

	const given = await exported(page, 'CSV table', true);
	expect(given.fileName).toBe('Grades What is 2 3 4.csv');
	const lines = given.bytes.toString('utf8').split('\r\n');
	expect(lines[0]).toMatch(/^\uFEFFstudent_id,name,answer,room,score,feedback,suggestions/);
	expect(lines.find((line) => line.includes('Ada'))).toMatch(/^0012,Ada,14,7a,88.5,/);
	expect(scoreOf('Béla')).toBeLessThanOrEqual(30);
	expect(scoreOf('陈晨')).toBeGreaterThanOrEqual(90);
	expect(lines.find((line) => line.includes('Dana'))).toMatch(/^0015,Dana,,7b,,/);

	// What is typed counts, though "Accept" is pressed after it, and it is kept where the page is reloaded while the field is open.
	const points = mark.getByRole('textbox', { name: 'Points' });
	await desk.getByRole('option').filter({ hasText: 'To review' }).first().click();
	await points.fill('55');
	await page.getByRole('button', { name: 'Accept', exact: true }).click();
	await expect(desk.getByText('Settled')).toHaveCount(2);
	await expect(points).toHaveValue('55');
	await points.fill('56');
	await page.reload();
	await expect(desk.getByText('56', { exact: true })).toHaveCount(1);

	function scoreOf(name: string): number {
		return Number(lines.find((line) => line.includes(name))?.split(',')[4]);
	}
});

test('a desk worked with keys alone: levels, criteria, questions, feedback, undo, and a second marker who sees nothing of the first', async ({ page }) => {
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('Why are leaves green?');
	await page.getByRole('textbox', { name: 'Expected answer' }).fill('Chlorophyll takes in red and blue light. It sends green light back.');
	await page.getByRole('textbox', { name: 'Points', exact: true }).fill('4');
	await page.getByRole('button', { name: 'From the expected answer' }).click();
	await page.getByRole('textbox', { name: 'Table of answers' }).fill('student_id,name,answer\n1,Ada,It sends green light back.\n2,Bo,Light.');
	await page.getByRole('button', { name: 'Create assignment' }).click();

	const desk = page.getByRole('listbox', { name: 'Answers' });
	const rows = desk.getByRole('option');
	await expect(rows).toHaveCount(2);
	const there = (criterion: string) => page.getByRole('group', { name: criterion }).getByRole('button', { name: /^In the answer/ });
	await page.keyboard.press('2');
	await expect(page.getByText('Not kept yet: criteria without a level: 1')).toBeVisible();
	await page.keyboard.press('1');
	await expect(rows.first()).toContainText('Settled');
	await expect(there('It sends green light back.')).toHaveAttribute('aria-pressed', 'true');
	await page.keyboard.press('h');
	await page.keyboard.press('1');
	await expect(there('Chlorophyll takes in red and blue light.')).toHaveAttribute('aria-pressed', 'true');
	await page.keyboard.press('u');
	await expect(there('Chlorophyll takes in red and blue light.')).toHaveAttribute('aria-pressed', 'false');

	await page.keyboard.press('f');
	await page.keyboard.type('Say what happens to red light.');
	await page.keyboard.press('Control+Enter');
	await expect(desk).toBeFocused();
	await page.keyboard.press('j');
	await expect(page.getByRole('region', { name: 'Answer of Student 2' })).toContainText('Light.');
	await page.keyboard.press('f');
	await page.keyboard.type('Which light?');
	await page.keyboard.press('Escape');
	await expect(desk).toBeFocused();
	await expect(page.getByRole('textbox', { name: 'Feedback' })).toHaveValue('Which light?');
	await page.keyboard.press('k');
	await expect(page.getByRole('textbox', { name: 'Feedback' })).toHaveValue('Say what happens to red light.');

	await page.getByRole('button', { name: 'Mark a second time' }).click();
	await expect(rows.filter({ hasText: 'Settled' })).toHaveCount(0);
	await expect(page.getByRole('textbox', { name: 'Feedback' })).toHaveValue('');
	await page.keyboard.press('1');
	await page.keyboard.press('1');
	await expect(rows.first()).toContainText('Settled');
	await page.getByRole('alert').getByRole('button', { name: 'End second marking' }).click();
	await expect(page.getByRole('region', { name: 'Two markers' })).toContainText('They differ by 2 points. The first mark counts.');
	await page.getByRole('button', { name: 'How well both agree' }).click();
	await expect(page.getByRole('region', { name: 'Two markers', exact: true })).toContainText('Answers that both marked: 1, of 4 points each.');
	await expect(page.getByRole('table', { name: 'The two markers by criterion' }).getByRole('row')).toHaveCount(3);
});

test('several questions: each column of answers is one, with points, a check and a rubric that are kept and can be changed', async ({ page }) => {
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page
		.getByRole('textbox', { name: 'Table of answers' })
		.fill('student_id,name,Q1. Why are leaves green? (4 points),Calculate\n1,Ada,Chlorophyll.,14\n2,Bo,Light.,20');
	await page.getByRole('combobox', { name: 'Answers' }).click();
	await setColumns(page, ['Q1. Why are leaves green? (4 points)', 'Calculate']);

	const questions = page.getByRole('region', { name: 'Questions of the assignment' });
	await expect(questions.getByText('Still to write: 1')).toBeVisible();
	await expect(questions.getByRole('textbox', { name: 'Question', exact: false }).first()).toHaveValue('Why are leaves green?');
	await expect(questions.getByRole('textbox', { name: 'Points', exact: true })).toHaveValue('4');
	await questions.getByRole('textbox', { name: 'Expected answer' }).fill('Chlorophyll takes in red and blue light. It sends green light back.');
	await questions.getByRole('button', { name: 'From the expected answer' }).click();
	await expect(questions.getByText('The best levels come to 4 of 4 points.')).toBeVisible();

	await questions.getByRole('button', { name: 'Go to the next' }).click();
	await questions.getByRole('textbox', { name: 'Question', exact: false }).first().fill('What is 2 + 3 × 4?');
	await questions.getByRole('textbox', { name: 'Expected answer' }).fill('14');
	await questions.getByRole('textbox', { name: 'Points', exact: true }).fill('2,5');
	await expect(questions.getByText('Code decides: the result is 14.')).toBeVisible();
	await page.getByRole('textbox', { name: 'Title' }).fill('Leaves and sums');
	await page.getByRole('button', { name: 'Create assignment' }).click();
	await page.getByRole('heading', { level: 1, name: 'Leaves and sums' }).waitFor();

	await page.getByRole('button', { name: /^Questions? and/ }).click();
	const dialog = page.getByRole('dialog', { name: 'Questions and assignment' });
	const second = dialog.getByRole('group', { name: 'It sends green light back.' });
	await second.getByRole('textbox', { name: 'Points where it is there' }).fill('2½');
	await dialog.getByRole('button', { name: 'Make the question worth 4.5 points' }).click();
	await dialog.getByRole('button', { name: 'Calculate' }).click();
	await expect(dialog.getByRole('textbox', { name: 'Right result' })).toHaveValue('14');
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(dialog).toBeHidden();
	await page.getByRole('button', { name: /^Questions? and/ }).click();
	await expect(dialog.getByText('The best levels come to 4.5 of 4.5 points.')).toBeVisible();
});

test('a rubric that a model drafts: shared out by weight, there to be corrected, and taken out again as a whole', async ({ page }) => {
	// A draft is longer than a grade, and takes minutes on a machine that is busy otherwise.
	test.setTimeout(300_000);
	await loadDemo(page);
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	const byModel = page.getByRole('button', { name: 'Draft by the model' });
	await expect(byModel).toBeDisabled();
	await page.getByRole('textbox', { name: 'Question' }).fill('Why are leaves green?');
	await page.getByRole('textbox', { name: 'Points', exact: true }).fill('4');
	await byModel.click();
	const dialog = page.getByRole('dialog', { name: 'Have a model draft the rubric?' });
	await expect(dialog.getByText(/^About [\d,]+ tokens\./)).toBeVisible();
	await dialog.getByRole('button', { name: 'Draft', exact: true }).click();
	await expect(page.getByText(/^A draft by .+ correct it before you grade by it\.$/)).toBeVisible({ timeout: 200_000 });
	await expect(page.getByText('The best levels come to 4 of 4 points.')).toBeVisible();
	await expect(page.getByRole('textbox', { name: 'What an answer at “Fully” shows' }).first()).not.toHaveValue('');
	await page.getByRole('button', { name: 'Take it out' }).click();
	await expect(page.getByText('None yet: the answer is judged as a whole.')).toBeVisible();
});

test('the files of a folder: each is a student’s, what cannot be read is told by its name, and whose it is comes from there', async ({ page }) => {
	const essay = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Light makes the sugar.')] }] }));
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('What do plants need?');
	await page.getByLabel('Choose files').setInputFiles([
		{ name: 'Ada_0012_assignsubmission_file_essay.docx', mimeType: '', buffer: essay },
		{ name: 'Béla_0013_assignsubmission_file_essay.txt', mimeType: 'text/plain', buffer: Buffer.from('Water.') },
		{ name: 'Cy_0014_assignsubmission_file_photo.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a0000000d', 'hex') },
		{ name: 'Di_0015_assignsubmission_file_broken.docx', mimeType: '', buffer: Buffer.from('PK\u0003\u0004 and nothing that follows from it') },
	]);
	await expect(page.getByRole('heading', { name: 'Files: 4 · students: 4' })).toBeVisible();
	await expect(page.getByRole('cell', { name: 'Light makes the sugar.' })).toBeVisible();
	await expect(page.getByText('This is a picture or a scan')).toBeVisible();
	await expect(page.getByText('Di_0015_assignsubmission_file_broken.docx” is damaged')).toBeVisible();
	await page.getByRole('button', { name: 'Create assignment' }).click();
	await page.getByRole('button', { name: 'Show names' }).click();
	await expect(page.getByRole('option', { name: /^Ada/ })).toBeVisible();
	await page.getByRole('option', { name: /^Béla/ }).click();
	await expect(page.getByRole('region', { name: 'Answer', exact: true }).getByText('Water.')).toBeVisible();
});

test('a workbook: its sheets can be chosen, and what they say of questions and points fills the forms', async ({ page }) => {
	const rows = (names: string[][]) => names.map((row) => row.map((value) => ({ value })));
	const sheets = [
		{
			sheet: '5A',
			data: rows([
				['id', 'name', 'class', 'Q1. Why are leaves green? (4 points)'],
				['0012', 'Ada', '5A', 'Chlorophyll'],
			]),
		},
		{
			sheet: '5B',
			data: rows([
				['id', 'name', 'class', 'Q1. What is 2 + 3 × 4? (2 points)'],
				['0021', 'Bo', '5B', '14'],
				['0022', 'Cy', '5B', '20'],
			]),
		},
	];
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByLabel('Choose files').setInputFiles({ name: 'year5.xlsx', mimeType: '', buffer: await writeXlsxFile(sheets).toBuffer() });
	await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('Why are leaves green?');
	await page.getByRole('combobox', { name: 'Sheet' }).click();
	await page.getByRole('option', { name: '5B' }).click();
	await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('What is 2 + 3 × 4?');
	await expect(page.getByRole('textbox', { name: 'Points', exact: true })).toHaveValue('2');
	await expect(page.getByRole('cell', { name: '0022' })).toBeVisible();
	await page.getByRole('button', { name: 'Create assignment' }).click();
	await page.getByRole('heading', { level: 1, name: 'What is 2 + 3 × 4?' }).waitFor();
});

test('trust: answers drawn by chance are marked before their proposals are seen, and the class goes out as a workbook and as feedback', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('What is 2 + 3 × 4?');
	await page.getByRole('textbox', { name: 'Expected answer' }).fill('14');
	const rows = ['14', '20', 'It is 14.', '24', '14.', '9'].map((text, at) => `${at + 1},Student ${at + 1},${text}`);
	await page.getByRole('textbox', { name: 'Table of answers' }).fill(['id,name,answer', ...rows].join('\n'));
	await page.getByRole('button', { name: 'Create assignment' }).click();
	await page.getByRole('button', { name: 'Grade the class' }).click();
	const desk = page.getByRole('listbox', { name: 'Answers' });
	await expect(desk.getByText('To review')).toHaveCount(6, { timeout: 120_000 });

	await page.getByRole('link', { name: 'Agreement' }).click();
	await page.getByRole('button', { name: 'Mark 5, drawn by chance' }).click();
	await expect(desk.getByRole('option')).toHaveCount(5);
	const proposal = page.getByRole('region', { name: /^(The model’s proposal|The model's proposal|Decided by code)$/ });
	for (let marked = 1; marked <= 5; marked++) {
		await expect(proposal).toBeHidden();
		await page.keyboard.type('100');
		await page.keyboard.press('Enter');
		await expect(page.getByText(`Calibration: ${marked} of 5 marked.`)).toBeVisible();
		await expect(proposal).toBeVisible();
		await expect(desk.getByRole('option', { name: /100 points/ })).toHaveCount(marked);
		await page.keyboard.press('j');
	}
	await page.getByRole('button', { name: 'See how well you agree' }).click();
	await expect(page.getByText('From 5 answers that you marked, of 100 points each.')).toBeVisible();
	await expect(page.getByRole('table', { name: 'What you gave and what was proposed' })).toBeVisible();
	await page.getByRole('link', { name: 'Like answers' }).click();
	await expect(page.getByText('Groups: 1')).toBeVisible();
	await page.getByRole('link', { name: 'Class' }).click();
	await expect(page.getByText('From your 5 marks.')).toBeVisible();

	const workbook = await exported(page, 'Excel workbook');
	expect([workbook.fileName, workbook.bytes.toString('latin1', 0, 2)]).toEqual(['Grades What is 2 3 4.xlsx', 'PK']);
	const sheets = await exported(page, 'One PDF');
	expect([sheets.fileName, sheets.bytes.toString('latin1', 0, 5)]).toEqual(['Feedback What is 2 3 4.pdf', '%PDF-']);
});

test('a class that is there: late work is added, what differs is shown first, one press takes it back, and the rest is graded', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('What is 2 + 3 × 4?');
	await page.getByRole('textbox', { name: 'Expected answer' }).fill('14');
	await page.getByRole('textbox', { name: 'Table of answers' }).fill('student_id,name,answer,room\n0012,Ada,14,7a\n0013,Béla,20,7a\n0014,Cy,,7b');
	await page.getByRole('button', { name: 'Create assignment' }).click();
	const desk = page.getByRole('listbox', { name: 'Answers' });
	await page.getByRole('button', { name: 'Grade the class' }).click();
	await expect(desk.getByText('To review')).toHaveCount(2, { timeout: 120_000 });

	const late = 'name,answer,student_id\nBéla,14,13\nDana,The answer is 14.,0015\nCy,fourteen,0014\nAda,14,0012';
	await add(late);
	await expect(desk.getByRole('option')).toHaveCount(4);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(desk.getByRole('option')).toHaveCount(3);
	await expect(desk.getByText('To review')).toHaveCount(2);

	await add(late);
	await expect(desk.getByText('To review')).toHaveCount(1);
	await page.getByRole('button', { name: 'Grade the rest (3)' }).click();
	await expect(desk.getByText('To review')).toHaveCount(4, { timeout: 120_000 });
	const { bytes } = await exported(page, 'CSV table', true);
	const rows = bytes
		.toString('utf8')
		.trimEnd()
		.split('\r\n')
		.slice(1)
		.map((line) => line.split(',').slice(0, 5));
	expect(rows.map((cells) => cells.slice(0, 4).join())).toEqual(['0012,Ada,14,7a', '0013,Béla,14,7a', '0014,Cy,fourteen,7b', '0015,Dana,The answer is 14.,']);
	expect(Number(rows[1]?.[4])).toBeGreaterThanOrEqual(90);

	await page.keyboard.press('Control+k');
	await page.keyboard.type('late work');
	await page.getByRole('option', { name: /^Add answers/ }).click();
	await expect(page.getByRole('dialog', { name: 'Add answers to this class' })).toBeVisible();

	async function add(text: string): Promise<void> {
		await page.getByRole('button', { name: 'Add answers' }).click();
		const dialog = page.getByRole('dialog', { name: 'Add answers to this class' });
		await dialog.getByRole('textbox', { name: 'Table of answers' }).fill(text);
		const result = dialog.getByRole('region', { name: 'What will be added' });
		await expect(result).toContainText('New students1Empty answers filled1Different1The same as there1');
		await expect(result).toContainText(/about \d+ tokens/);
		const differing = dialog.getByRole('region', { name: 'Different from what is there' });
		await expect(differing).toContainText('20');
		await differing.getByRole('checkbox', { name: /^Replace: Student 2/ }).check();
		await dialog.getByRole('button', { name: 'Add', exact: true }).click();
		await expect(dialog).toBeHidden();
	}
});

/** Has the class given out in a form, as a person does. */
async function exported(page: Page, form: string, withProposals = false): Promise<{ fileName: string; bytes: Buffer }> {
	await page.getByRole('button', { name: 'Export', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'Export the class' });
	await dialog.getByRole('radio', { name: form }).check();
	if (withProposals) await dialog.getByLabel('Also proposals that nobody has accepted').check();
	const downloading = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Export' }).click();
	const download = await downloading;
	await expect(dialog).toBeHidden();
	return { fileName: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Chooses these columns, and no others, in the open list of columns. */
async function setColumns(page: Page, wanted: readonly string[]): Promise<void> {
	for (const option of await page.getByRole('option').all()) {
		const isChosen = (await option.getAttribute('aria-selected')) === 'true';
		if (isChosen !== wanted.includes((await option.textContent()) ?? '')) await option.click();
	}
	await page.keyboard.press('Escape');
}
