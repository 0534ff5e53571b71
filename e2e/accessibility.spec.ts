import type { Page } from '@playwright/test';
import { breachesOf, breachesOfColours } from './support/breachesOf.ts';
import { clippedActs } from './support/clippedActs.ts';
import { expect, test, walkScreens } from './support/filledHomeroom.ts';
import { forcedColourFaults } from './support/forcedColourFaults.ts';
import { misdirected } from './support/misdirected.ts';
import { movements } from './support/movements.ts';
import { faultsOfOpenings } from './support/openings.ts';
import { settled } from './support/openScreen.ts';
import { tabThrough } from './support/tabStops.ts';

const usual = { width: 1280, height: 800 };
/** The usual window at twice the size of its letters. */
const doubled = { width: 640, height: 400 };
/** What follows from another theme or size is there at once, but for what is measured anew. */
const turnQuietMs = 100;

test.beforeEach(() => {
	test.skip(test.info().project.name === 'desktop', 'The window shows the same pages.');
	// A machine that is busy takes many times as long.
	test.setTimeout(1_200_000);
});

test('no screen keeps anybody out: light, dark, in forced colours, at twice the size, from right to left, without movement', async ({ browser, homeroom }) => {
	const faults: string[] = [];
	let drawings = 0;
	await walkScreens(browser, homeroom, async (page, { name }) => {
		const tell = (look: string, found: readonly string[]) => faults.push(...found.map((fault) => `${name}, ${look}: ${fault}`));
		tell('light', await breachesOf(page));
		tell('from right to left', await misdirected(page));
		tell('with less movement', await movements(page));
		await turn(page, { colorScheme: 'dark' });
		tell('dark', await breachesOfColours(page));
		await turn(page, { colorScheme: 'light', forcedColors: 'active' });
		const forced = await forcedColourFaults(page);
		tell('forced colours', forced.faults);
		drawings += forced.drawings;
		await turn(page, { forcedColors: 'none' }, doubled);
		tell('twice the size', await clippedActs(page));
		await turn(page, {}, usual);
	});
	expect(faults).toEqual([]);
	expect(drawings).toBeGreaterThan(0);
});

test('every act of every screen is reached by the Tab key, which shows where it is; dialogs and menus close by Escape and give the focus back', async ({
	browser,
	homeroom,
}) => {
	const faults: string[] = [];
	await walkScreens(
		browser,
		homeroom,
		async (page, { name, path, opens = [] }) => {
			// The rail is the same everywhere.
			const { unseen, trappedAt, unreached } = await tabThrough(page, path === null || path === '/' ? 'body' : '#content');
			faults.push(...unseen.map((what) => `${name}: the focus is not seen on ${what}`), ...unreached.map((what) => `${name}: not reached: ${what}`));
			if (trappedAt !== null) faults.push(`${name}: the focus is held by ${trappedAt}`);
			if (path !== null) faults.push(...(await faultsOfOpenings(page, opens)).map((fault) => `${name}: ${fault}`));
		},
		'dark',
	);
	expect(faults).toEqual([]);
});

test('each examination finds what it looks for', async ({ browser }) => {
	const page = await browser.newPage({ viewport: doubled });
	await page.setContent(`<p style="color: #bbb">pale</p><main id="content" tabindex="-1" style="height: 60px; overflow: hidden"><h1>Faults</h1>
		<p dir="ltr">مرحبا</p>
		<button id="blind" style="outline: none">Blind</button><a href="#x" tabindex="0" onfocus="this.blur()">Fleeing</a>
		<div style="width: 900px"></div><button style="margin-top: 90px">Below</button>
		<button class="MuiToggleButton-root Mui-selected">One</button><button class="MuiToggleButton-root">Other</button></main>
		<div style="width: 900px; height: 1px"></div><i style="transition: opacity 300ms">slow</i>`);
	expect((await breachesOf(page)).map((breach) => breach.split(' ')[0])).toContain('html-has-lang');
	expect((await breachesOfColours(page)).join()).toContain('color-contrast');
	expect(await misdirected(page)).toEqual(['p “مرحبا”']);
	expect(await movements(page)).toEqual(['i changes slowly']);
	expect(await clippedActs(page)).toEqual(expect.arrayContaining(['button Below is cut off above or below', expect.stringContaining('px wide')]));
	expect((await forcedColourFaults(page)).faults).toEqual(['what is chosen']);
	const { unseen, unreached } = await tabThrough(page, '#content');
	expect([unseen.join(), unreached.join()]).toEqual([expect.stringContaining('Blind'), expect.stringContaining('Fleeing')]);
	await page.close();
});

async function turn(page: Page, media: Parameters<Page['emulateMedia']>[0], viewport?: typeof usual): Promise<void> {
	await page.emulateMedia(media);
	if (media?.colorScheme) await page.locator(`html[data-scheme=${media.colorScheme}]`).waitFor();
	if (viewport) await page.setViewportSize(viewport);
	await settled(page, turnQuietMs);
}
