import { createHash } from 'node:crypto';
import { open, readdir, readFile, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { connect, enter, signIn } from './support/connect.ts';
import { mediaTypes } from './support/hub/answerRegistry.ts';
import { namedModel } from './support/hub/namedModel.ts';
import { type Hub, startHub } from './support/hub/startHub.ts';
import { removeData, type Served, startServe } from './support/startServe.ts';
import { goTo } from './support/story.ts';

type Client = Awaited<ReturnType<typeof connect>>['client'];

/** A teacher's app whose sources of models are a hub on this machine, and the network between them. */
interface Town {
	hub: Hub;
	/** `failing`: connections to the files break after a while, and new ones are refused. */
	network: 'up' | 'failing';
	bytes: { reader: Buffer; writer: Buffer; teller: Buffer };
	dataFolder: string;
	client: Client;
	/** Ends the app as a power cut would. */
	kill(): Promise<void>;
	/** Starts it again and opens it in the page. */
	start(): Promise<void>;
}

const breaksAfterBytes = 700_000;

const test = base.extend<{ town: Town }>({
	town: async ({ page }, use) => {
		const bytes = {
			reader: await namedModel('Little Reader', 11),
			writer: await namedModel('Little Writer', 12),
			teller: await namedModel('Little Teller', 13),
		};
		const begun = new Set<string>();
		const hub = await startHub({
			repos: [
				{ name: 'school/Reader-GGUF', files: [{ path: 'Reader-Q8_0.gguf', bytes: bytes.reader }], tags: ['license:mit'], downloads: 7 },
				{ name: 'school/Writer-GGUF', files: [{ path: 'Writer-Q8_0.gguf', bytes: bytes.writer }], tags: ['license:mit'], downloads: 5 },
			],
			registry: [
				{
					name: 'library/teller',
					tag: '1b',
					config: { model_format: 'gguf', file_type: 'Q8_0' },
					layers: [{ mediaType: mediaTypes.model, bytes: bytes.teller }],
				},
			],
			faultFor({ path: address }) {
				if (town.network === 'up') return null;
				const isFirst = !begun.has(address);
				begun.add(address);
				return isFirst ? { kind: 'dropAt', byte: breaksAfterBytes } : { kind: 'refuses' };
			},
		});
		let served: Served | null = null;
		let seat: Awaited<ReturnType<typeof connect>> | null = null;
		const town: Town = {
			hub,
			network: 'up',
			bytes,
			get dataFolder() {
				return served?.dataFolder ?? '';
			},
			get client() {
				if (!seat) throw new Error('the app is not running');
				return seat.client;
			},
			async kill() {
				seat?.close();
				await served?.stop('SIGKILL');
			},
			async start() {
				served = await startServe(served ? { dataFolder: served.dataFolder } : {});
				const cookie = await signIn(served);
				seat = await connect(served.origin, cookie);
				await seat.client.settings.set({ hubEndpoint: hub.url, registryEndpoint: hub.url, proxy: 'none', engineThreads: 1 });
				await enter(page, served, cookie);
				await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
			},
		};
		try {
			await town.start();
			await use(town);
		} finally {
			await page.close();
			await town.kill();
			await hub.close();
			if (served) await removeData(served);
		}
	},
});

test.beforeEach(() => test.skip(test.info().project.name === 'desktop', 'starts and kills the process itself, which serve shows'));

test('two downloads wait while the network is down, outlive kill -9 of the app, end by themselves, and one is loaded', async ({ page, town }) => {
	await openModel(page, 'school', 'school/Writer-GGUF');
	await expect(page.getByText('Fits', { exact: true })).toBeVisible();
	await page.getByRole('link', { name: 'Back to the results' }).click();
	await page.getByRole('link', { name: 'school/Reader-GGUF' }).click();
	await expect(page.getByText('Fits', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'What Reader-Q8_0.gguf would take' }).click();
	await expect(page.getByText(/^Takes .* of memory that are free\./)).toBeVisible();

	town.network = 'failing';
	await page.getByRole('button', { name: 'Download Reader-Q8_0.gguf', exact: true }).click();
	await page.getByRole('link', { name: 'Back to the results' }).click();
	await page.getByRole('link', { name: 'school/Writer-GGUF' }).click();
	await page.getByRole('button', { name: 'Download Writer-Q8_0.gguf', exact: true }).click();
	await goToTab(page, 'Downloads');
	for (const title of ['Reader-Q8_0.gguf', 'Writer-Q8_0.gguf']) {
		await expect(rowOf(page, title)).toContainText('Waiting');
		await expect(rowOf(page, title).getByRole('button', { name: `Pause: ${title}` })).toBeVisible();
	}

	await town.kill();
	const before = town.hub.requests.length;
	town.network = 'up';
	await town.start();
	await goTo(page, 'Models');
	await goToTab(page, 'Downloads');
	await expect(page.getByRole('button', { name: 'Load Reader-Q8_0.gguf', exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Load Writer-Q8_0.gguf', exact: true })).toBeVisible();
	expect(await storedSums(town.dataFolder)).toEqual([sha256(town.bytes.reader), sha256(town.bytes.writer)].sort());
	const asked = town.hub.requests.slice(before).filter(({ server }) => server === 'cdn');
	// Two blocks of each had come before the network went down.
	expect(asked.map(({ headers }) => headers.range)).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^bytes=524288-/)));

	await page.getByRole('button', { name: 'Load Reader-Q8_0.gguf', exact: true }).click();
	await expect(rowOf(page, 'Reader-Q8_0.gguf')).toContainText('Loaded', { timeout: 60_000 });
	await goToTab(page, 'On this machine');
	await expect(page.getByRole('row', { name: /Little Reader/ })).toContainText('Loaded');
});

test('a download that is under way is shown in Find again when the page is loaded anew', async ({ page, town }) => {
	await openModel(page, 'reader', 'school/Reader-GGUF');
	await expect(page.getByText('Fits', { exact: true })).toBeVisible();
	town.network = 'failing';
	await page.getByRole('button', { name: 'Download Reader-Q8_0.gguf', exact: true }).click();
	const progress = page.getByRole('link', { name: /^Reader-Q8_0\.gguf: Downloading/ });
	await expect(progress).toBeVisible();
	await page.reload();
	await expect(progress).toBeVisible();
	await goToTab(page, 'Downloads');
	await page.getByRole('button', { name: 'Cancel: Reader-Q8_0.gguf' }).click();
	await expect(rowOf(page, 'Reader-Q8_0.gguf')).toContainText('Cancelled');
	await page.goBack();
	await expect(page.getByRole('button', { name: 'Download Reader-Q8_0.gguf', exact: true })).toBeVisible();
});

test('a name of the Ollama registry is opened, downloaded, paused and let go on', async ({ page, town }) => {
	await openModel(page, 'ollama run teller:1b', 'Ollama: teller:1b');
	await expect(page.getByText('Fits', { exact: true })).toBeVisible();
	town.network = 'failing';
	await page.getByRole('button', { name: 'Download teller-1b.gguf', exact: true }).click();
	await goToTab(page, 'Downloads');
	await page.getByRole('button', { name: 'Pause: teller:1b' }).click();
	await expect(rowOf(page, 'teller:1b')).toContainText('Paused');
	town.network = 'up';
	await page.getByRole('button', { name: 'Go on: teller:1b' }).click();
	await expect(page.getByRole('button', { name: 'Load teller:1b', exact: true })).toBeVisible();
	expect(await storedSums(town.dataFolder)).toEqual([sha256(town.bytes.teller)]);
});

test('a byte that went wrong on the disk is found by a check, told, and fetched anew', async ({ page, town }) => {
	await openModel(page, 'reader', 'school/Reader-GGUF');
	await page.getByRole('button', { name: 'Download Reader-Q8_0.gguf', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Load Reader-Q8_0.gguf', exact: true })).toBeVisible();
	const [model] = await town.client.library.list();
	await damage(model?.path ?? '', 300_000);

	await goToTab(page, 'On this machine');
	await page.getByRole('button', { name: 'More for Little Reader' }).click();
	await page.getByRole('menuitem', { name: 'Verify now' }).click();
	await expect(page.getByText(/of “Little Reader” are not what they should be/).first()).toBeVisible();
	await expect(page.getByRole('row', { name: /Little Reader/ })).toContainText('Damaged');
	const before = town.hub.requests.length;
	await page.getByRole('button', { name: 'Repair Little Reader' }).click();
	await expect(page.getByText('“Little Reader” was repaired.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Load Little Reader', exact: true })).toBeVisible();
	expect(await readFile(model?.path ?? '')).toEqual(town.bytes.reader);
	const asked = town.hub.requests.slice(before).filter(({ server }) => server === 'cdn');
	expect(asked.map(({ headers }) => headers.range)).toEqual(['bytes=262144-524287']);
});

/** Goes to one of the places for models, whose name a count may follow. */
async function goToTab(page: Page, tab: 'On this machine' | 'Find' | 'Downloads'): Promise<void> {
	const tabs = page.getByRole('navigation', { name: 'Models' });
	await tabs.getByRole('link', { name: new RegExp(`^${tab}`) }).click();
}

/** Goes to a model by words, as a person does. */
async function openModel(page: Page, words: string, name: string): Promise<void> {
	await goTo(page, 'Models');
	await goToTab(page, 'Find');
	await page.getByRole('textbox', { name: 'Search for models' }).fill(words);
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name }).click();
}

function rowOf(page: Page, title: string) {
	return page.getByRole('list', { name: 'Downloads' }).getByRole('listitem').filter({ hasText: title });
}

/** Turns one byte into another, as a bad disk does it: the file's time stays. */
async function damage(file: string, at: number): Promise<void> {
	const { atime, mtime } = await stat(file);
	const handle = await open(file, 'r+');
	const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
	await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, at);
	await handle.close();
	await utimes(file, atime, mtime);
}

/** The checksums of the model files that the app keeps, in order. */
async function storedSums(dataFolder: string): Promise<string[]> {
	const files = await readdir(dataFolder, { recursive: true, withFileTypes: true });
	const models = files.filter((file) => file.isFile() && file.name.endsWith('.gguf'));
	return (await Promise.all(models.map(async (file) => sha256(await readFile(path.join(file.parentPath, file.name)))))).sort();
}

function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}
