import { writeFile } from 'node:fs/promises';
import { expect, goTo, test, writeTestModel } from './support/story.ts';

test('from nothing to a loaded model, with what it takes shown before', async ({ page }) => {
	await writeTestModel(page);
	await page.getByRole('button', { name: 'Load Homeroom test model' }).click();
	const dialog = page.getByRole('dialog', { name: 'Load Homeroom test model' });
	await expect(dialog.getByText('Fits', { exact: true })).toBeVisible();
	await expect(dialog.getByRole('img', { name: /Weights .* Context memory .* Overhead .* free/ })).toBeVisible();
	await dialog.getByRole('textbox', { name: 'Context' }).fill('1024');
	await dialog.getByRole('button', { name: 'Load', exact: true }).click();
	await expect(page.getByText('Loaded', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('1,024 tokens of context')).toBeVisible();
	await page.getByRole('button', { name: 'Unload' }).first().click();
	await expect(page.getByRole('button', { name: 'Load Homeroom test model' })).toBeVisible();
});

test('a file that is no model is refused with a sentence that says why', async ({ page }, testInfo) => {
	const file = testInfo.outputPath('homework.gguf');
	await writeFile(file, 'Dear teacher, the dog ate it.');
	await goTo(page, 'Models');
	await page.getByRole('button', { name: 'Add a model…' }).first().click();
	const dialog = page.getByRole('dialog', { name: 'Add a model' });
	await dialog.getByRole('textbox', { name: 'Path of a GGUF file' }).fill(file);
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(dialog.or(page.locator('main')).getByRole('alert').first()).toContainText('homework.gguf');
	await expect(page.getByRole('button', { name: /^Load / })).toHaveCount(0);
});
