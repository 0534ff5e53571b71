import { test as base, expect, type Page } from '@playwright/test';
import { removeData, startServe } from './support/startServe.ts';
import { addTestModel } from './support/story.ts';

const passwords = { owner: 'a stone in the shoe', teacher: 'chalk dust 板书 settles', viewer: 'eyes only, no hands' };

/** A school of several browsers, each of a person of its own, at one Homeroom that nobody has set up yet. */
interface School {
	/** The link that the terminal shows. */
	firstLink: string;
	origin: string;
	/** A browser in which nobody is signed in. */
	openBrowser(): Promise<Page>;
	/** A browser in which the owner, Ada, has just set Homeroom up. */
	setUp(): Promise<Page>;
}

const test = base.extend<{ school: School }>({
	school: async ({ browser }, use, testInfo) => {
		test.skip(testInfo.project.name === 'desktop', 'several people at once need several browsers');
		const served = await startServe();
		const open: Page[] = [];
		const firstLink = `${served.origin}/#/setup/${served.setupCode}`;
		const openBrowser = async () => {
			const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
			const page = await context.newPage();
			open.push(page);
			return page;
		};
		const setUp = async () => {
			const page = await openBrowser();
			await page.goto(firstLink);
			await page.getByLabel('Name').fill('Ada');
			await page.getByLabel('New password').fill(passwords.owner);
			await page.getByRole('button', { name: 'Begin' }).click();
			await atHome(page);
			return page;
		};
		try {
			await use({ firstLink, origin: served.origin, openBrowser, setUp });
		} finally {
			for (const page of open) await page.context().close();
			await served.stop();
			await removeData(served);
		}
	},
});

