import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, goTo, test } from './support/story.ts';

async function choose(page: Page, field: string, option: string): Promise<void> {
	await page.getByRole('combobox', { name: field }).click();
	await page.getByRole('option', { name: option, exact: true }).click();
}

const report = (page: Page) => page.getByRole('region', { name: 'Report' });

test('convert: pasted JSON is YAML at once, YAML says what JSON cannot hold and leads there, an option changes the result, and it is saved', async ({
	page,
}) => {
	await goTo(page, 'Convert');
	const source = page.getByRole('textbox', { name: 'Source' });
	const result = page.getByRole('textbox', { name: 'Result' });
	await source.fill('{"b": 1.10, "a": {"big": 12345678901234567890}, "country": "no"}');
	await expect(result).toContainText('big: 12345678901234567890');
	await expect(result).toContainText('b: 1.10');
	await expect(report(page).getByRole('status')).toContainText('Kept everything');
	await expect(report(page).getByRole('status')).toContainText('Converted back it is the source again.');

	await page.getByRole('button', { name: 'Convert the result back' }).click();
	await expect(result).toContainText('"country": "no"');
	await source.fill('# all of them\nname: Ann # the first\n');
	await expect(report(page).getByRole('status')).toContainText('2 things lost');
	await expect(report(page)).toContainText('name a key that they are to stand under');
	await report(page).getByRole('button', { name: 'Line 2' }).first().click();
	await expect(source).toBeFocused();

	await page.getByRole('textbox', { name: 'Key for comments' }).fill('$comment');
	await expect(result).toContainText('"the first"');
	await expect(report(page).getByRole('status')).toContainText('Converted back it is the source again.');
	await page.getByRole('textbox', { name: 'Key for comments' }).fill('');
	await choose(page, 'Indent', 'On one line');
	await expect(result).toHaveText('{"name":"Ann"}');
	await page.getByRole('checkbox', { name: 'Refuse any loss' }).check();
	await expect(page.getByRole('alert')).toContainText('you asked that nothing may be');
	await page.getByRole('checkbox', { name: 'Refuse any loss' }).uncheck();
	await expect(result).toHaveText('{"name":"Ann"}');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('Converted.json');
	expect(await readFile(await file.path(), 'utf8')).toBe('{"name":"Ann"}\n');
});

test('convert: broken JSON is mended by rules that are named, and what they did is taken over', async ({ page }) => {
	await goTo(page, 'Convert');
	const source = page.getByRole('textbox', { name: 'Source' });
	await choose(page, 'From', 'JSON');
	await source.fill("{name: 'Ann', paid: True, tags: [1, 2,],}");
	await expect(page.getByRole('alert')).toContainText('This is not well-formed JSON');
	await page.getByRole('button', { name: 'Mend it…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Mend this JSON' });
	await expect(dialog.getByRole('status')).toHaveText('With these changes it can be read');
	await expect(dialog).toContainText('Trailing comma taken out');
	await expect(dialog).toContainText('Literal of another language');
	await dialog.getByRole('button', { name: 'Take the changes over' }).click();
	await expect(source).toHaveText('{"name": "Ann", "paid": true, "tags": [1, 2]}');
	await expect(page.getByRole('textbox', { name: 'Result' })).toContainText('paid: true');

	// What no rule knows is for a model, of which there is none yet.
	await choose(page, 'From', 'YAML');
	await source.fill('- a\nb: 1\n');
	await page.getByRole('button', { name: 'Mend it…' }).click();
	const yaml = page.getByRole('dialog', { name: 'Mend this YAML' });
	await expect(yaml.getByRole('status').first()).toHaveText('No rule has anything to do with what is wrong here');
	await expect(yaml.getByRole('region', { name: 'By a model' })).toContainText('There is no model on this machine yet.');
	await yaml.getByRole('button', { name: 'Cancel' }).click();
});

test('convert: the fields of free text come from a schema, which says what it cannot give', async ({ page }) => {
	await goTo(page, 'Convert');
	await page.getByRole('link', { name: 'Free text' }).click();
	await page.getByRole('button', { name: 'From a schema…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Fields from a JSON Schema' });
	await dialog.getByRole('textbox', { name: 'Schema' }).fill('{"type": "array"}');
	await expect(dialog.getByRole('status')).toHaveText('This schema has no properties of a record.');
	await dialog
		.getByRole('textbox', { name: 'Schema' })
		.fill('{"items": {"properties": {"born": {"type": "string", "format": "date"}, "tags": {"type": "array"}}}}');
	await expect(dialog.getByRole('status')).toHaveText('1 field · left out: tags (array)');
	await dialog.getByRole('button', { name: 'Take the fields' }).click();
	await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('born');
	await expect(page.getByRole('combobox', { name: 'Holds' })).toHaveText('Date');
});

