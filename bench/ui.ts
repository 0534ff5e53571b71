import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Client } from '#contract/contract.ts';
import { connect, enter, signIn } from '../e2e/support/connect.ts';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { removeData, type Served, startServe } from '../e2e/support/startServe.ts';
import { chunkSizes } from './chunkSizes.ts';
import { driveScroll, heapBytes } from './driveScroll.ts';
import { createFilm, cues, messages, models, writeConversation, writeLibrary } from './fillLong.ts';
import { createClass, propose } from './gradingUi.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';
import { startTokenServer } from './tokenServer.ts';

const rounds = 5;
const patienceMs = 120_000;
const viewport = { width: 1280, height: 800 };
const limits = { entryKiB: 320, screenKiB: 260, paintMs: 1_000, usableMs: 1_500, openMs: 300, fps: 55, heap: 1.15 };
/** An hour of ten tokens a second, in answers of a usual length. */
const answers = 36;
const tokensOfAnswer = 1_000;

/** What a long thing is called, where it is opened, what tells that it is there, with the text in it if not any will do, and what scrolls. */
interface LongCase {
	name: string;
	address: string;
	shows: string;
	text?: string;
	scrolls: string;
}

/**
 * What the page weighs, how soon it is there, and how it bears much: long lists are opened and scrolled in a real browser, and a conversation is
 * streamed into for the tokens of an hour. Needs `npm run build` first.
 */
export async function run(report: Report): Promise<void> {
	reportSizes(report);
	const found = findBrowser();
	if (!found) throw new Error('no browser on this machine');
	const { served, cases } = await fillApp();
	const browser = await chromium.launch({ executablePath: found.path, args: found.args });
	try {
		await measureStart(report, browser, served);
		for (const long of cases) await measureLong(report, browser, served, long);
		await measureStreaming(report, browser, served);
	} finally {
		await browser.close();
		await served.stop();
		await removeData(served);
	}
}

function reportSizes(report: Report): void {
	const { entry, screens } = chunkSizes(fileURLToPath(new URL('../dist/renderer', import.meta.url)));
	const row = (metric: string, bytes: number, limit: number) =>
		report({ metric, value: round(bytes / 1024), unit: 'KiB gzip', limit, pass: bytes / 1024 <= limit });
	row('scripts before any screen', entry, limits.entryKiB);
	for (const { name, bytes } of screens) row(`scripts that ${name} adds`, bytes, limits.screenKiB);
}

/** An app with one of each long thing, started anew, so that it has none of them in memory. */
async function fillApp(): Promise<{ served: Served; cases: LongCase[] }> {
	const first = await startServe();
	const cookie = await signIn(first);
	const { client, close } = await connect(first.origin, cookie);
	const conversation = await client.chat.create({});
	const projectId = await createFilm(client);
	await client.library.addDemo();
	close();
	const assignmentId = await createClass(first.origin, cookie);
	await first.stop();
	const database = path.join(first.dataFolder, 'homeroom.db');
	writeConversation(database, conversation.id);
	propose(database);
	await writeLibrary(database, path.join(first.dataFolder, 'many'));
	const cases = [
		{ name: `a chat of ${messages} messages`, address: `/chat/${conversation.id}`, shows: 'ol > li', text: `Answer ${messages / 2}.`, scrolls: 'ol' },
		{ name: 'a class of 1000', address: `/grading/${assignmentId}`, shows: '#desk [role=option]', scrolls: '#desk [role=option]' },
		{ name: `a film of ${cues} cues`, address: `/subtitles/${projectId}`, shows: '#cues [role=row]:nth-of-type(2)', scrolls: '#cues' },
		{ name: `a library of ${models} models`, address: '/models', shows: '[role=table] [role=rowgroup] [role=row]', scrolls: '[role=table] [role=rowgroup]' },
	];
	return { served: await startServe({ dataFolder: first.dataFolder }), cases };
}

