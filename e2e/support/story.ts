import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, expect, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/electronBinary.ts';
import { writeTestModel } from '../../src-main/features/library/testModel.ts';
import { enter, owner, signIn } from './connect.ts';
import { removeData, startServe } from './startServe.ts';

/**
 * A person in front of a freshly installed Homeroom: `page` is the app on an empty data folder, in the host of the running project
 * (a Chromium page against `serve`, signed in as its owner, or the real Electron window).
 */
export const test = base.extend<{ page: Page }>({
	page: async ({ browser }, use, testInfo) => {
		if (testInfo.project.name === 'desktop') await inWindow(use);
		else await inBrowser(use);

		async function inBrowser(story: typeof use) {
			const served = await startServe();
			const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', acceptDownloads: true });
			try {
				await enter(page, served, await signIn(served));
				await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
				await story(page);
			} finally {
				await page.close();
				await served.stop();
				await removeData(served);
			}
		}
	},
});

async function inWindow(story: (page: Page) => Promise<void>): Promise<void> {
	const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-e2e-'));
	const app = await _electron.launch({
		executablePath: electronBinary() ?? '',
		args: ['.', '--data', dataFolder],
		env: { ...process.env, HOMEROOM_GPU: 'off' },
	});
	try {
		const page = await app.firstWindow();
		await page.getByRole('textbox', { name: 'Name', exact: true }).fill(owner.name);
		await page.getByRole('button', { name: 'Begin without a password' }).click();
		await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
		await story(page);
	} finally {
		// Where a story leaves work running the shell asks before it quits; nobody is there to answer.
		await app.evaluate(({ dialog }) => {
			dialog.showMessageBoxSync = () => 0;
		});
		await app.close();
		await rm(dataFolder, { recursive: true, force: true });
	}
}

/** Goes to a screen by the navigation, as a person does. */
export async function goTo(page: Page, screen: 'Home' | 'Models' | 'Chat' | 'Grading' | 'Subtitles' | 'Convert' | 'Fine-tune' | 'Settings'): Promise<void> {
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
}

/** Loads the demonstration model; the way from nothing to an answer that a machine without internet has. */
export async function loadDemo(page: Page): Promise<void> {
	await goTo(page, 'Home');
	await page.getByRole('button', { name: 'Load the demonstration model' }).click();
	await expect(page.getByText('Ready', { exact: true })).toBeVisible({ timeout: 60_000 });
}

/** Adds the model whose words are random, for stories that need a file but no sense. */
export async function addTestModel(page: Page, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, 'homeroom-test-model.gguf');
	await writeTestModel(file);
	await goTo(page, 'Models');
	await page.getByRole('button', { name: 'Add a model…' }).first().click();
	const dialog = page.getByRole('dialog', { name: 'Add a model' });
	await dialog.getByRole('textbox', { name: 'Path of a GGUF file or a folder' }).fill(file);
	await dialog.getByRole('radio', { name: /^Copy/ }).check();
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByRole('button', { name: /^Load Homeroom test/ })).toBeVisible();
}

export { expect };
