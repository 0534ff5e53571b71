import type { Page } from '@playwright/test';
import { expect, goTo, test } from './support/story.ts';

/** Drops files on the title of the screen, as a file manager does. */
async function drop(page: Page, files: { name: string; text: string }[]): Promise<void> {
	const dataTransfer = await page.evaluateHandle(
		`${JSON.stringify(files)}.reduce((transfer, { name, text }) => (transfer.items.add(new File([text], name)), transfer), new DataTransfer())`,
	);
	const title = page.getByRole('heading', { level: 1 });
	for (const type of ['dragover', 'drop']) await title.dispatchEvent(type, { dataTransfer });
}

test('what is dropped anywhere on the window comes to the screen that takes it, asked where several do, and what none takes is told', async ({ page }) => {
	await goTo(page, 'Home');
	await drop(page, [{ name: 'class 7b.csv', text: 'name,answer\nAda,The moon pulls the water.\nBob,The wind.\n' }]);
	const dialog = page.getByRole('dialog', { name: 'What is to be done with class 7b.csv?' });
	await dialog.getByRole('button', { name: /^Grade a class/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'New assignment' })).toBeVisible();
	await expect(page.getByText('class 7b.csv')).toBeVisible();

	await goTo(page, 'Settings');
	await drop(page, [{ name: 'film.srt', text: '1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n' }]);
	await expect(page.getByText('Good evening.')).toBeVisible();

	await goTo(page, 'Home');
	await drop(page, [{ name: 'list.yaml', text: 'name: Ada\n' }]);
	await expect(page.getByRole('heading', { level: 1, name: 'Convert' })).toBeVisible();
	await expect(page.getByText('list.yaml')).toBeVisible();

	await goTo(page, 'Home');
	await drop(page, [{ name: 'setup.exe', text: 'MZ' }]);
	await expect(page.getByText('There is no screen for you that takes setup.exe. Nothing was done with it.')).toBeVisible();
	await drop(page, [
		{ name: 'film.srt', text: '' },
		{ name: 'model.gguf', text: '' },
	]);
	await expect(page.getByText('No screen takes these 2 files together.')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
});
