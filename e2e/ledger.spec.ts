import type { Page } from '@playwright/test';
import { addTestModel, expect, goTo, test } from './support/story.ts';

test('a budget: what it cannot pay is refused before it starts, what it pays is on the statement, and the administrator sees it drawn', async ({
	page: admin,
	browser,
}) => {
	test.skip(test.info().project.name === 'desktop', 'the second person sits at a browser');
	await addTestModel(admin, test.info().outputPath('model'));
	await openAdministration(admin, 'People');
	await admin.getByRole('button', { name: 'Add a person' }).click();
	await admin.getByRole('textbox', { name: 'Name' }).fill('Sam');
	await admin.getByRole('dialog').getByRole('button', { name: 'Add a person' }).click();
	const link = await admin.getByRole('dialog', { name: 'A code for Sam' }).getByText('/#/setup/').textContent();
	await admin.getByRole('button', { name: 'Done' }).click();

	const student = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', acceptDownloads: true });
	try {
		await student.goto(link ?? '');
		await student.getByRole('textbox', { name: 'New password' }).fill('seven green bottles');
		await student.getByRole('button', { name: 'Keep the password and sign in' }).click();
		const balance = student.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /tokens left/ });
		await expect(balance).toHaveAccessibleName('1,000 tokens left');

		await give(admin, '-950', 'Balance: 1,000 → 50');
		await expect(balance).toHaveAccessibleName(/^50 tokens left\. This is little/);

		await goTo(student, 'Chat');
		await student.getByRole('button', { name: 'Start a conversation' }).click();
		const composer = student.getByRole('textbox', { name: 'Your message' });
		await composer.fill('What is a verb?');
		await expect(student.getByText(/^Needs 2\d\d tokens, you have 50: ask an administrator/)).toBeVisible();
		await composer.press('Enter');
		await expect(student.getByRole('alert')).toHaveText(/This needs 2\d\d tokens, and 50 are left/);
		await expect(composer).toHaveValue('What is a verb?');
		await expect(balance).toHaveAccessibleName(/^50 tokens left/);

		await give(admin, '3,000', 'Balance: 50 → 3,050');
		await expect(balance).toHaveAccessibleName('3,050 tokens left');
		await expect(student.getByText(/^Costs about \d+, at most [\d,]+ of your 3,050 tokens$/)).toBeVisible();
		await composer.press('Enter');
		const cost = await numberIn(student.getByText(/cost [\d,]+ tokens/), /cost ([\d,]+)/, 90_000);
		const left = (3_050 - cost).toLocaleString('en-GB');
		await expect(balance).toHaveAccessibleName(`${left} tokens left`);

		await balance.click();
		const lines = student.getByRole('table', { name: 'Lines of the statement' }).getByRole('row');
		await expect(lines.filter({ hasText: 'Chat' })).toContainText(`−${cost.toLocaleString('en-GB')}`);
		await expect(lines.filter({ hasText: 'Added by an administrator' })).toContainText('+3,000');
		await expect(lines.filter({ hasText: 'Taken away by an administrator' })).toContainText('−950');
		await expect(lines.filter({ hasText: 'Tokens to begin with' })).toContainText('+1,000');
		const figure = (name: string) => student.locator('dl > div', { hasText: name }).locator('dd');
		await expect(figure('Given in the lines below')).toHaveText('+3,050');
		await expect(figure('Used in the lines below')).toHaveText(cost.toLocaleString('en-GB'));
		await expect(figure('Tokens left')).toHaveText(left);

		await openAdministration(admin, 'Use');
		await expect(admin.getByRole('table', { name: 'By person' }).getByRole('row', { name: /^Sam/ })).toContainText(cost.toLocaleString('en-GB'));
		await expect.poll(() => drawnBars(admin)).toBe(1);
		await admin.getByText('The same numbers as a table').click();
		await expect(admin.getByRole('region', { name: 'The same numbers as a table' }).getByRole('cell').last()).toHaveText(cost.toLocaleString('en-GB'));
	} finally {
		await student.close();
	}
});

async function openAdministration(page: Page, tab: 'People' | 'Use'): Promise<void> {
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }).click();
	await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: tab }).click();
}

/** As an administrator, gives tokens to Sam, or with a minus takes some, after seeing what that makes of the balance. */
async function give(page: Page, tokens: string, balance: string): Promise<void> {
	await page.getByRole('button', { name: 'More for Sam' }).click();
	await page.getByRole('menuitem', { name: 'Tokens and allowance…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Tokens of Sam' });
	await dialog.getByRole('textbox', { name: 'Add now, in tokens' }).fill(tokens);
	await expect(dialog.getByText(balance)).toBeVisible();
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(dialog).toBeHidden();
}

/** How many parts of the columns can be seen. */
async function drawnBars(page: Page): Promise<number> {
	return page.locator('.MuiBarChart-element').evaluateAll((bars) => bars.filter((bar) => bar.getBoundingClientRect().height > 1).length);
}

async function numberIn(place: ReturnType<Page['getByText']>, pattern: RegExp, timeout: number): Promise<number> {
	await expect(place).toBeVisible({ timeout });
	return Number(pattern.exec((await place.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
}
