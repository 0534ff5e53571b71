import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { owner } from './support/connect.ts';
import { expect, goTo, test } from './support/story.ts';

let folder: string;
test.beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-backup-story-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const exported = [
	{
		title: 'Tides of old',
		conversation_id: 'one',
		create_time: 1_700_000_000,
		current_node: 'a',
		mapping: {
			u: { id: 'u', parent: null, message: { author: { role: 'user' }, content: { parts: ['Why are there tides?'] } } },
			a: {
				id: 'a',
				parent: 'u',
				message: { author: { role: 'assistant' }, content: { parts: ['The moon pulls the water.'] }, metadata: { model_slug: 'gpt-4' } },
			},
		},
	},
];

test('conversations of ChatGPT come in, are backed up under a password, and are there again after a restore', async ({ page }) => {
	test.skip(test.info().project.name === 'desktop', 'the window that opens again is another one');
	const file = path.join(folder, 'conversations.json');
	await writeFile(file, JSON.stringify(exported));
	await goTo(page, 'Chat');
	await page.getByRole('button', { name: 'Import conversations' }).click();
	const dialog = page.getByRole('dialog', { name: 'Import conversations' });
	const choosing = page.waitForEvent('filechooser');
	await dialog.getByText('Choose files').click();
	await (await choosing).setFiles(file);
	await expect(dialog.getByText('1 new conversation with 2 messages.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Take in 1 conversation' }).click();
	await expect(dialog.getByText('1 conversation was taken in, with 2 messages.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('link', { name: 'Tides of old' }).click();
	await expect(page.getByText('The moon pulls the water.')).toBeVisible();

	await goTo(page, 'Settings');
	await page.getByRole('link', { name: 'Backup' }).click();
	const now = page.getByRole('region', { name: 'Back up now' });
	await now.getByRole('textbox', { name: 'Folder' }).fill(folder);
	await now.getByRole('switch', { name: 'Under a password' }).click();
	await now.getByLabel('Password of the backup').fill('open sesame');
	await now.getByLabel('The same again').fill('open sesame');
	await now.getByRole('button', { name: 'Back up', exact: true }).click();
	await expect(now.getByText(/^Backed up: /)).toBeVisible({ timeout: 60_000 });
	const name = (await readdir(folder)).find((each) => each.endsWith('.homeroom')) ?? '';

	await goTo(page, 'Chat');
	await page.getByRole('button', { name: 'More for “Tides of old”' }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(page.getByRole('link', { name: 'Tides of old' })).toHaveCount(0);

	await goTo(page, 'Settings');
	await page.getByRole('link', { name: 'Backup' }).click();
	const restore = page.getByRole('region', { name: 'Restore' });
	await restore.getByRole('textbox', { name: 'File' }).fill(path.join(folder, name));
	await restore.getByRole('button', { name: 'Look inside' }).click();
	await restore.getByLabel('Password of the backup').fill('open barley');
	await restore.getByRole('button', { name: 'Look inside' }).click();
	await expect(restore.getByText('This is not the password of')).toBeVisible();
	await restore.getByLabel('Password of the backup').fill('open sesame');
	await restore.getByRole('button', { name: 'Look inside' }).click();
	await page.getByRole('dialog', { name: 'Restore this backup?' }).getByRole('button', { name: 'Unpack and check' }).click();
	await page.getByRole('button', { name: 'Restart now' }).click({ timeout: 60_000 });
	// Whoever was signed in signs in anew, with the password of that time.
	const password = page.getByLabel('Password', { exact: true });
	await password.waitFor({ timeout: 60_000 });
	await page.getByRole('textbox', { name: 'Name' }).fill(owner.name);
	await password.fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await goTo(page, 'Chat');
	await expect(page.getByRole('link', { name: 'Tides of old' })).toBeVisible();
});
