import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { addTestModel, expect, goTo, loadDemo, test } from './support/story.ts';

test('the first start offers the demonstration model, and one click loads it', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Models');
	await expect(
		page
			.getByRole('row', { name: /Homeroom demonstration/ })
			.getByText('Demonstration', { exact: true })
			.first(),
	).toBeVisible();
	await page.getByRole('button', { name: 'Add a model…' }).click();
	await expect(page.getByRole('dialog', { name: 'Add a model' }).getByRole('button', { name: 'Load the demonstration model' })).toHaveCount(0);
});

test('from nothing to a loaded model, with what it takes shown before', async ({ page }, testInfo) => {
	await addTestModel(page, testInfo.outputPath('model'));
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
	await dialog.getByRole('textbox', { name: 'Path of a GGUF file or a folder' }).fill(file);
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(dialog.or(page.locator('main')).getByRole('alert').first()).toContainText('homework.gguf');
	await expect(page.getByRole('button', { name: /^Load (?!the demonstration)/ })).toHaveCount(0);
});

test('a model is named, filed, checked, carried to another machine by a folder, and its disk space got back', async ({ page }, testInfo) => {
	const stick = testInfo.outputPath('stick');
	await mkdir(stick, { recursive: true });
	await addTestModel(page, testInfo.outputPath('model'));
	await inMenu(page, 'Homeroom test model', 'Name and tags…');
	const edit = page.getByRole('dialog', { name: 'Name and tags' });
	await edit.getByRole('textbox', { name: 'Name' }).fill('Practice model');
	await edit.getByRole('combobox', { name: 'Tags' }).fill('class 7');
	await edit.getByRole('button', { name: 'Save' }).click();
	await page.getByRole('searchbox', { name: /^Filter/ }).fill('practice class');
	await expect(page.getByRole('row', { name: /Practice model/ })).toBeVisible();

	await inMenu(page, 'Practice model', 'Verify now');
	await inMenu(page, 'Practice model', 'Details…');
	const details = page.getByRole('dialog', { name: 'Practice model' });
	await expect(async () => {
		await details.getByRole('button', { name: 'Close' }).click();
		await inMenu(page, 'Practice model', 'Details…');
		await expect(details.getByText(/Every byte is right|Read whole/)).toBeVisible({ timeout: 1_000 });
	}).toPass();
	await details.getByRole('button', { name: 'Close' }).click();

	await inMenu(page, 'Practice model', 'Export to a folder…');
	const exporting = page.getByRole('dialog', { name: 'Export Practice model' });
	await exporting.getByRole('textbox', { name: 'Path of the folder' }).fill(stick);
	await exporting.getByRole('button', { name: 'Export' }).click();
	await expect.poll(() => readdir(stick)).toContain('homeroom-models.json');

	await page.getByRole('checkbox', { name: 'Choose Practice model' }).check();
	await page.getByRole('button', { name: 'Remove…' }).click();
	const removing = page.getByRole('dialog', { name: 'Remove Practice model?' });
	await removing.getByRole('checkbox', { name: /Also delete what Homeroom stored: 1 model, .* MiB/ }).check();
	await removing.getByRole('button', { name: 'Remove and delete' }).click();
	await expect(page.getByText(/1 model was removed: .* MiB freed/)).toBeVisible();

	await page.getByRole('button', { name: 'Add a model…' }).click();
	const adding = page.getByRole('dialog', { name: 'Add a model' });
	await adding.getByRole('tab', { name: 'Exported models' }).click();
	await adding.getByRole('textbox', { name: 'Path of the folder' }).fill(stick);
	await adding.getByRole('button', { name: 'Take in' }).click();
	await expect(page.getByRole('row', { name: /Practice model class 7/ })).toBeVisible();
});

test('a file that was moved away is told as gone, found again, and stays when its model is removed', async ({ page }, testInfo) => {
	const folder = testInfo.outputPath('models');
	await mkdir(folder, { recursive: true });
	await addTestModel(page, testInfo.outputPath('model'));
	await inMenu(page, 'Homeroom test model', 'Export to a folder…');
	const exporting = page.getByRole('dialog', { name: 'Export Homeroom test model' });
	await exporting.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
	await exporting.getByRole('button', { name: 'Export' }).click();
	await expect.poll(() => readdir(folder)).toContain('homeroom-models.json');
	await inMenu(page, 'Homeroom test model', 'Remove from the library…');
	await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();

	await page.getByRole('button', { name: 'Add a model…' }).click();
	const adding = page.getByRole('dialog', { name: 'Add a model' });
	await adding.getByRole('textbox', { name: 'Path of a GGUF file or a folder' }).fill(folder);
	await adding.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByRole('row', { name: /test model.*In place/ })).toBeVisible();

	const file = (await readdir(folder)).find((name) => name.endsWith('.gguf')) ?? '';
	const moved = path.join(folder, 'moved.gguf');
	await rename(path.join(folder, file), moved);
	await page.reload();
	await page.getByRole('button', { name: /^Find the file of/ }).click();
	const finding = page.getByRole('dialog', { name: /^Where is/ });
	await finding.getByRole('textbox', { name: 'Path of a GGUF file' }).fill(moved);
	await finding.getByRole('button', { name: 'Use this file' }).click();
	await expect(page.getByRole('button', { name: /^Load / })).toBeVisible();

	await page.getByRole('button', { name: /^More for/ }).click();
	await page.getByRole('menuitem', { name: 'Remove from the library…' }).click();
	await expect(page.getByRole('dialog').getByText('The file stays where it is.')).toBeVisible();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(page.getByRole('button', { name: /^Load (?!the demonstration)/ })).toHaveCount(0);
	expect(await readdir(folder)).toContain('moved.gguf');
});

/** Chooses something from a model's menu. */
async function inMenu(page: Page, model: string, item: string): Promise<void> {
	await page.getByRole('button', { name: `More for ${model}` }).click();
	await page.getByRole('menuitem', { name: item }).click();
}
