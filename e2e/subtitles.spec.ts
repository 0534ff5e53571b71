import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, goTo, loadDemo, test } from './support/story.ts';

/** The second cue has no number, a stop for a comma and a short arrow; the third begins before the second ends; the last line has no end. */
const broken = [
	'1\n00:00:01,000 --> 00:00:02,500\nThe ferry leaves at seven.\n',
	'00:00:03.000 -> 00:00:05,000\n<i>Are you coming, Mira?</i>\n',
	'3\n00:00:04,800 --> 00:00:06,000\nNo.',
].join('\n');
const times = ['00:00:01,000 --> 00:00:02,500', '00:00:03,000 --> 00:00:05,000', '00:00:04,800 --> 00:00:06,000'];

test('subtitles: a file with a broken cue goes in, a model and a person translate it, and every cue comes out with its times', async ({ page }) => {
	// The demonstration model writes as many words as it may, which takes long where its threads wait for those of the browser.
	test.setTimeout(600_000);
	await goTo(page, 'Settings');
	const threads = page.getByRole('textbox', { name: 'Threads' });
	await threads.fill('1');
	await threads.blur();
	await loadDemo(page);
	await goTo(page, 'Subtitles');
	await page.getByRole('link', { name: 'New translation' }).click();
	await page.locator('input[type=file]').setInputFiles({ name: 'Ferry.en.srt', mimeType: 'application/x-subrip', buffer: Buffer.from(broken) });
	const preview = page.getByRole('region', { name: 'What “Ferry.en.srt” was read as' });
	await expect(preview.getByRole('status')).toHaveText('SubRip (.srt) · 3 cues · English');
	await expect(preview).toContainText('The number of the cue is missing or is none.');
	await expect(preview).toContainText('Begins before the cue above it ends.');
	await page.getByRole('button', { name: 'Create project' }).click();

	const rows = page.getByRole('table', { name: 'Cues' }).getByRole('row');
	await expect(rows).toHaveCount(4, { timeout: 60_000 });
	await page.getByRole('button', { name: 'Translate…' }).click();
	const order = page.getByRole('dialog', { name: 'Translate the film' });
	await expect(order.getByRole('status')).toContainText('3 cues, about');
	await order.getByRole('button', { name: 'Start' }).click();
	await expect(page.getByRole('button', { name: 'Translate…' })).toBeVisible({ timeout: 480_000 });

	await rows.nth(2).click();
	const target = page.getByRole('textbox', { name: 'Translation' });
	await target.fill('<i>米拉，你来吗？</i>');
	await expect(rows.nth(2)).toContainText('米拉，你来吗？');
	await page.keyboard.press('Control+z');
	await expect(rows.nth(2)).not.toContainText('米拉');
	await page.keyboard.press('Control+y');
	await expect(target).toHaveValue('<i>米拉，你来吗？</i>');
	await page.keyboard.press('Control+Enter');
	await expect(rows.nth(2)).toContainText('Approved');

	const saved = await savedText(page, 'Ferry.en.zh-Hans.srt');
	expect(
		saved
			.split('\n')
			.filter((line) => /->/.test(line))
			.map((line) => line.replace('.', ',').replace(' -> ', ' --> ')),
	).toEqual(times);
	expect(saved).toContain('\n<i>米拉，你来吗？</i>\n');
});

/** It holds a track of SubRip, one of ASS with styles, and one of pictures. */
const film = fileURLToPath(new URL('../src-main/platform/film/fixtures/several.mkv', import.meta.url));