test('convert: a batch of three files, of which one is broken, converts the other two and says where the third breaks off', async ({ page }) => {
	await goTo(page, 'Convert');
	await page.getByRole('link', { name: 'Files' }).click();
	await page.getByRole('link', { name: 'New batch' }).click();
	const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles([file('a.csv', 'id,name\n007,Ann\n'), file('b.json', '{"b":\n 2,,}'), file('c.yaml', '# gone\nc: 1.10\n')]);
	await expect(page.getByRole('table', { name: 'Files of the batch' }).getByRole('row')).toHaveCount(4);
	await choose(page, 'To', 'JSON');
	await page.getByRole('button', { name: 'Convert 3 files' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'converted' })).toContainText('2 converted · 1 failed · 1 with losses', { timeout: 60_000 });
	await expect(page.getByRole('row', { name: /^b\.json/ })).toContainText('line 2, column');
	await page
		.getByRole('row', { name: /^c\.yaml/ })
		.getByRole('button', { name: '1 thing lost' })
		.click();
	await expect(page.getByRole('dialog', { name: 'c.yaml' })).toContainText('Comments are left out');
	await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save “a.json”' }).click();
	expect(JSON.parse(await readFile(await (await download).path(), 'utf8'))).toEqual([{ id: '007', name: 'Ann' }]);
	const packed = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save all as ZIP' }).click();
	const results = unzipSync(await readFile(await (await packed).path()));
	expect(Object.entries(results).map(([name, bytes]) => [name, JSON.parse(Buffer.from(bytes).toString())])).toEqual([
		['a.json', [{ id: '007', name: 'Ann' }]],
		['c.json', { c: 1.1 }],
	]);
	await page.getByRole('link', { name: 'All batches' }).click();
	await expect(page.getByRole('row', { name: /^a\.csv JSON 3 2 1 1/ })).toBeVisible();

	// A new one has nothing of the one that was looked at.
	await page.getByRole('link', { name: 'New batch' }).click();
	await expect(page.getByText('Drop files or a folder here.')).toBeVisible();
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles([file('new.json', '[1]')]);
	await expect(page.getByRole('table', { name: 'Files of the batch' }).getByRole('row')).toHaveCount(2);

	// Files chosen beside a text are a batch of their own.
	await page.getByRole('link', { name: 'Text', exact: true }).click();
	await page.getByRole('textbox', { name: 'Source' }).fill('{"a": 1}');
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles([file('d.json', '{"d": 1}'), file('e.json', '{"e": 1}')]);
	await expect(page.getByRole('table', { name: 'Files of the batch' }).getByRole('row')).toHaveCount(3);
	await expect(page.getByRole('button', { name: 'Convert 2 files' })).toBeEnabled();
});

test('convert: a spreadsheet in the encoding of German Windows is read as it was meant, can be read otherwise, and an empty file is told', async ({ page }) => {
	await goTo(page, 'Convert');
	const take = (name: string, buffer: Buffer) =>
		page
			.locator('input[type=file]')
			.first()
			.setInputFiles([{ name, mimeType: 'text/csv', buffer }]);
	await take('größen.csv', Buffer.from('id;Name;Größe\r\n1;Müller;1,50\r\n', 'latin1'));
	await expect(page.getByRole('textbox', { name: 'Source' })).toContainText('1;Müller;1,50');
	await choose(page, 'Encoding', 'WINDOWS-1251');
	await expect(page.getByRole('textbox', { name: 'Source' })).toContainText('Mьller');
	await take('broken.csv', Buffer.concat([Buffer.from('id,name\n1,陈小明\n2,Müller\n3,x'), Buffer.from([0xff]), Buffer.from('\n')]));
	await expect(page.getByText('Some bytes of the file are nothing in this encoding')).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'From' })).toHaveText('CSV');
	await take('none.csv', Buffer.alloc(0));
	await expect(page.getByText('“none.csv” is empty')).toBeVisible();
});

test('convert: of a workbook with two sheets a table holds the first and names the other one, which a field chooses', async ({ page }) => {
	await goTo(page, 'Convert');
	await choose(page, 'To', 'Excel (XLSX)');
	await page.getByRole('textbox', { name: 'Source' }).fill('{"8b": [{"Name": "Anna"}, {"Name": "Ben"}], "8c": [{"Name": "Cem"}]}');
	const workbook = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	const buffer = await readFile(await (await workbook).path());

	await page.getByRole('link', { name: 'Files' }).click();
	await page.getByRole('link', { name: 'New batch' }).click();
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles([{ name: 'class.xlsx', mimeType: 'application/octet-stream', buffer }]);
	await choose(page, 'To', 'CSV');
	await page.getByRole('button', { name: 'Convert the file' }).click();
	await page.getByRole('button', { name: '1 thing lost' }).click({ timeout: 60_000 });
	const report = page.getByRole('dialog', { name: 'class.xlsx' });
	await expect(report).toContainText('8c');
	await expect(report).toContainText('Write its name into the field “Sheet”');
	await report.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('textbox', { name: 'Sheet' }).fill('8c');
	await page.getByRole('button', { name: 'Convert again' }).click();
	await expect(page.getByRole('button', { name: 'Kept everything' })).toBeVisible({ timeout: 60_000 });
	const table = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save “class.csv”' }).click();
	expect(await readFile(await (await table).path(), 'utf8')).toBe('Name\r\nCem\r\n');
});
