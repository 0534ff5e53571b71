// Takes the pictures of the handbook, resources/handbook/LANGUAGE/pictures/*.webp, in the app itself, in both languages.
// usage: node scripts/handbookPictures.ts [en|zh]      (needs `npm run build` and a Chromium)
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Locator, type Page } from '@playwright/test';
import { enter, signIn } from '../e2e/support/connect.ts';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { removeData, startServe } from '../e2e/support/startServe.ts';

const languages = ['en', 'zh'] as const;
type Language = (typeof languages)[number];

const size = { width: 1200, height: 800 };
/** Small enough for the package, with letters that can be read. */
const quality = 70;
const patienceMs = 60_000;
const handbook = fileURLToPath(new URL('../resources/handbook', import.meta.url));
const locales = fileURLToPath(new URL('../resources/locales', import.meta.url));

/** What each criterion of the example looks for, in either language. */
const signs = [/chlorophyll|green stuff|叶绿素|绿色的东西/i, /reflect|sends|反射/i, /sugar|food|糖|养料/i];

/** A person at the app in one language: `t` says what a control is called there, such as `t('grading:list.new')`. */
interface Reader {
	page: Page;
	language: Language;
	t(key: string, values?: Record<string, string | number>): string;
	goTo(path: string): Promise<void>;
	button(key: string, values?: Record<string, string | number>): Locator;
}

/** What is photographed, in this order: each scene goes on with what the one before left. */
const scenes: readonly [name: string, play: (reader: Reader) => Promise<void>][] = [
	['home', firstStart],
	['find', findModels],
	['models', loadTestModel],
	['chat', chat],
	['new-class', newClass],
	['desk', gradeClass],
	['agreement', agreement],
	['bench', bench],
	['convert', convert],
	['dataset', dataset],
	['new-run', newRun],
	['people', people],
	['keys', keys],
	['gateway', gateway],
	['offline', offline],
	['backup', backup],
];

const only = process.argv[2];
const found = findBrowser();
if (!found) throw new Error('no Chromium on this machine');
const browser = await chromium.launch({ executablePath: found.path, args: found.args });
try {
	for (const language of languages) if (only === undefined || only === language) await photograph(language);
} finally {
	await browser.close();
}

async function photograph(language: Language): Promise<void> {
	const served = await startServe();
	try {
		const page = await browser.newPage({ viewport: size, locale: language === 'en' ? 'en-GB' : 'zh-CN', reducedMotion: 'reduce' });
		page.setDefaultTimeout(patienceMs);
		await enter(page, served, await signIn(served));
		const t = await readTexts(language);
		const reader: Reader = {
			page,
			language,
			t,
			goTo: async (path) => void (await page.goto(`${served.origin}/#${path}`)),
			button: (key, values) => page.getByRole('button', { name: t(key, values), exact: true }).first(),
		};
		for (const [name, play] of scenes) {
			await play(reader);
			await keep(page, `${handbook}/${language}/pictures`, name);
		}
		await page.close();
	} finally {
		await served.stop();
		await removeData(served);
	}
}

/** A language's texts as the app shows them, by `namespace:key`. */
async function readTexts(language: Language): Promise<Reader['t']> {
	const files = new Map<string, unknown>();
	for (const name of [
		'app',
		'home',
		'library',
		'market',
		'chat',
		'grading',
		'subtitles',
		'convert',
		'finetune',
		'accounts',
		'gateway',
		'settings',
		'backup',
		'ui',
	]) {
		files.set(name, JSON.parse(await readFile(`${locales}/${language}/${name}.json`, 'utf8')));
	}
	return (key, values = {}) => {
		const [namespace = '', name = ''] = key.split(':');
		const text = name.split('.').reduce<unknown>((group, part) => Object(group)[part], files.get(namespace));
		if (typeof text !== 'string') throw new Error(`${language} has no text ${key}`);
		return text.replace(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value]));
	};
}

/** Keeps what the page shows as a WebP. */
async function keep(page: Page, folder: string, name: string): Promise<void> {
	await page.mouse.move(size.width - 1, size.height - 1);
	const session = await page.context().newCDPSession(page);
	const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
	await session.detach();
	const bytes = Buffer.from(data, 'base64');
	await mkdir(folder, { recursive: true });
	await writeFile(`${folder}/${name}.webp`, bytes);
	console.log(`${folder}/${name}.webp  ${Math.round(bytes.length / 1024)} KiB`);
}

async function firstStart({ page, t, goTo }: Reader): Promise<void> {
	await goTo('/');
	await page.getByRole('heading', { level: 1, name: t('home:title') }).waitFor();
	await page.getByRole('button', { name: t('home:models.add.demo') }).waitFor();
	await page.getByText(t('home:machine.ram')).waitFor();
}

async function findModels({ page, t, goTo }: Reader): Promise<void> {
	await goTo('/models/find');
	await page.getByRole('heading', { name: t('market:catalog.title') }).waitFor();
	await page.getByText(t('market:fit.fits')).first().waitFor();
}

async function loadTestModel({ page, t, goTo, button }: Reader): Promise<void> {
	// With one thread the pictures do not depend on how much else this machine does.
	await goTo('/settings');
	const threads = page.getByRole('textbox', { name: t('settings:threads.label') });
	await threads.fill('1');
	await threads.blur();
	await goTo('/');
	await button('home:models.add.demo').click();
	await page.getByText(t('home:loaded.ready'), { exact: true }).waitFor();
	await goTo('/models');
	await page.getByText(t('library:state.running'), { exact: true }).first().waitFor();
}

