import { expect, goTo, loadDemo, test } from './support/story.ts';

test('search: under one key are acts, screens and all that was written, and what is found opens where it stands', async ({ page }) => {
	await loadDemo(page);
	await page.getByRole('link', { name: 'Chat: with an example' }).click();
	const message = page.getByRole('textbox', { name: 'Your message' });
	await expect(message).not.toHaveValue('');
	await message.fill('Which planet has the most moons, Saturn or Jupiter?');
	await message.press('Enter');
	await expect(
		page
			.getByText('I do not know that', { exact: false })
			.or(page.getByText('demonstration', { exact: false }))
			.last(),
	).toBeVisible();

	await goTo(page, 'Home');
	await page.keyboard.press('Control+k');
	const field = page.getByRole('combobox', { name: 'Search and do' });
	await expect(field).toBeFocused();
	await field.fill('satur');
	const found = page.getByRole('option', { name: /Which planet has the most moons, Saturn/ });
	await expect(found).toHaveCount(2);
	// The message itself, after the conversation of the same title.
	await field.press('ArrowDown');
	await expect(found.last()).toHaveAttribute('aria-selected', 'true');
	await field.press('Enter');
	await expect(page).toHaveURL(/#\/chat\/[\w-]+$/);
	await expect(page.getByRole('listitem').filter({ hasText: 'Saturn or Jupiter' }).last()).toBeInViewport();

	await page.getByRole('button', { name: 'Search and do' }).click();
	await field.fill('theme dark');
	await expect(page.getByRole('option').first()).toContainText('Theme: Dark');
	await field.press('Enter');
	await expect(field).toBeHidden();
	await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');

	await page.keyboard.press('Control+k');
	// What is called by another word, in either language, and what the handbook says.
	await field.fill('密码');
	await expect(page.getByRole('option', { name: /My account/ })).toBeVisible();
	await expect(page.getByRole('option', { name: /A lost password/ })).toBeVisible();
	await field.fill('there is nothing like qxzv');
	await expect(page.getByRole('status').filter({ hasText: 'Nothing fits' })).toBeVisible();
	await field.press('Escape');
	await expect(field).toBeHidden();

	await goTo(page, 'Home');
	await page.keyboard.press('?');
	const keys = page.getByRole('dialog', { name: 'Keys' });
	await expect(keys.getByText('Ctrl+K')).toBeVisible();
	await keys.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('button', { name: 'Leave the first steps' }).click();
	await expect(page.getByRole('heading', { name: 'Your language' })).toBeHidden();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('heading', { name: 'Your language' })).toBeVisible();
});

test('search: who types and presses Enter at once comes to what was typed, however slow the machine is', async ({ page }) => {
	const machine = await page.context().newCDPSession(page);
	const field = page.getByRole('combobox', { name: 'Search and do' });
	for (const [typed, title] of [
		['recently del', 'Recently deleted'],
		['audit', 'Audit log'],
	] as const) {
		await page.keyboard.press('Control+k');
		await expect(field).toBeFocused();
		await machine.send('Emulation.setCPUThrottlingRate', { rate: 20 });
		await field.fill(typed);
		await page.keyboard.press('Enter');
		await machine.send('Emulation.setCPUThrottlingRate', { rate: 1 });
		await expect(field).toBeHidden();
		await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	}
});
