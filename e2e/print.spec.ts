import type { Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { enter, signIn } from './support/connect.ts';
import { expect, test } from './support/filledHomeroom.ts';
import { openScreen } from './support/openScreen.ts';

test.beforeEach(() => test.skip(test.info().project.name === 'desktop', 'The window prints the same pages.'));

test('how a class did is printed whole on A4, without what is there for a hand', async ({ browser, homeroom: { served, filled } }) => {
	const page = await browser.newPage({ viewport: { width: 1280, height: 500 }, locale: 'en-GB', colorScheme: 'dark' });
	await enter(page, served, await signIn(served));
	await openScreen(page, served.origin, `/grading/${filled.assignmentId}?show=class`);
	await page.getByRole('button', { name: 'Print…' }).waitFor();
	const { text, sizes } = await printed(page);
	// 210 by 297 millimetres, in points.
	expect(sizes).toEqual(sizes.map(() => [595, 842]));
	for (const words of ['Leaves and sums', 'How did the class do?', 'From your', 'Standard deviation', 'Questions', 'Sum', 'What many got wrong: Leaves'])
		expect(text).toContain(words);
	for (const act of ['Print…', 'Grade again', 'Settled marks', 'Fine-tune', 'Settings']) expect(text).not.toContain(act);
	await page.close();
});

test('what is longer than the window goes on to the next sheet', async ({ browser, homeroom: { served, filled } }) => {
	const page = await browser.newPage({ viewport: { width: 1280, height: 500 }, locale: 'en-GB' });
	await enter(page, served, await signIn(served));
	await openScreen(page, served.origin, `/finetune/${filled.runId}`);
	const { text, sizes } = await printed(page);
	expect(sizes.length).toBeGreaterThan(1);
	for (const words of ['Thirty phrases, once', 'Held-out examples', 'Forgetting']) expect(text).toContain(words);
	await page.close();
});

/** What a printer gets: the words, and the size of each sheet in points. */
async function printed(page: Page): Promise<{ text: string; sizes: number[][] }> {
	const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
	const sheets = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)));
	const sizes = sheets.map((sheet) => sheet.view.slice(2).map(Math.round));
	const { text } = await extractText(pdf, { mergePages: true });
	return { text: text.replace(/\s+/g, ' '), sizes };
}