test('subtitles: of a film one of its tracks is taken, split, merged and undone, and saved in its own format and in another', async ({ page }) => {
	await goTo(page, 'Subtitles');
	await page.getByRole('link', { name: 'New translation' }).click();
	const place = page.getByRole('textbox', { name: 'Path of the film' });
	await place.fill(film);
	await place.press('Enter');
	const tracks = page.getByRole('list', { name: 'Subtitles in the film' }).getByRole('listitem');
	await expect(tracks).toHaveCount(3);
	await expect(tracks.filter({ hasText: 'PGS' })).toContainText('Pictures: there is no text in them.');
	// It is in French, and the reader reads English.
	await tracks.filter({ hasText: 'ASS' }).getByRole('button').click();

	const rows = page.getByRole('table', { name: 'Cues' }).getByRole('row');
	await expect(rows).toHaveCount(3);
	await rows.nth(1).click();
	await page.keyboard.press('s');
	await expect(rows).toHaveCount(4);
	// All three are chosen and become one, which is taken back.
	await page.keyboard.press('Shift+End');
	await expect(page.getByText('3 cues chosen')).toBeVisible();
	await page.keyboard.press('m');
	await expect(rows).toHaveCount(2);
	await page.keyboard.press('u');
	await expect(rows).toHaveCount(4);
	await rows.nth(2).click();
	await page.getByRole('textbox', { name: 'Translation' }).fill('and a comma');
	await page.keyboard.press('Control+Enter');
	await expect(rows.nth(2)).toContainText('Approved');

	const ass = await savedText(page, 'several.en.ass');
	expect(ass).toContain('; a comment of the script\r\n');
	expect(ass.split('\r\n').slice(-4)).toEqual([
		'Dialogue: 0,0:00:03.00,0:00:03.19,Default,Ann,0,0,0,,Later,',
		'Dialogue: 0,0:00:03.27,0:00:04.00,Default,Ann,0,0,0,,and a comma',
		'Dialogue: 3,0:00:01.00,0:00:02.50,Sign,,10,20,30,,{\\pos(10,20)\\k20}STOP\\Nhere',
		'',
	]);
	const srt = await savedText(page, 'several.en.srt', 'SubRip (.srt)');
	// By time, as players read it; in ASS the order of lines is what lies above what.
	expect(srt).toBe(
		'1\n00:00:01,000 --> 00:00:02,500\nSTOP\nhere\n\n2\n00:00:03,000 --> 00:00:03,193\nLater,\n\n3\n00:00:03,273 --> 00:00:04,000\nand a comma\n\n',
	);
});

/** Saves the project as it is proposed, which is in the format that it came in, or in another one. */
async function savedText(page: Page, fileName: string, format?: string): Promise<string> {
	await page.getByRole('button', { name: 'Save…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Save the subtitles' });
	if (format !== undefined) {
		await dialog.getByRole('combobox', { name: 'Format' }).click();
		await page.getByRole('option', { name: format }).click();
	}
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save', exact: true }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe(fileName);
	return readFile(await file.path(), 'utf8');
}

