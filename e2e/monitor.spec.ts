import { addTestModel, expect, goTo, test } from './support/story.ts';

test('a fault is looked for: what was asked is drawn and told apart, the machine is shown, and the log is searched', async ({ page }) => {
	await openAdministration(page, 'Monitor');
	await expect(page.getByRole('heading', { name: 'Nothing was asked in this time' })).toBeVisible();
	await expect(page.getByRole('meter', { name: 'Memory' })).toHaveAttribute('aria-valuetext', /of .*iB/);
	await expect(page.getByText('No model is in memory.')).toBeVisible();

	await addTestModel(page, test.info().outputPath('model'));
	await goTo(page, 'Chat');
	await page.getByRole('button', { name: 'Start a conversation' }).click();
	const composer = page.getByRole('textbox', { name: 'Your message' });
	await composer.fill('What is a verb?');
	await composer.press('Enter');
	await expect(page.getByText(/cost [\d,]+ tokens|Tokens are not counted|tokens a second/).first()).toBeVisible({ timeout: 90_000 });

	await openAdministration(page, 'Monitor');
	const models = page.getByRole('table', { name: 'Model' });
	await expect(models.getByRole('row').nth(1)).toContainText('1');
	await expect(page.getByRole('table', { name: 'Models in memory' }).getByRole('row').nth(1)).toContainText('Ready');
	await page.getByRole('button', { name: 'Person', exact: true }).click();
	await page.getByRole('table', { name: 'Person' }).getByRole('button').first().click();
	await expect(page.getByText(/^Only /)).toBeVisible();
	await page.getByRole('button', { name: 'HTTP requests' }).click();
	await expect(page.getByRole('heading', { name: 'No program asked anything in this time' })).toBeVisible();

	await openAdministration(page, 'Log');
	await page.getByRole('textbox', { name: 'Contains' }).fill('version');
	await page.getByRole('textbox', { name: 'Contains' }).press('Enter');
	await page.getByRole('table', { name: 'Log' }).getByRole('button', { name: 'open' }).click();
	await expect(page.getByRole('dialog', { name: 'open' })).toContainText('"version"');
	await page.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('textbox', { name: 'Contains' }).fill('What is a verb');
	await page.getByRole('textbox', { name: 'Contains' }).press('Enter');
	await expect(page.getByText('Nothing was noted that fits.')).toBeVisible();
});

async function openAdministration(page: Parameters<typeof goTo>[0], tab: 'Monitor' | 'Log'): Promise<void> {
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }).click();
	await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: tab }).click();
}
