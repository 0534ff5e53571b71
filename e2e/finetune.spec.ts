import { expect, goTo, loadDemo, test } from './support/story.ts';

test('a model learns from examples: what it needs is seen first, then how it learns, what came of it, and a chat with it', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Fine-tune');
	await page.getByRole('button', { name: 'Try with an example' }).click();
	await page.getByRole('button', { name: 'Create dataset' }).click();
	await page.getByRole('link', { name: 'Train with it' }).click();

	await page.getByRole('combobox', { name: 'Model' }).click();
	await page.getByRole('option', { name: /^Homeroom demonstration/ }).click();
	await page.getByText('For experts').click();
	await page.getByRole('textbox', { name: 'Epochs' }).fill('1');
	await page.getByRole('textbox', { name: 'Threads' }).fill('1');
	// One example to compare is enough here.
	await page.getByRole('textbox', { name: 'Held out' }).fill('0.03');
	await page.getByRole('button', { name: 'See what it needs' }).click();
	await expect(page.getByText('It fits')).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('29 examples are learnt from. 1 is held out.')).toBeVisible();
	await page.getByRole('button', { name: 'Start', exact: true }).click();

	await expect(page.getByRole('heading', { level: 1, name: 'Thirty phrases into Chinese' })).toBeVisible();
	const result = page.getByRole('table', { name: 'Before and after' });
	await expect(result.getByRole('row', { name: /^Validation loss/ })).toBeVisible({ timeout: 60_000 });
	await expect(page.getByRole('list', { name: 'Held-out examples' }).getByRole('listitem')).toHaveCount(1, { timeout: 60_000 });
	await page.getByText('The figures as a table').click();
	await expect(page.getByRole('table', { name: 'Thirty phrases into Chinese' }).getByRole('row').nth(1)).toBeVisible();

	await page.getByRole('button', { name: 'Use in a new chat' }).click();
	await page.getByRole('textbox', { name: 'Your message' }).fill('Good morning.');
	await page.keyboard.press('Enter');
	await expect(page.getByText(/Homeroom demonstration.* \+ Thirty phrases into Chinese/)).toBeVisible({ timeout: 60_000 });
});
