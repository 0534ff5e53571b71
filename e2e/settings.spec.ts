import { expect, goTo, test } from './support/story.ts';

test('language and theme change at once and stay', async ({ page }) => {
	await goTo(page, 'Settings');
	await page.getByText('中文', { exact: true }).first().click();
	await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
	await page.getByText('深色', { exact: true }).click();
	await page.reload();
	await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
	expect(await page.locator('html').getAttribute('lang')).toMatch(/^zh/);
	expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toContain('dark');
});

test('whose code Homeroom is made with is listed with the words of each licence', async ({ page }) => {
	await goTo(page, 'Settings');
	await page.getByRole('button', { name: 'Show licences' }).click();
	const dialog = page.getByRole('dialog', { name: 'Licences of others' });
	await dialog.getByText('react-dom', { exact: true }).click();
	await expect(dialog.getByText('Permission is hereby granted')).toBeVisible();
	await dialog.getByText('better-sqlite3', { exact: true }).click();
	await expect(dialog.getByText('Joshua Wise')).toBeVisible();
});