/** From asking for the page to its first paint, and until Home can be used and the page has come to rest; each time without what was kept of an earlier one. */
async function measureStart(report: Report, browser: Browser, served: Served): Promise<void> {
	const paints: number[] = [];
	const usable: number[] = [];
	for (let at = 0; at < rounds; at++) {
		const page = await browser.newPage({ viewport });
		await enter(page, served, await signIn(served));
		await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
		usable.push(await page.evaluate<number>('new Promise((resolve) => requestIdleCallback(() => resolve(performance.now())))'));
		paints.push(await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity`));
		await page.close();
	}
	const row = (metric: string, values: number[], limit: number) =>
		report({ metric, value: round(median(values)), unit: 'ms', limit, pass: median(values) <= limit });
	row('first contentful paint', paints, limits.paintMs);
	row('Home can be used', usable, limits.usableMs);
}

/** Opens a long thing from Home several times, with the screen's code there, then scrolls it. */
async function measureLong(report: Report, browser: Browser, served: Served, long: LongCase): Promise<void> {
	const { name, scrolls } = long;
	const page = await browser.newPage({ viewport });
	page.setDefaultTimeout(patienceMs);
	await enter(page, served, await signIn(served));
	const times: number[] = [];
	for (let at = 0; at <= rounds; at++) {
		await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
		times.push(await openTime(page, long));
		if (at < rounds) await page.goto(`${served.origin}/#/`);
	}
	// The first time also fetches the screen's code.
	const opened = median(times.slice(1));
	report({ metric: `${name}: opened`, value: round(opened), unit: 'ms', limit: limits.openMs, pass: opened <= limits.openMs });
	const { fps, longestMs, distancePx } = await driveScroll(page, scrolls);
	if (distancePx === 0) throw new Error(`${name} does not scroll`);
	report({ metric: `${name}: scrolled`, value: round(fps), unit: 'frames/s', limit: limits.fps, pass: fps >= limits.fps });
	report({ metric: `${name}: longest frame`, value: round(longestMs), unit: 'ms' });
	await page.close();
}

/** From the change of the address to the paint that shows what was asked for. The page itself looks for it in each frame: a question from outside is asked in steps of up to half a second. */
async function openTime(page: Page, { address, shows, text = '' }: LongCase): Promise<number> {
	return page.evaluate<number>(`new Promise((resolve) => {
		const begun = performance.now();
		const isShown = (element) =>
			element.textContent.includes(${JSON.stringify(text)}) && element.checkVisibility({ visibilityProperty: true }) && element.clientHeight > 0;
		const painted = new MessageChannel();
		painted.port1.onmessage = () => resolve(performance.now() - begun);
		const look = () => {
			if ([...document.querySelectorAll(${JSON.stringify(shows)})].some(isShown)) requestAnimationFrame(() => painted.port2.postMessage(null));
			else requestAnimationFrame(look);
		};
		location.hash = ${JSON.stringify(`#${address}`)};
		requestAnimationFrame(look);
	})`);
}

/** Answers of a server elsewhere are streamed into one conversation, far faster than they are read; the heap after the first of them and after all. */
async function measureStreaming(report: Report, browser: Browser, served: Served): Promise<void> {
	const server = await startTokenServer(tokensOfAnswer);
	const { client, close } = await connect(served.origin, await signIn(served));
	const page = await browser.newPage({ viewport });
	try {
		const backend = await client.backends.add({ name: 'Bench', kind: 'other', endpoint: server.endpoint, key: null });
		const route = await client.routes.create({ name: 'bench', targets: [{ source: { kind: 'backend', backendId: backend.id, model: 'bench' } }] });
		const { id } = await client.chat.create({ modelId: route.id });
		await enter(page, served, await signIn(served));
		await page.goto(`${served.origin}/#/chat/${id}`);
		const session = await page.context().newCDPSession(page);
		const heaps: number[] = [];
		for (let at = 0; at < answers; at++) {
			const box = page.getByRole('textbox', { name: 'Your message' });
			await box.fill(`Question ${at + 1}`);
			await box.press('Enter');
			await untilAnswered(client, id, at + 1);
			if (at !== 2 && at !== answers - 1) continue;
			await page.evaluate(rested);
			heaps.push(await heapBytes(session));
		}
		const [early = 0, late = 0] = heaps;
		report({
			metric: `heap after ${answers * tokensOfAnswer} streamed tokens (baseline: after ${3 * tokensOfAnswer})`,
			value: round(late / 2 ** 20),
			unit: 'MiB',
			baseline: round(early / 2 ** 20),
			ratio: round(late / early),
			limit: limits.heap,
			pass: late / early <= limits.heap,
		});
	} finally {
		await page.close();
		close();
		server.stop();
	}
}

/** For the page: what is stored has also been drawn, and what was drawn before is gone. */
const rested = `new Promise((resolve) => setTimeout(() => requestIdleCallback(() => resolve()), 1500))`;

async function untilAnswered(client: Client, conversationId: string, count: number): Promise<void> {
	for (const until = Date.now() + patienceMs; Date.now() < until; await wait(50)) {
		const { messages } = await client.chat.get({ conversationId });
		if (messages.filter(({ role, status }) => role === 'assistant' && status === 'complete').length === count) return;
	}
	throw new Error(`answer ${count} did not come`);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
