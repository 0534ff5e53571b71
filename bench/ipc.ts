import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { WebSocketServer } from 'ws';
import { connect, enter, signIn } from '../e2e/support/connect.ts';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { writeBenchModel } from '../src-main/features/library/benchModel.ts';
import type { IpcPage } from './ipcContract.ts';
import { percentile } from './median.ts';
import type { Report } from './run.ts';
import { startBenchApp } from './startBenchApp.ts';

const callCount = 10_000;
const pieceCount = 100_000;
/** About what a fast model writes. */
const pacedEveryMs = 10;
const pacedCount = 1000;
const answerTokens = 256;
const loopDelayLimitMs = 20;

declare const ipcPage: IpcPage;

/**
 * Calls and streams between the whole app and a real Chromium page, beside a bare WebSocket that does nothing but echo to a page of
 * the same browser; then the delay of the main process's event loop while an engine writes an answer that the page follows.
 */
export async function run(report: Report): Promise<void> {
	const found = findBrowser();
	if (!found) throw new Error('no browser on this machine');
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-ipc-'));
	const browser = await chromium.launch({ executablePath: found.path, args: found.args });
	const server = await startServer(folder);
	try {
		const bare = await measureBareSocket(await browser.newPage());
		const page = await browser.newPage();
		const cookie = await signIn(server);
		await enter(page, server, cookie);
		await page.waitForFunction(() => 'ipcPage' in globalThis);
		await page.evaluate(() => ipcPage.calls(500));
		const calls = await page.evaluate((count) => ipcPage.calls(count), callCount);
		for (const [name, fraction] of [
			['p50', 0.5],
			['p95', 0.95],
		] as const) {
			report({ metric: `call, ${name} of ${callCount}`, unit: 'ms', ...against(percentile(calls, fraction), percentile(bare, fraction)) });
		}
		const pieces = await page.evaluate((count) => ipcPage.pieces(count, 0), pieceCount);
		report({
			metric: `stream of ${pieceCount} pieces, all there and in order`,
			value: pieces.lags.length,
			unit: 'pieces',
			limit: pieceCount,
			pass: pieces.inOrder && pieces.lags.length === pieceCount,
		});
		report({ metric: 'stream, throughput', value: Math.round(pieces.lags.length / (pieces.totalMs / 1000)), unit: 'pieces/s' });
		// At full speed a piece waits behind all those the page has not taken yet; paced, it is under way and nothing else.
		const paced = await page.evaluate(([count, everyMs]) => ipcPage.pieces(count, everyMs), [pacedCount, pacedEveryMs] as const);
		report({ metric: `piece under way, one every ${pacedEveryMs} ms, p50`, value: rounded(percentile(paced.lags, 0.5)), unit: 'ms' });
		report({ metric: `piece under way, one every ${pacedEveryMs} ms, p95`, value: rounded(percentile(paced.lags, 0.95)), unit: 'ms' });
		await measureLoopDelay(report, page, await connect(server.origin, cookie), folder);
	} finally {
		await browser.close();
		await server.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** The main process while a model of 0.5B shape writes an answer, one engine thread, and the page follows it. */
async function measureLoopDelay(report: Report, page: Page, { client, close }: Awaited<ReturnType<typeof connect>>, folder: string): Promise<void> {
	const modelFile = path.join(folder, 'bench.gguf');
	await writeBenchModel(modelFile);
	const { models } = await client.library.importPath({ path: modelFile });
	const model = models[0];
	if (!model) throw new Error('the model was not taken in');
	await client.engine.load({ modelId: model.id, wishes: { threads: 1, contextTokens: 2048, parallel: 1 } });
	for await (const deployments of await client.engine.watch()) {
		const state = deployments[0]?.state;
		if (state === 'running') break;
		if (state === 'failed') throw new Error('the bench model could not be loaded');
	}
	const conversation = await client.chat.create({ modelId: model.id });
	await client.chat.change({ conversationId: conversation.id, settings: { maxTokens: answerTokens, seed: 1 } });
	const thread = await client.chat.send({ conversationId: conversation.id, parentId: null, text: 'Tell me something long.' });
	const answer = thread.messages.find(({ role }) => role === 'assistant');
	if (!answer) throw new Error('no answer was begun');
	await page.evaluate(() => ipcPage.loopDelay());
	await page.evaluate((messageId) => ipcPage.follow(messageId), answer.id);
	const delay = await page.evaluate(() => ipcPage.loopDelay());
	close();
	report({ metric: 'main event loop delay while an engine writes, p50', value: rounded(delay.p50), unit: 'ms' });
	report({
		metric: 'main event loop delay while an engine writes, p99',
		value: rounded(delay.p99),
		unit: 'ms',
		limit: loopDelayLimitMs,
		pass: delay.p99 < loopDelayLimitMs,
	});
}

async function startServer(folder: string) {
	const pageFolder = path.join(folder, 'page');
	await build({
		configFile: false,
		root: fileURLToPath(new URL('./page', import.meta.url)),
		base: './',
		build: { outDir: pageFolder, target: 'chrome130' },
		logLevel: 'error',
	});
	return await startBenchApp(path.join(folder, 'data'), pageFolder);
}

/** The floor: round trips of a page's plain WebSocket to one that sends back what it gets. */
async function measureBareSocket(page: Page): Promise<number[]> {
	const server = http.createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>echo</title>'));
	const sockets = new WebSocketServer({ server });
	sockets.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	await page.goto(`http://127.0.0.1:${address.port}/`);
	const times = await page.evaluate(
		async ([port, count]) => {
			const socket = new WebSocket(`ws://127.0.0.1:${port}`);
			await new Promise((resolve, reject) => {
				socket.addEventListener('open', resolve);
				socket.addEventListener('error', reject);
			});
			const measured: number[] = [];
			for (let value = 0; value < count; value++) {
				const startedAt = performance.now();
				const answered = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
				socket.send(JSON.stringify({ i: String(value), p: { u: '/bench/echo', b: { json: { value } } } }));
				await answered;
				measured.push(performance.now() - startedAt);
			}
			socket.close();
			return measured;
		},
		[address.port, callCount] as const,
	);
	await page.close();
	sockets.close();
	server.close();
	return times;
}

function against(value: number, baseline: number) {
	return { value: rounded(value), baseline: rounded(baseline), ratio: rounded(value / baseline) };
}

function rounded(value: number): number {
	return Math.round(value * 100) / 100;
}
