import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/support/findBrowser.ts';
import { electronBinary } from './scripts/electronBinary.ts';

const browser = findBrowser();

/**
 * The same stories in two hosts: `browser` against `serve` in the machine's Chromium, `desktop` in the real Electron window where
 * its binary is there.
 */
export default defineConfig({
	testDir: 'e2e',
	outputDir: 'test-results',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	// Each story has an app and a browser of its own: two side by side are what a small machine bears.
	workers: 2,
	forbidOnly: true,
	reporter: [['list']],
	use: { trace: 'retain-on-failure' },
	projects: [
		{ name: 'browser', use: { launchOptions: { ...(browser ? { executablePath: browser.path, args: browser.args } : {}) } } },
		...(electronBinary() ? [{ name: 'desktop' }] : []),
	],
});
