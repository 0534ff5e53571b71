import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { refuse, type ServedBackend, serveBackend } from '../src-main/features/routes/backends/serveBackend.test-support.ts';
import { expect, goTo, test } from './support/story.ts';

const key = 'sk-Story';
let server: ServedBackend;
test.beforeEach(async () => {
	server = await serveBackend(refuse(200, { object: 'list', data: [{ id: 'qwen3:4b' }, { id: 'llama3.2:3b' }] }));
});
test.afterEach(() => server.close());

const rail = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const openAdmin = async (page: Page, tab: string) => {
	await rail(page).getByRole('link', { name: 'Admin' }).click();
	await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: tab }).click();
};

test('a backend is set up and tested, what was asked is listed, and offline it is not asked', async ({ page }) => {
	await openAdmin(page, 'Backends');
	await expect(page.getByText('Every answer comes from this machine')).toBeVisible();
	await page.getByRole('button', { name: 'Add backend' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add a backend' });
	// It says where the text goes before anything is saved.
	await dialog.getByRole('combobox', { name: 'Kind' }).click();
	await page.getByRole('option', { name: 'DeepSeek' }).click();
	await expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue('https://api.deepseek.com');
	await expect(dialog.getByText(/leaves this machine: .* goes to api\.deepseek\.com/)).toBeVisible();
	await dialog.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${server.port}`);
	await expect(dialog.getByText('This server runs on this machine')).toBeVisible();
	await dialog.getByRole('combobox', { name: 'Kind' }).click();
	await page.getByRole('option', { name: 'Ollama' }).click();
	await dialog.getByRole('textbox', { name: 'Name' }).fill('School server');
	await dialog.getByLabel('Key').fill(key);
	await dialog.getByRole('button', { name: 'Add backend' }).click();

	const row = page.getByRole('listitem', { name: 'School server' });
	await expect(row.getByText('On this machine')).toBeVisible();
	await expect(row.getByText('Key kept')).toBeVisible();
	await row.getByRole('button', { name: 'Test' }).click();
	await expect(row.getByText(/It has 2 models\./)).toBeVisible();
	await expect(row.getByText('qwen3:4b')).toBeVisible();
	expect(server.seen).toMatchObject([{ path: '/v1/models', authorization: `Bearer ${key}` }]);
	expect(await page.content()).not.toContain(key);

	server.answerWith(refuse(401, { error: { message: 'wrong' } }));
	await row.getByRole('button', { name: 'Test' }).click();
	await expect(row.getByText(/does not accept the key/)).toBeVisible();

	// The switch is on every screen, and its state with it.
	await goTo(page, 'Chat');
	await rail(page).getByRole('button', { name: 'Online' }).click();
	await page.getByRole('dialog', { name: 'Stay offline' }).getByRole('switch', { name: 'Stay offline' }).check();
	await page.keyboard.press('Escape');
	await expect(rail(page).getByRole('button', { name: 'Offline' })).toBeVisible();

	await openAdmin(page, 'Backends');
	await page.getByRole('button', { name: 'What can be done with School server' }).click();
	await page.getByRole('menuitem', { name: 'Change…' }).click();
	const change = page.getByRole('dialog', { name: 'Change “School server”' });
	await change.getByRole('textbox', { name: 'Address' }).fill('https://models.example/v1');
	await expect(change.getByText('Another server gets no key of the one before.')).toBeVisible();
	await change.getByRole('button', { name: 'Save' }).click();
	await expect(row.getByText('No key')).toBeVisible();
	await row.getByRole('button', { name: 'Test' }).click();
	await expect(row.getByText(/set to stay offline/)).toBeVisible();

	await openAdmin(page, 'Connections');
	const hosts = page.getByRole('table', { name: 'Servers' });
	await expect(hosts.getByRole('row', { name: new RegExp(`127\\.0\\.0\\.1:${server.port} 2 0`) })).toBeVisible();
	await expect(hosts.getByRole('row', { name: /models\.example 0 1/ })).toBeVisible();
	const all = page.getByRole('table', { name: 'All connections' });
	await expect(all.getByRole('row', { name: /Connection test.*models\.example.*Refused: offline/ })).toBeVisible();
	await page.getByRole('button', { name: 'Show the connections to models.example' }).click();
	await expect(all.getByText(`127.0.0.1:${server.port}`)).toHaveCount(0);
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as CSV' }).click();
	expect(await readFile(await (await saved).path(), 'utf8')).toContain('models.example,refused');

	await openAdmin(page, 'Backends');
	await page.getByRole('button', { name: 'What can be done with School server' }).click();
	await page.getByRole('menuitem', { name: 'Remove' }).click();
	await page.getByRole('dialog', { name: 'Remove “School server”?' }).getByRole('button', { name: 'Remove' }).click();
	await expect(page.getByText('Every answer comes from this machine')).toBeVisible();
});
