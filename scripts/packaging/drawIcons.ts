import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../e2e/support/findBrowser.ts';
import { root } from './packProgram.ts';

/** As large as the largest that a system asks for (macOS), of which electron-builder makes the others; and the tray's, for common and for fine screens. */
const sides = { 'icon.png': 1024, 'tray.png': 16, 'tray@2x.png': 32 };

/** Draws resources/icons/homeroom.svg as the pictures beside it. Needs Chrome, Chromium or Edge. */
export async function drawIcons(): Promise<void> {
	const found = findBrowser();
	if (found === null) throw new Error('The icons are drawn by Chrome, Chromium or Edge, and none was found. Install one of them.');
	const folder = path.join(root, 'resources', 'icons');
	const drawing = await readFile(path.join(folder, 'homeroom.svg'), 'utf8');
	const browser = await chromium.launch({ executablePath: found.path, args: found.args });
	try {
		for (const [name, side] of Object.entries(sides)) {
			const page = await browser.newPage({ viewport: { width: side, height: side } });
			await page.setContent(`<style>html, body { margin: 0 } svg { display: block; width: ${side}px; height: ${side}px }</style>${drawing}`);
			await page.screenshot({ path: path.join(folder, name), omitBackground: true });
			await page.close();
		}
	} finally {
		await browser.close();
	}
}
