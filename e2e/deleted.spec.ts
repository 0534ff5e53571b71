import { expect, goTo, test } from './support/story.ts';

const table = 'student_id,name,answer\n1,Ada,14\n2,Bo,20';

test('what was deleted lies under Recently deleted: a class comes back with its mark, a conversation is asked for and goes for good', async ({ page }) => {
	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'New assignment' }).click();
	await page.getByRole('textbox', { name: 'Question' }).fill('What is 2 + 3 × 4?');
	await page.getByRole('textbox', { name: 'Expected answer' }).fill('14');
	await page.getByRole('textbox', { name: 'Table of answers' }).fill(table);
	await page.getByRole('button', { name: 'Create assignment' }).click();
	const desk = page.getByRole('listbox', { name: 'Answers' });
	await expect(desk.getByRole('option')).toHaveCount(2);
	const mark = page.getByRole('region', { name: 'Your mark' });
	await mark.getByRole('textbox', { name: 'Points' }).fill('62.5');
	await page.keyboard.press('Enter');
	await expect(desk.getByText('Settled')).toHaveCount(1);

	await goTo(page, 'Grading');
	await page.getByRole('button', { name: 'Delete “What is 2 + 3 × 4?”' }).click();
	await expect(page.getByText('“What is 2 + 3 × 4?” was moved to Recently deleted.')).toBeVisible();
	await goTo(page, 'Chat');
	await page.getByRole('button', { name: 'Start a conversation' }).click();
	await page
		.getByRole('button', { name: /^More for/ })
		.first()
		.click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(page.getByText('No conversations yet')).toBeVisible();
	// A page that is loaded anew has no notice with "Undo" any more.
	await page.reload();

	await goTo(page, 'Grading');
	await page.getByRole('link', { name: 'Recently deleted' }).click();
	const bin = page.getByRole('table', { name: 'Recently deleted' });
	const rows = bin.getByRole('row');
	await expect(rows).toHaveCount(3);
	await expect(rows.nth(1)).toContainText('Without a name');
	await expect(rows.nth(1)).toContainText('Conversation');
	await expect(rows.nth(2)).toContainText('What is 2 + 3 × 4?');

	await page.getByRole('button', { name: 'Delete “Without a name” for good' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
	await expect(rows).toHaveCount(3);
	await page.getByRole('button', { name: 'Delete “Without a name” for good' }).click();
	await page.getByRole('dialog', { name: 'Delete “Without a name” for good?' }).getByRole('button', { name: 'Delete for good' }).click();
	await expect(rows).toHaveCount(2);

	await page.getByRole('button', { name: 'Restore “What is 2 + 3 × 4?”' }).click();
	await page.getByRole('link', { name: 'Open “What is 2 + 3 × 4?”' }).click();
	// What is settled comes last.
	await desk.getByRole('option').filter({ hasText: 'Settled' }).click();
	await expect(mark.getByRole('textbox', { name: 'Points' })).toHaveValue('62.5');

	await goTo(page, 'Grading');
	await page.getByRole('button', { name: 'Delete “What is 2 + 3 × 4?”' }).click();
	await expect(page.getByText('“What is 2 + 3 × 4?” was moved to Recently deleted.')).toBeVisible();
	await page.keyboard.press('Control+k');
	await page.getByRole('combobox').fill('recently del');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Delete all for good…' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
	await expect(page.getByText('Nothing was deleted')).toBeVisible();
	await page.getByRole('button', { name: /: account$/ }).click();
	await expect(page.getByRole('menuitem', { name: 'Recently deleted' })).toBeVisible();
});
