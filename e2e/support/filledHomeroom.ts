import { type Browser, test as base, expect, type Page } from '@playwright/test';
import { enter, signIn } from './connect.ts';
import type { Filled } from './fill/Filled.ts';
import { fillHomeroom } from './fill/fillHomeroom.ts';
import { openScreen } from './openScreen.ts';
import { addressOf, type Screen, screens } from './screens.ts';
import { removeData, type Served, startServe } from './startServe.ts';

/** An app that has been in use for months. */
export interface FilledHomeroom {
	served: Served;
	filled: Filled;
}

/** Stories that share one filled Homeroom. */
export const test = base.extend<object, { homeroom: FilledHomeroom }>({
	homeroom: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are asked for
		async ({}, use) => {
			const served = await startServe();
			try {
				await use({ served, filled: await fillHomeroom(served.origin, await signIn(served)) });
			} finally {
				await served.stop();
				await removeData(served);
			}
		},
		{ scope: 'worker', timeout: 300_000 },
	],
});

/** Shows every screen there is in one page, one after the other: first those at the door, then those inside. None of them may try what the page's security policy forbids. */
export async function walkScreens(
	browser: Browser,
	{ served, filled }: FilledHomeroom,
	see: (page: Page, screen: Screen) => Promise<void>,
	colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', colorScheme, reducedMotion: 'reduce' });
	const refused: string[] = [];
	page.on('console', (message) => {
		if (/Content Security Policy|Trusted(Script|HTML|Type)/.test(message.text())) refused.push(`${page.url()}: ${message.text()}`);
	});
	try {
		for (const screen of screens.filter(({ path }) => path === null)) await show(screen);
		await enter(page, served, await signIn(served));
		for (const screen of screens.filter(({ path }) => path !== null)) await show(screen);
	} finally {
		await page.close();
	}
	expect(refused).toEqual([]);

	async function show(screen: Screen) {
		await openScreen(page, served.origin, addressOf(screen, filled) ?? '/');
		if (screen.path !== null) await page.locator('#content').waitFor();
		await see(page, screen);
	}
}

export { expect };
