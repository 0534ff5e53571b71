import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { enter, signIn } from '../e2e/support/connect.ts';
import type { Filled } from '../e2e/support/fill/Filled.ts';
import { fillHomeroom } from '../e2e/support/fill/fillHomeroom.ts';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { openScreen, settled } from '../e2e/support/openScreen.ts';
import { refuseCalls } from '../e2e/support/refuseCalls.ts';
import { addressOf, type Screen } from '../e2e/support/screens.ts';

import { removeData, type Served, startServe } from '../e2e/support/startServe.ts';
import { type Choice, choosePictures, type State, sizes } from './pictures/choosePictures.ts';

// Takes a picture of every screen: empty, filled and failing, in both languages, both themes and two sizes. Needs `npm run build` first.
// usage: npm run pictures -- [NAME … | empty | full | error | en | zh | light | dark | 1280 | 1920]
// NAME is how a screen's name begins (e2e/support/screens.ts), such as `grading`. The pictures lie in pictures/.

const folder = fileURLToPath(new URL('../pictures', import.meta.url));

const choice = choosePictures(process.argv.slice(2));
const found = findBrowser();
if (typeof choice === 'string' || found === null) {
	console.error(found ? choice : 'The pictures need Chrome, Chromium or Edge. Install one, for example: sudo apt-get install chromium');
	process.exit(2);
}
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: found.path, args: found.args });
let taken = 0;
try {
	for (const state of choice.states) await takeState(browser, choice, state);
} finally {
	await browser.close();
}
console.log(`${taken} pictures in ${folder}`);

/** Pictures of an app of its own: at the door, then of every screen inside. */
async function takeState(browser: Browser, choice: Choice, state: State): Promise<void> {
	const doors = choice.screens.filter(({ path }) => path === null);
	const inside = choice.screens.filter(({ path }) => path !== null);
	const served = await startServe();
	try {
		// Before anybody has a password the door shows how to begin.
		if (state === 'empty') await takeScreens(browser, choice, { state, screens: doors, served, filled: null });
		const cookie = await signIn(served);
		const filled = state === 'empty' ? null : await fillHomeroom(served.origin, cookie);
		if (state === 'full') await takeScreens(browser, choice, { state, screens: doors, served, filled });
		await takeScreens(browser, choice, { state, screens: inside, served, filled });
	} finally {
		await served.stop();
		await removeData(served);
	}
}

/** An app to take pictures of, and which of its screens: those at the door, or those inside. */
interface Sight {
	state: State;
	screens: Screen[];
	served: Served;
	filled: Filled | null;
}

async function takeScreens(browser: Browser, choice: Choice, sight: Sight): Promise<void> {
	for (const language of choice.languages) {
		for (const theme of choice.themes) {
			const context = await browser.newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: theme, reducedMotion: 'reduce' });
			const page = await context.newPage();
			if (sight.state === 'error') await refuseCalls(page);
			const isInside = sight.screens.some(({ path }) => path !== null);
			if (isInside) await enter(page, sight.served, await signIn(sight.served));
			for (const screen of sight.screens) await takeScreen(page, choice, sight, screen, `${sight.state}.${language}.${theme}`);
			await context.close();
		}
	}
}

async function takeScreen(page: Page, choice: Choice, { served, filled }: Sight, screen: Screen, look: string): Promise<void> {
	const address = addressOf(screen, filled);
	if (address === null) return;
	await openScreen(page, served.origin, address);
	for (const size of choice.sizes) {
		await page.setViewportSize(sizes[size]);
		await settled(page);
		await page.screenshot({ path: path.join(folder, `${screen.name}.${look}.${size}.png`) });
		taken++;
	}
}
