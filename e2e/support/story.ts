import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, expect, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/electronBinary.ts';
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
		await app.close();
		await rm(dataFolder, { recursive: true, force: true });
	}
}

/** Goes to a screen by the navigation, as a person does. */
export async function goTo(page: Page, screen: 'Home' | 'Models' | 'Chat' | 'Grading' | 'Settings'): Promise<void> {
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
}

/** Has Homeroom write its test model; the way from nothing to a model that a machine without internet has. */
export async function writeTestModel(page: Page): Promise<void> {
	await goTo(page, 'Models');
	await page.getByRole('button', { name: 'Write the test model' }).click();
	await expect(page.getByRole('button', { name: /^Load Homeroom test/ })).toBeVisible();
}

export { expect };
