import type { Locator, Page } from '@playwright/test';
import { breachesOf } from './breachesOf.ts';
import { movements } from './movements.ts';
import { settled } from './openScreen.ts';

const popup = '[role=dialog], [role=menu], [role=alertdialog]';

/** Opens each dialog and menu of a screen, and says what axe finds wrong in it, what of it moves, and where Escape does not close it or does not give the focus back. */
export async function faultsOfOpenings(page: Page, named: readonly string[]): Promise<string[]> {
	const inside = page.locator('#content');
	const openers = [...(await inside.locator('[aria-haspopup]:not([aria-haspopup=listbox]):visible:enabled').all())];
	const faults: string[] = [];
	for (const name of named) {
		const button = inside.getByRole('button', { name, exact: true }).first();
		if ((await button.count()) > 0) openers.push(button);
		else faults.push(`${name}: there is no such button`);
	}
	const tried = new Set<string>();
	for (const opener of openers) {
		const name = (await opener.getAttribute('aria-label')) ?? (await opener.textContent()) ?? '';
		// The menu of each row of a list is the same.
		const kind = name.replace(/“.*”/, '');
		if (tried.has(kind)) continue;
		tried.add(kind);
		faults.push(...(await faultsOfOpening(page, opener)).map((fault) => `${name}: ${fault}`));
	}
	return faults;
}

async function faultsOfOpening(page: Page, opener: Locator): Promise<string[]> {
	await opener.click({ timeout: 5_000 });
	const opened = page.locator(popup).filter({ visible: true });
	const isOpened = await opened
		.first()
		.waitFor({ timeout: 5_000 })
		.then(
			() => true,
			() => false,
		);
	if (!isOpened) return ['nothing opens'];
	await settled(page);
	const faults = [...(await breachesOf(page, popup)), ...(await movements(page))];
	for (let more = await opened.count(); more > 0; more--) await page.keyboard.press('Escape');
	await opened
		.first()
		.waitFor({ state: 'hidden', timeout: 5_000 })
		.catch(() => faults.push('Escape does not close it'));
	const hasFocus = await opener.evaluate((element) => element.ownerDocument.activeElement === element);
	return hasFocus ? faults : [...faults, 'the focus does not come back'];
}