async function atHome(page: Page): Promise<void> {
	await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Main' });

/** Has an administrator add a person; the link with which that person chooses a password. */
async function addPerson(page: Page, name: string, role: 'Viewer' | 'User' | 'Administrator'): Promise<string> {
	await rail(page).getByRole('link', { name: 'Admin' }).click();
	await page.getByRole('button', { name: 'Add a person' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add a person' });
	await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
	await dialog.getByRole('radio', { name: role }).check();
	await dialog.getByRole('button', { name: 'Add a person' }).click();
	const shown = page.getByRole('dialog', { name: `A code for ${name}` });
	const link = (await shown.getByRole('code').textContent()) ?? '';
	await shown.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByRole('row', { name: new RegExp(`${name}.*No password yet`) })).toBeVisible();
	return link;
}

/** A person chooses a password with the link of an administrator. */
async function choosePassword(page: Page, link: string, password: string): Promise<void> {
	await page.goto(link);
	await page.getByLabel('New password').fill(password);
	await page.getByRole('button', { name: 'Keep the password and sign in' }).click();
	await atHome(page);
}

test('the owner adds a teacher, who comes in with the code and sees nothing of the owner', async ({ school }) => {
	const stranger = await school.openBrowser();
	await stranger.goto(school.origin);
	await expect(stranger.getByRole('heading', { name: 'Homeroom is not set up yet' })).toBeVisible();

	const owner = await school.setUp();
	await rail(owner).getByRole('link', { name: 'Chat' }).click();
	await owner.getByRole('button', { name: 'Start a conversation' }).click();
	await expect(owner).toHaveURL(/#\/chat\/.+/);
	const conversation = owner.url();
	const link = await addPerson(owner, 'Mr Brown', 'User');

	const teacher = await school.openBrowser();
	await teacher.goto(link);
	await expect(teacher.getByRole('heading', { name: 'Welcome, Mr Brown' })).toBeVisible();
	await teacher.getByLabel('New password').fill('short');
	await teacher.getByRole('button', { name: 'Keep the password and sign in' }).click();
	await expect(teacher.getByText('at least 8 characters')).toBeVisible();
	await choosePassword(teacher, link, passwords.teacher);
	await expect(rail(teacher).getByRole('link', { name: 'Admin' })).toHaveCount(0);
	await rail(teacher).getByRole('link', { name: 'Chat' }).click();
	await expect(teacher.getByText('No conversations yet')).toBeVisible();
	await teacher.goto(conversation);
	await expect(teacher.getByText('This is not there any more, or it is not yours.').first()).toBeVisible();
	await teacher.goto(`${school.origin}/#/admin`);
	await atHome(teacher);

	await stranger.goto(link);
	await expect(stranger.getByText('This code is not known, was used already, or is too old.')).toBeVisible();
	await expect(owner.getByRole('row', { name: /Mr Brown.*User/ })).toBeVisible();
});

test('a viewer is shown the models and none of the acts that need more', async ({ school }, testInfo) => {
	const owner = await school.setUp();
	await addTestModel(owner, testInfo.outputPath('model'));
	const link = await addPerson(owner, 'Kim', 'Viewer');

	const viewer = await school.openBrowser();
	await choosePassword(viewer, link, passwords.viewer);
	await expect(rail(viewer).getByRole('link')).toHaveText([/Home/, /Models/, /Settings/, /./]);
	await rail(viewer).getByRole('link', { name: 'Models' }).click();
	await expect(viewer.getByRole('row', { name: /Homeroom test/ })).toBeVisible();
	await expect(viewer.getByRole('button', { name: /Load|Add a model/ })).toHaveCount(0);
	await expect(viewer.getByRole('checkbox')).toHaveCount(0);
	await viewer.getByRole('button', { name: /^More for/ }).click();
	await expect(viewer.getByRole('menuitem')).toHaveText([/Details/, /Copy/]);
	await viewer.goto(`${school.origin}/#/chat`);
	await atHome(viewer);
	await expect(viewer.getByRole('alert')).toHaveCount(0);
});

test('a session that the administrator ends is over at once, and its person comes back to the same place', async ({ school }) => {
	const owner = await school.setUp();
	const link = await addPerson(owner, 'Mr Brown', 'User');
	const teacher = await school.openBrowser();
	await choosePassword(teacher, link, passwords.teacher);
	await rail(teacher).getByRole('link', { name: 'Settings' }).click();

	await owner.getByRole('button', { name: 'More for Mr Brown' }).click();
	await owner.getByRole('menuitem', { name: 'Sessions…' }).click();
	await owner.getByRole('button', { name: 'End all' }).click();
	await expect(owner.getByText('Nowhere.')).toBeVisible();

	await expect(teacher.getByRole('heading', { name: 'Sign in' })).toBeVisible();
	await expect(teacher.getByText('Your session is over.')).toBeVisible();
	await expect(teacher.getByLabel('Name')).toHaveValue('Mr Brown');
	await teacher.getByLabel('Password', { exact: true }).fill(passwords.teacher);
	await teacher.keyboard.press('Enter');
	await expect(teacher.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('signing in takes a keyboard alone, and a wrong password says so where it was typed', async ({ school }) => {
	await (await school.setUp()).context().close();
	const page = await school.openBrowser();
	await page.goto(school.origin);
	await expect(page.getByLabel('Name')).toBeFocused();
	await page.keyboard.type('ADA');
	await page.keyboard.press('Tab');
	await page.keyboard.type('a stone in the show');
	await page.keyboard.press('Enter');
	await expect(page.getByText('This name and password do not fit together.')).toBeVisible();
	const password = page.getByLabel('Password', { exact: true });
	await expect(password).toBeFocused();
	await expect(password).toHaveAttribute('aria-invalid', 'true');
	// What was typed is selected, so that typing takes its place.
	await page.keyboard.type(passwords.owner);
	await page.keyboard.press('Enter');
	await atHome(page);

	await page.getByRole('button', { name: 'Ada: account' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: 'Sign out' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
	await expect(page.getByLabel('Name')).toHaveValue('ADA');
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
