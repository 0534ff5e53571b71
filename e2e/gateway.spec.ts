import { createServer } from 'node:net';
import OpenAI from 'openai';
import { expect, goTo, loadDemo, test } from './support/story.ts';

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a program of another’s gets an answer once the gateway is open and it has a key, and none after it is closed', async ({ page }) => {
	await loadDemo(page);
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }).click();
	await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Gateway' }).click();
	await expect(page.getByText('closed', { exact: true })).toBeVisible();
	const port = page.getByRole('textbox', { name: 'Port' });
	await port.fill(String(await freePort()));
	await port.press('Enter');
	await page.getByRole('switch', { name: 'Let other programs in' }).check();
	await expect(page.getByText('open', { exact: true })).toBeVisible();
	const baseURL = (await page.locator('code', { hasText: /^http:.*\/v1$/ }).textContent()) ?? '';

	await page.getByRole('link', { name: 'To my keys' }).click();
	await page.getByRole('button', { name: 'Make a key' }).click();
	const dialog = page.getByRole('dialog', { name: 'Make a key' });
	await dialog.getByRole('textbox', { name: 'What it is for' }).fill('A story');
	await dialog.getByRole('textbox', { name: 'Tokens a month' }).fill('5000');
	await dialog.getByRole('button', { name: 'Make a key' }).click();
	const apiKey = (await page.getByRole('dialog', { name: 'Your key' }).locator('code').textContent()) ?? '';
	await page.getByRole('button', { name: 'Done' }).click();

	const openai = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
	const [model] = (await openai.models.list()).data;
	const answer = await openai.chat.completions.create({
		model: model?.id ?? '',
		messages: [{ role: 'user', content: 'Why are there tides?' }],
		max_tokens: 20,
	});
	expect(answer.choices[0]?.message.content).toMatch(/\w/);
	await page.reload();
	await expect(page.getByText(/^hr_.*[1-9]\d* of 5,000 tokens this month/)).toBeVisible();

	await page.goto(`${new URL(page.url()).origin}/#/admin/gateway`);
	await page.getByRole('switch', { name: 'Let other programs in' }).uncheck();
	await expect(page.getByText('closed', { exact: true })).toBeVisible();
	await expect(openai.models.list()).rejects.toThrow();
	await goTo(page, 'Home');
});
