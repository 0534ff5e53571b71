import { spawnSync } from 'node:child_process';
import { chromium } from '@playwright/test';
import { enter, signIn } from '../e2e/support/connect.ts';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { removeData, type Served, startServe } from '../e2e/support/startServe.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';

const rounds = 7;

/**
 * From the start of the app's process to the first screen usable in a page that was open already (starting the browser itself is
 * not ours): once on an empty data folder, then on the same folder again and again. Needs `npm run build` first.
 */
export async function run(report: Report): Promise<void> {
	const found = findBrowser();
	if (!found) throw new Error('no browser on this machine');
	const browser = await chromium.launch({ executablePath: found.path, args: found.args });
	try {
		const cold: number[] = [];
		const warm: number[] = [];
		const bare: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const first = await once();
			cold.push(first.ms);
			const second = await once(first);
			warm.push(second.ms);
			bare.push(nodeAlone());
			await removeData(first.served);
		}
		report({
			metric: 'first screen usable, empty data folder',
			value: round(median(cold)),
			unit: 'ms',
			baseline: round(median(bare)),
			ratio: round(median(cold) / median(bare)),
		});
		report({
			metric: 'first screen usable, warm data folder',
			value: round(median(warm)),
			unit: 'ms',
			baseline: round(median(bare)),
			ratio: round(median(warm) / median(bare)),
			limit: 1500,
			pass: median(warm) < 1500,
		});
	} finally {
		await browser.close();
	}

	/** Sets the owner up, or comes back with the session of an earlier start. */
	async function once(earlier?: { served: Served; cookie: string }): Promise<{ served: Served; cookie: string; ms: number }> {
		const page = await browser.newPage();
		const startedAt = performance.now();
		const served = await startServe(earlier ? { dataFolder: earlier.served.dataFolder } : {});
		const cookie = earlier?.cookie ?? (await signIn(served));
		await enter(page, served, cookie);
		await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
		const ms = performance.now() - startedAt;
		await page.close();
		await served.stop();
		return { served, cookie, ms };
	}
}

/** The baseline: what starting and ending an empty Node takes on this machine at this moment. */
function nodeAlone(): number {
	const startedAt = performance.now();
	spawnSync(process.execPath, ['-e', '0']);
	return performance.now() - startedAt;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