async function chat({ page, t, language, goTo }: Reader): Promise<void> {
	await goTo('/chat');
	await page
		.getByRole('link', { name: t('chat:list.new') })
		.or(page.getByRole('button', { name: t('chat:list.new') }))
		.first()
		.click();
	const message = page.getByRole('textbox', { name: t('chat:composer.label') });
	await message.fill(language === 'en' ? 'What is a fraction?' : '什么是分数？');
	await page.keyboard.press('Enter');
	await page
		.getByRole('button', { name: t('chat:message.regenerate') })
		.first()
		.waitFor();
}

async function newClass({ page, t, goTo, button }: Reader): Promise<void> {
	await goTo('/grading');
	await button('grading:empty.example').click();
	await button('grading:new.create').waitFor();
	await page.getByText(t('grading:problems.none')).waitFor();
	await button('grading:rubric.fromKey').click();
	await page
		.getByRole('textbox', { name: t('grading:fields.question') })
		.first()
		.scrollIntoViewIfNeeded();
	await page
		.getByRole('textbox', { name: t('grading:fields.question') })
		.first()
		.focus();
}

async function gradeClass({ page, t, button }: Reader): Promise<void> {
	await button('grading:new.create').click();
	await button('grading:start.all').click();
	const dialog = page.getByRole('dialog');
	if (await dialog.isVisible()) await dialog.getByRole('button', { name: t('grading:start.confirm'), exact: true }).click();
	const desk = page.getByRole('listbox', { name: t('grading:desk.table') });
	await desk.getByText(t('grading:status.proposed')).nth(7).waitFor();
	await page.getByRole('button', { name: t('grading:desk.showNames') }).click();
	await desk.getByRole('option').nth(3).click();
}

/** Marks the answers that are drawn, before their proposals are seen, as their words deserve. */
async function agreement({ page, t, button }: Reader): Promise<void> {
	await page.getByRole('link', { name: t('grading:tabs.agreement'), exact: true }).click();
	const more = page.getByRole('region', { name: t('grading:agreement.more.label') }).getByRole('button');
	const desk = page.getByRole('listbox', { name: t('grading:desk.table') });
	for (let round = 0; round < 2; round++) {
		await more.click();
		await desk.getByRole('option').first().waitFor();
		for (const option of await desk.getByRole('option').all()) {
			await option.click();
			const answer = (await page.getByRole('region', { name: t('grading:panel.answer'), exact: true }).textContent()) ?? '';
			for (const sign of signs) await page.keyboard.press(sign.test(answer) ? '1' : '2');
		}
		await button('grading:calibration.see').click();
	}
	await page.getByRole('heading', { name: t('grading:agreement.plot.title'), exact: true }).waitFor();
}

async function bench({ page, t, language, goTo, button }: Reader): Promise<void> {
	await goTo('/subtitles');
	await button('subtitles:empty.example').click();
	await button(language === 'en' ? 'subtitles:new.create_one' : 'subtitles:new.create_other', { count: 1 }).click();
	await button('subtitles:start.open').waitFor();
	await button('subtitles:start.open').click();
	const order = page.getByRole('dialog', { name: t('subtitles:start.title') });
	await order.getByRole('button', { name: t('subtitles:start.confirm'), exact: true }).click();
	await order.waitFor({ state: 'hidden' });
	await button('subtitles:start.open').waitFor({ timeout: 4 * patienceMs });
	const rows = page.getByRole('table', { name: t('subtitles:bench.table') }).getByRole('row');
	await rows.nth(2).click();
}

async function convert({ page, t, goTo, button }: Reader): Promise<void> {
	await goTo('/convert');
	await button('convert:source.example').click();
	await page.getByText(t('convert:kinds.lost'), { exact: true }).first().waitFor();
}

async function dataset({ page, t, goTo, button }: Reader): Promise<void> {
	await goTo('/finetune');
	await button('finetune:datasets.example.try').click();
	await button('finetune:datasets.form.create').click();
	await page.getByRole('link', { name: t('finetune:datasets.train') }).waitFor();
}

async function newRun({ page, t, button }: Reader): Promise<void> {
	await page.getByRole('link', { name: t('finetune:datasets.train') }).click();
	await page.getByRole('combobox', { name: t('finetune:newRun.model'), exact: true }).click();
	await page.getByRole('option').first().click();
	await button('finetune:estimate.act').click();
	await page.getByText(t('finetune:estimate.fits')).waitFor();
}

async function people({ page, t, language, goTo, button }: Reader): Promise<void> {
	await goTo('/admin');
	for (const name of language === 'en' ? ['Nina', 'Omar'] : ['李老师', '王老师']) {
		await button('accounts:people.add').click();
		const dialog = page.getByRole('dialog', { name: t('accounts:people.addTitle') });
		await dialog.getByRole('textbox', { name: t('accounts:name') }).fill(name);
		await dialog.getByRole('button', { name: t('accounts:people.add') }).click();
		await page.getByRole('button', { name: t('accounts:secret.done') }).click();
	}
}

async function keys({ page, goTo, t }: Reader): Promise<void> {
	await goTo('/account');
	await page.getByRole('heading', { name: t('accounts:keys.title') }).scrollIntoViewIfNeeded();
}

async function gateway({ page, goTo, t }: Reader): Promise<void> {
	await goTo('/admin/gateway');
	await page.getByText(t('gateway:state.off'), { exact: true }).waitFor();
}

async function offline({ page, goTo, t }: Reader): Promise<void> {
	await goTo('/settings');
	await page.getByRole('heading', { name: t('settings:network.title') }).waitFor();
}

async function backup({ page, goTo, t }: Reader): Promise<void> {
	await goTo('/settings/backup');
	await page.getByRole('heading', { name: t('backup:now.title') }).waitFor();
}
