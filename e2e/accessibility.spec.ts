import { breachesOf } from './support/breachesOf.ts';
import { clippedActs } from './support/clippedActs.ts';
import { expect, test, walkScreens } from './support/filledHomeroom.ts';
import { misdirected } from './support/misdirected.ts';
import { faultsOfOpenings } from './support/openings.ts';
import { tabThrough } from './support/tabStops.ts';

test.beforeEach(() => {
	test.skip(test.info().project.name === 'desktop', 'The window shows the same pages.');
	test.setTimeout(600_000);
});

for (const theme of ['light', 'dark'] as const) {
	test(`no screen keeps anybody out, ${theme}`, async ({ browser, homeroom }) => {
		const breaches: string[] = [];
		await walkScreens(browser, homeroom, { theme }, async (page, { name }) => {
			for (const breach of await breachesOf(page)) breaches.push(`${name}: ${breach}`);
		});
		expect(breaches).toEqual([]);
	});
}

test('every act of every screen is reached by the Tab key, which shows where it is and goes round', async ({ browser, homeroom }) => {
	const faults: string[] = [];
	await walkScreens(browser, homeroom, {}, async (page, { name, path }) => {
		// The rail is the same everywhere.
		const { unseen, trappedAt, unreached } = await tabThrough(page, path === null || path === '/' ? 'body' : '#content');
		faults.push(...unseen.map((what) => `${name}: the focus is not seen on ${what}`), ...unreached.map((what) => `${name}: not reached: ${what}`));
		if (trappedAt !== null) faults.push(`${name}: the focus is held by ${trappedAt}`);
	});
	expect(faults).toEqual([]);
});

test('dialogs and menus keep nobody out, close by Escape, and give the focus back', async ({ browser, homeroom }) => {
	const faults: string[] = [];
	await walkScreens(browser, homeroom, { theme: 'dark' }, async (page, { name, path, opens = [] }) => {
		if (path !== null) faults.push(...(await faultsOfOpenings(page, opens)).map((fault) => `${name}: ${fault}`));
	});
	expect(faults).toEqual([]);
});

test('what is written from right to left is laid out so, wherever it stands', async ({ browser, homeroom }) => {
	const faults: string[] = [];
	await walkScreens(browser, homeroom, {}, async (page, { name }) => {
		faults.push(...(await misdirected(page)).map((fault) => `${name}: ${fault}`));
	});
	expect(faults).toEqual([]);
});

test('where the system forces its colours, what is chosen still differs from what is not, and drawings keep theirs', async ({ browser, homeroom }) => {
	const faults: string[] = [];
	let drawings = 0;
	await walkScreens(browser, homeroom, { forcedColors: 'active' }, async (page, { name }) => {
		const background = (selector: string) =>
			page
				.locator(selector)
				.first()
				.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).backgroundColor);
		const isThere = async (selector: string) => (await page.locator(selector).count()) > 0;
		const chosen = '.MuiToggleButton-root.Mui-selected';
		const other = '.MuiToggleButton-root:not(.Mui-selected)';
		if ((await isThere(chosen)) && (await isThere(other)) && (await background(chosen)) === (await background(other))) faults.push(`${name}: what is chosen`);
		const bar = '.MuiLinearProgress-bar';
		if (!(await isThere(bar))) return;
		drawings++;
		if ((await background(bar)) === (await background('body'))) faults.push(`${name}: a bar`);
	});
	expect(faults).toEqual([]);
	expect(drawings).toBeGreaterThan(0);
});

test('at twice the size nothing that can be pressed is cut off, and nothing is read in two directions', async ({ browser, homeroom }) => {
	const faults: string[] = [];
	await walkScreens(browser, homeroom, { viewport: { width: 640, height: 400 } }, async (page, { name }) => {
		faults.push(...(await clippedActs(page)).map((fault) => `${name}: ${fault}`));
	});
	expect(faults).toEqual([]);
});
