import { expect, goTo, loadDemo, test } from './support/story.ts';

test('help: a screen says what it is for, the handbook opens where it speaks of it, is searched, and leads back', async ({ page }) => {
	await goTo(page, 'Grading');
	const help = page.getByRole('link', { name: 'Help for this screen' });
	await help.hover();
	await expect(page.getByRole('tooltip')).toHaveText('Your classes: the answers of each, and how far their marks are settled.');
	await help.click();
	await expect(page.getByRole('heading', { level: 2, name: 'Grading a class' })).toBeVisible();
	const picture = page.getByRole('img', { name: /^The desk:/ });
	await picture.scrollIntoViewIfNeeded();
	await expect(picture).toHaveJSProperty('naturalWidth', 1200);

	await page.getByRole('searchbox', { name: 'Search the handbook' }).fill('won’t be found anywhere');
	await expect(page.getByRole('status').filter({ hasText: 'The handbook says nothing of' })).toBeVisible();
	await page.getByRole('searchbox', { name: 'Search the handbook' }).fill('checksum source');
	await page.getByRole('list', { name: 'Places in the handbook' }).getByRole('link', { name: 'Models: Downloads' }).click();
	await expect(page.getByRole('heading', { level: 3, name: 'Downloads' })).toBeInViewport();
	await page.getByRole('article').getByRole('link', { name: 'Settings' }).click();
	await expect(page.getByRole('heading', { level: 3, name: 'Network and downloads' })).toBeInViewport();
	await page.getByRole('link', { name: 'Back to where you were' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Grading' })).toBeVisible();
	await page.keyboard.press('F1');
	await expect(page.getByRole('heading', { level: 2, name: 'Grading a class' })).toBeVisible();
});

test('help: a word of the field says what it means to the pointer and to the keyboard, in the language of the app', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Models');
	await page.getByRole('columnheader', { name: 'Parameters' }).getByRole('button').focus();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('tooltip', { name: /^How strongly the numbers of a model are shortened/ })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('tooltip')).toHaveCount(0);

	await goTo(page, 'Settings');
	await page.getByRole('button', { name: '中文' }).click();
	await page.getByRole('link', { name: '此页面的帮助' }).click();
	await expect(page.getByRole('heading', { level: 2, name: '设置' })).toBeVisible();
	await page.getByRole('navigation', { name: '目录' }).getByRole('link', { name: '术语' }).click();
	await expect(page.getByText('模型中的数字压缩得有多厉害。')).toBeVisible();
});