test('subtitles: a glossary is made, takes a table in and says what it left out, is saved, renamed and deleted', async ({ page }) => {
	await goTo(page, 'Subtitles');
	await page.getByRole('link', { name: 'Glossaries' }).click();
	await page.getByRole('button', { name: 'New glossary' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Harbour');
	await page.getByRole('button', { name: 'Create' }).click();
	await expect(page.getByRole('heading', { name: 'Harbour' })).toBeVisible();
	const table = 'en;zh;note\nMira;米拉;\n;渡船;\nferry;渡轮;not 渡船\n';
	await page.locator('input[type=file]').setInputFiles({ name: 'terms.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
	await expect(page.getByRole('alert')).toContainText('2 terms were added.');
	await expect(page.getByRole('alert')).toContainText('Left out: there is no source.');
	await expect(page.getByRole('region', { name: '2 confirmed' })).toContainText('Mira → 米拉');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as a table' }).click();
	expect(await readFile(await (await download).path(), 'utf8')).toContain('\r\nferry,渡轮,term,unknown,not 渡船\r\n');

	await page.getByRole('link', { name: 'Glossaries' }).click();
	await page.getByRole('button', { name: 'Rename “Harbour”' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Port');
	await page.getByRole('button', { name: 'Rename', exact: true }).click();
	await expect(page.getByRole('row', { name: /^Port 2 0 0/ })).toBeVisible();
	await page.getByRole('button', { name: 'Delete “Port”' }).click();
	await expect(page.getByText('No glossaries yet')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('row', { name: /^Port 2 0 0/ })).toBeVisible();
});

test('subtitles: a season beside a film shares a glossary of its own name, several cues are approved at once, and a project opens where it was left', async ({
	page,
}) => {
	await goTo(page, 'Home');
	await page.getByRole('link', { name: 'Translate', exact: true }).click();
	await page.getByRole('link', { name: 'New translation' }).click();
	const file = (name: string) => ({ name, mimeType: 'application/x-subrip', buffer: Buffer.from(broken) });
	const video = { name: 'Ferry.mkv', mimeType: 'video/x-matroska', buffer: Buffer.from('no film is sent') };
	await page.locator('input[type=file]').setInputFiles([file('Island.S01E01.en.srt'), video, file('Island.S01E02.en.srt')]);
	await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(2);
	await expect(page.getByRole('textbox', { name: 'Path of the film' })).toHaveAccessibleDescription(/“Ferry\.mkv”/);
	const name = page.getByRole('textbox', { name: 'Name of the new glossary' });
	await expect(name).toHaveValue('Island.S01');
	await name.fill('The island');
	await page.getByRole('button', { name: 'Create 2 projects' }).click();
	await page.getByRole('link', { name: 'Glossaries' }).click();
	// No term, none proposed, and both films.
	await expect(page.getByRole('row', { name: /^The island 0 0 2/ })).toBeVisible();

	await goTo(page, 'Subtitles');
	await page.getByRole('link', { name: 'Island.S01E02.en' }).click();
	const rows = page.getByRole('table', { name: 'Cues' }).getByRole('row');
	await expect(rows).toHaveCount(4);
	for (const at of [1, 2]) {
		await rows.nth(at).click();
		await page.getByRole('textbox', { name: 'Translation' }).fill('一');
		await expect(rows.nth(at)).toContainText('To approve');
	}
	// The last of them has no translation, and the others are approved all the same.
	await rows.nth(1).click();
	await rows.nth(3).click({ modifiers: ['Shift'] });
	await page.getByRole('button', { name: 'Approve 2', exact: true }).click();
	await expect(rows.nth(2)).toContainText('Approved');
	await expect(rows.nth(3)).toContainText('Untranslated');

	await rows.nth(3).click();
	await goTo(page, 'Grading');
	await goTo(page, 'Subtitles');
	await page.getByRole('link', { name: 'Island.S01E02.en' }).click();
	await expect(page.getByRole('region', { name: 'Cue 3' })).toBeVisible();
});

test('subtitles: of films deleted one after another each comes back, a second press deletes none, and undo leaves the selected cue', async ({ page }) => {
	const cue = (number: number, text: string) => `${number}\n00:00:0${number},000 --> 00:00:0${number},900\n${text}\n`;
	const film = (name: string) => ({
		name,
		mimeType: 'application/x-subrip',
		buffer: Buffer.from([cue(1, '<i>The ferry leaves.</i>'), cue(2, 'Are you coming?'), cue(3, 'No.')].join('\n')),
	});
	await goTo(page, 'Subtitles');
	await page.getByRole('link', { name: 'New translation' }).click();
	await page.locator('input[type=file]').setInputFiles([film('Ferry.E2.en.srt'), film('Ferry.E10.en.srt')]);
	await page.locator('input[type=file]').setInputFiles([film('Ferry.E3.en.srt')]);
	await expect(page.getByRole('button', { name: /^Ferry\.E3\.en\.srt/ })).toHaveAttribute('aria-pressed', 'true');
	await page.getByRole('button', { name: 'Create 3 projects' }).click();
	const films = page.getByRole('table', { name: 'Subtitles' }).getByRole('link');
	await expect(films).toHaveText(['Ferry.E2.en', 'Ferry.E3.en', 'Ferry.E10.en']);

	await page.getByRole('button', { name: 'Delete “Ferry.E2.en”' }).dblclick();
	await expect(films).toHaveText(['Ferry.E3.en', 'Ferry.E10.en']);
	// The row below moved up under the pointer; a moment later it is aimed at.
	await expect(async () => {
		await page.getByRole('button', { name: 'Delete “Ferry.E3.en”' }).click();
		await expect(films).toHaveText(['Ferry.E10.en'], { timeout: 300 });
	}).toPass();
	await page.getByRole('button', { name: 'Undo' }).first().click();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(films).toHaveText(['Ferry.E2.en', 'Ferry.E3.en', 'Ferry.E10.en']);

	await films.first().click();
	const rows = page.getByRole('table', { name: 'Cues' }).getByRole('row');
	const target = page.getByRole('textbox', { name: 'Translation' });
	await rows.nth(1).click();
	await target.fill('渡船开了。');
	await expect(page.getByText('<i> is missing here; the source has it.')).toBeVisible();
	await page.getByRole('button', { name: 'Put them back' }).click();
	await expect(target).toHaveValue('<i>渡船开了。</i>');
	await page.getByRole('button', { name: 'Find', exact: true }).click();
	await page.getByRole('textbox', { name: 'Find' }).fill('渡船');
	await page.getByRole('textbox', { name: 'Replace by' }).fill('渡轮');
	await page.getByRole('button', { name: 'Replace in 1 cue' }).click();
	await expect(page.getByText('Replaced in 1 cue.')).toBeVisible();
	await rows.nth(3).click();
	await page.keyboard.press('u');
	await expect(page.getByText('Undone: text of cue 1.')).toBeVisible();
	await expect(page.getByText('Replaced in 1 cue.')).toBeHidden();
	await expect(rows.nth(1)).toContainText('渡船开了。');
	await page.keyboard.press('Enter');
	await page.keyboard.type('不');
	await expect(rows.nth(3)).toContainText('不');
	await expect(rows.nth(1)).toContainText('渡船开了。');
});
