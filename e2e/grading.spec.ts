import { readFile } from 'node:fs/promises';
import { expect, goTo, loadDemo, test } from './support/story.ts';

const table = ['student_id,name,answer,room', '0012,Ada,14,7a', '0013,Béla,20,7a', '0014,陈晨,The answer is 14.,7b', '0015,Dana,,7b'].join('\n');

test('a class: a table goes in, marks with feedback come out, the teacher has the last word', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('What is 2 + 3 × 4?');
	await page.getByRole('textbox', { name: 'Table of answers' }).fill(table);
	await expect(page.getByText('No answer. It is kept and will not be graded.')).toBeVisible();
	await page.getByRole('button', { name: 'Create assignment' }).click();

	const desk = page.getByRole('grid', { name: 'Submissions' });
	await expect(desk.getByRole('row')).toHaveCount(5);
	await page.getByRole('button', { name: 'Grade the class' }).click();
	await expect(desk.getByText('To review')).toHaveCount(3, { timeout: 120_000 });

	await desk.getByText('Ada').click();
	await page.keyboard.press('Enter');
	const mark = page.getByRole('region', { name: 'Your mark' });
	await mark.getByRole('textbox', { name: 'Score' }).fill('88');
	await mark.getByRole('button', { name: 'Save mark' }).click();
	await expect(desk.getByText('Settled')).toHaveCount(1);

	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export CSV' }).click();
	const lines = (await readFile(await (await downloading).path(), 'utf8')).split('\r\n');
	expect(lines[0]).toMatch(/^\uFEFFstudent_id,name,answer,room,score,feedback,suggestions/);
	expect(lines.find((line) => line.includes('Ada'))).toMatch(/^0012,Ada,14,7a,88,/);
	expect(scoreOf('Béla')).toBeLessThanOrEqual(30);
	expect(scoreOf('陈晨')).toBeGreaterThanOrEqual(90);
	expect(lines.find((line) => line.includes('Dana'))).toMatch(/^0015,Dana,,7b,,/);

	function scoreOf(name: string): number {
		return Number(lines.find((line) => line.includes(name))?.split(',')[4]);
	}
});
