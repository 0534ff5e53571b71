import type { Page } from '@playwright/test';

const loadQuietMs = 300;
const patienceMs = 5_000;
/** How long the screen that is left may go on showing its title: pages of one thing share it. */
const sameTitleMs = 1_000;

/** For the page: settles once nothing has changed for so many milliseconds. */
const rest = (quietMs: number) => `(async () => {
	await document.fonts.ready;
	await new Promise((resolve) => {
		const end = () => {
			observer.disconnect();
			clearTimeout(limit);
			resolve();
		};
		let calm = setTimeout(end, ${quietMs});
		const limit = setTimeout(end, ${patienceMs});
		const observer = new MutationObserver(() => {
			clearTimeout(calm);
			calm = setTimeout(end, ${quietMs});
		});
		observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
	});
})()`;

/** Goes to an address of the app, as typed behind the #, and waits until what is there has settled. */
export async function openScreen(page: Page, origin: string, address: string): Promise<void> {
	await page.evaluate(`document.querySelector('h1')?.setAttribute('data-left', '')`);
	await page.goto(`${origin}/#${address}`);
	const title = page.locator('h1:not([data-left])').first();
	await title.waitFor({ state: 'attached', timeout: sameTitleMs }).catch(() => {});
	await settled(page);
}

/**
 * Waits until the screen's code and the fonts are there and nothing has changed for `quietMs`, by default long enough for what a screen asks the app
 * for; a page that never rests is taken as it is after a while.
 */
export async function settled(page: Page, quietMs = loadQuietMs): Promise<void> {
	await page.locator('h1, [role=alert]').first().waitFor({ state: 'attached' });
	await page.evaluate(rest(quietMs));
}
