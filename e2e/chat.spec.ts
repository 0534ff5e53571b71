import { expect, goTo, loadDemo, test } from './support/story.ts';

test('a conversation: a question about the app is answered, an edit makes a sibling, deleting can be undone', async ({ page }) => {
	await loadDemo(page);
	await goTo(page, 'Chat');
	await page.getByRole('button', { name: 'Start a conversation' }).click();
	await page.getByRole('textbox', { name: 'Your message' }).fill('What is Homeroom?');
	await page.keyboard.press('Enter');
	const messages = page.getByRole('log', { name: 'Messages' }).or(page.getByLabel('Messages'));
	await expect(messages.getByText('What is Homeroom?', { exact: true })).toBeVisible();
	await expect(messages.getByText(/tokens\/s/)).toBeVisible({ timeout: 90_000 });
	await expect(messages.getByText(/language models on this computer, without internet/)).toBeVisible();

	await messages.getByText('What is Homeroom?', { exact: true }).hover();
	await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
	await messages.getByRole('textbox').fill('Translate into Chinese: Good morning.');
	await messages.getByRole('button', { name: 'Send' }).click();
	await expect(messages.getByText('Translate into Chinese: Good morning.')).toBeVisible();
	await expect(messages.getByText('早上好。', { exact: true })).toBeVisible({ timeout: 90_000 });
	await expect(messages.getByText('2 / 2').or(messages.getByText('2/2')).first()).toBeVisible();
	await page.getByRole('button', { name: 'Previous version' }).first().click();
	await expect(messages.getByText('What is Homeroom?', { exact: true })).toBeVisible();

	await page
		.getByRole('button', { name: /^More for/ })
		.first()
		.click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(page.getByText('No conversations yet')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('No conversations yet')).toHaveCount(0);
});

test('markup in a message is shown as text or as markdown, and nothing of it runs or loads', async ({ page }) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.evaluate(() => Object.assign(globalThis, { ran: 0 }));
	await loadDemo(page);
	await goTo(page, 'Chat');
	await page.getByRole('button', { name: 'Start a conversation' }).click();
	const hostile = '<img src=x onerror="ran++"> <script>ran++</script> ![a](http://127.0.0.1:9/leak.png) [b](javascript:ran++)';
	await page.getByRole('textbox', { name: 'Your message' }).fill(hostile);
	await page.keyboard.press('Enter');
	await expect(page.getByText('<script>ran++</script>', { exact: false }).first()).toBeVisible();
	await expect(page.getByText(/tokens\/s/)).toBeVisible({ timeout: 90_000 });
	expect(await page.evaluate(() => Reflect.get(globalThis, 'ran'))).toBe(0);
	expect(await page.locator('main script, main iframe, main [onerror], main a[href^="javascript"]').count()).toBe(0);
	const here = new URL(page.url()).origin;
	expect(asked.filter((url) => /^(https?|wss?|file|ftp):/.test(url) && new URL(url).host !== new URL(here).host)).toEqual([]);
});
